/// A place in a file, counted from 1.
package struct Place: Sendable, Hashable, Comparable, CustomStringConvertible {
  package var line: Int
  package var column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  package var description: String { "\(line):\(column)" }

  package static func < (a: Place, b: Place) -> Bool { (a.line, a.column) < (b.line, b.column) }
}

/// One thing wrong with a file, at one place in it.
package struct Issue: Sendable, Equatable, CustomStringConvertible {
  package enum Severity: String, Sendable { case error, warning }

  package var severity: Severity
  package var place: Place
  package var message: String

  package init(_ severity: Severity, at place: Place, _ message: String) {
    self.severity = severity
    self.place = place
    self.message = message
  }

  /// The place, the severity and the words.
  package var description: String { "\(place): \(severity.rawValue): \(message)" }
}

/// Collects the issues of one file.
package final class IssueList {
  private var issues: [Issue] = []

  package init() {}

  package func error(at place: Place, _ message: String) { issues.append(Issue(.error, at: place, message)) }
  package func warning(at place: Place, _ message: String) { issues.append(Issue(.warning, at: place, message)) }

  package var hasErrors: Bool { issues.contains { $0.severity == .error } }

  /// By place; those of one place in the order they were found.
  package var sorted: [Issue] {
    issues.enumerated().sorted { ($0.element.place, $0.offset) < ($1.element.place, $1.offset) }.map(\.element)
  }
}

/// A value and where it was written.
package struct Located<Value> {
  package var value: Value
  package var place: Place

  package init(_ value: Value, at place: Place) {
    self.value = value
    self.place = place
  }
}

extension Located: Sendable where Value: Sendable {}
