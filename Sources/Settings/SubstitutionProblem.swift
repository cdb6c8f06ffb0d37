/// Why a `${…}` could not be filled in; the words never hold a value, a default or an unknown form.
package enum SubstitutionProblem: Error, Sendable, Equatable, CustomStringConvertible {
  /// A `${` without its `}`.
  case notClosed
  case unknownForm
  case badName
  case missingEnvironment(String)
  case emptyPath
  case unreadableFile(path: String, reason: String)

  package var description: String {
    switch self {
    case .notClosed:
      "a '${' is never closed: add '}', or write '$${' for a literal '${'"
    case .unknownForm:
      "unknown form of '${…}': write '${env:NAME}', '${env:NAME:-default}' or '${file:PATH}', "
        + "or '$${' for a literal '${'"
    case .badName:
      "'${env:…}' must name a variable of letters, digits and '_', not starting with a digit"
    case .missingEnvironment(let name):
      "environment variable \(quoted(name)) is not set: set it, or give a default with '${env:\(name):-default}'"
    case .emptyPath:
      "'${file:…}' must name a file"
    case .unreadableFile(let path, let reason):
      "cannot read the file \(quoted(path)): \(reason)"
    }
  }
}
