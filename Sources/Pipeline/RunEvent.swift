/// Something that happened in a run, for a person or a log.
package enum RunEvent: Sendable, Equatable {
  /// A run begins, or goes on where an earlier execution stopped after so many settled records.
  case started(run: String, job: String, resumedAfter: Int?)
  /// A request failed for a reason that may pass; the next attempt follows after the pause.
  case retrying(sequence: Int, attempt: Int, pause: Duration, reason: String)
  /// The run will stop before the end.
  case stopping(String)
  /// Something a person should know that stops nothing.
  case notice(String)
  /// Rows were rejected: how many, and the first one's place and reason in short.
  case rejected(count: Int, file: String, line: Int)
}

/// Why a run ended before its source did.
package enum RunStop: Sendable, Equatable {
  case interrupted(signal: Int32)
  case unavailable(String)
  case unauthorized(String)
  case notFound(String)
  case unexpected(String)
  case unusable(String)
  case guarded(String)
  case source(String, isMissing: Bool)
  case badColumns([String])
  case storage(String)

  /// The words for a person.
  package var reason: String {
    switch self {
    case .interrupted(let signal): "interrupted by \(signal == 2 ? "Ctrl-C" : "signal \(signal)")"
    case .unavailable(let reason), .unauthorized(let reason), .notFound(let reason), .unexpected(let reason),
      .unusable(let reason), .guarded(let reason), .storage(let reason):
      reason
    case .source(let reason, _): reason
    case .badColumns(let issues): issues.joined(separator: "\n")
    }
  }
}
