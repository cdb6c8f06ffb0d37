/// Collects the issues of one file while several readers look at it; belongs to one task.
package final class IssueList {
  private var reported: [Issue] = []

  package init() {}

  /// The issues by place; those at one place stay in the order they were reported.
  package var sorted: [Issue] {
    reported.enumerated()
      .sorted { ($0.element.place, $0.offset) < ($1.element.place, $1.offset) }
      .map(\.element)
  }

  package var isEmpty: Bool { reported.isEmpty }

  /// Whether one of the issues keeps the file from being used.
  package var hasErrors: Bool { reported.contains { $0.severity == .error } }

  /// Adds an issue; it is an error unless said otherwise.
  package func report(_ severity: Issue.Severity = .error, at place: Place, _ message: String) {
    reported.append(Issue(severity, at: place, message))
  }
}
