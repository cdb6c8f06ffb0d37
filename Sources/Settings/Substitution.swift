/// Fills in `${env:NAME}`, `${env:NAME:-default}` and `${file:PATH}`; `$${` stands for a literal `${`.
///
/// What is filled in is not looked at again, so a value may hold `${` itself.
package enum Substitution {
  /// The text with every form filled in, or the first problem.
  package static func expand(_ text: String, with lookups: Lookups) -> Result<String, SubstitutionProblem> {
    var rest = text[...]
    var filled = ""
    while let dollar = rest.firstIndex(of: "$") {
      filled += rest[..<dollar]
      rest = rest[dollar...]
      if rest.hasPrefix("$${") {
        filled += "${"
        rest = rest.dropFirst(3)
      } else if rest.hasPrefix("${") {
        guard let end = rest.firstIndex(of: "}") else { return .failure(.notClosed) }
        switch value(of: rest[..<end].dropFirst(2), lookups) {
        case .success(let value): filled += value
        case .failure(let problem): return .failure(problem)
        }
        rest = rest[end...].dropFirst()
      } else {
        filled += "$"
        rest = rest.dropFirst()
      }
    }
    return .success(filled + rest)
  }

  /// The value of one form, given what stands between its braces.
  private static func value(of form: Substring, _ lookups: Lookups) -> Result<String, SubstitutionProblem> {
    if form.hasPrefix("env:") { return variable(form.dropFirst(4), lookups) }
    if form.hasPrefix("file:") { return contents(String(form.dropFirst(5)), lookups) }
    return .failure(.unknownForm)
  }

  private static func variable(_ form: Substring, _ lookups: Lookups) -> Result<String, SubstitutionProblem> {
    let name = String(form.prefix { $0 == "_" || $0.isASCII && ($0.isLetter || $0.isNumber) })
    let rest = form.dropFirst(name.count)
    guard let first = name.first, !first.isNumber, rest.isEmpty || rest.hasPrefix(":-") else {
      return .failure(.badName)
    }
    let value = lookups.environment(name)
    if rest.isEmpty { return value.map { .success($0) } ?? .failure(.missingEnvironment(name)) }
    // As in a shell, the default also stands in for an empty value.
    return .success(value.flatMap { $0.isEmpty ? nil : $0 } ?? String(rest.dropFirst(2)))
  }

  private static func contents(_ path: String, _ lookups: Lookups) -> Result<String, SubstitutionProblem> {
    guard !path.isEmpty else { return .failure(.emptyPath) }
    do {
      let text = try lookups.file(path)
      return .success(text.last?.isNewline == true ? String(text.dropLast()) : text)
    } catch {
      return .failure(.unreadableFile(path: path, reason: "\(error)"))
    }
  }
}
