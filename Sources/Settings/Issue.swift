/// One thing wrong with a file, at one place in it.
package struct Issue: Sendable, Equatable, CustomStringConvertible {
  /// An error keeps the file from being used; a warning does not.
  package enum Severity: String, Sendable {
    case error
    case warning
  }

  package let severity: Severity
  package let place: Place
  package let message: String

  package init(_ severity: Severity = .error, at place: Place, _ message: String) {
    self.severity = severity
    self.place = place
    self.message = message
  }

  /// Place, severity and message, such as `3:12: error: missing key 'source' in 'import'`.
  package var description: String { "\(place): \(severity.rawValue): \(message)" }
}
