package import Endpoints

/// The life of one batch: told what happened, it says what to do next.
///
/// A refused batch is narrowed: rows the server names are rejected and the rest is sent again; when it names none, the
/// batch is halved until the guilty rows stand alone. A temporary failure is retried with backoff. A row whose outcome is
/// unknown is sent again only where repeating is harmless; otherwise it is left in doubt.
package struct BatchDelivery: Sendable {
  package enum Step: Sendable, Equatable {
    /// Send these rows, all of the batch when nil.
    case send(rows: [Int]?)
    /// Wait, then send.
    case pause(Duration, rows: [Int]?)
    case finished(Ending)
    /// The run must stop; rows not settled yet stay pending.
    case stopped(Stop, Ending)
  }

  /// What became of the rows.
  package struct Ending: Sendable, Equatable {
    package var accepted: [Int] = []
    package var rejected: [RowFault] = []
    package var inDoubt: [RowFault] = []

    package init() {}
  }

  package enum Stop: Sendable, Equatable {
    case unavailable(String)
    case unauthorized(String)
    case notFound(String)
    case unexpected(String)
    /// No request of this job can be made: a bad URL, a certificate nobody trusts.
    case unusable(String)
  }

  private let count: Int
  private let safety: RepeatSafety
  private let backoff: Backoff
  /// Whether the rows stand or fall together.
  private let isWhole: Bool
  private var pending: [[Int]]
  /// What is settled so far.
  package private(set) var ending = Ending()
  private var attempts = 0
  /// Attempts beyond the first, over all requests of the batch.
  package private(set) var retries = 0
  /// Why the last attempt failed.
  package private(set) var lastReason = ""

  package init(rows: Int, safety: RepeatSafety, backoff: Backoff, isWhole: Bool = false) {
    count = rows
    self.isWhole = isWhole
    self.safety = safety
    self.backoff = backoff
    pending = rows == 0 ? [] : [Array(0..<rows)]
  }

  /// The first step.
  package var start: Step { next }

  /// The step that follows an answer to the rows last sent.
  ///
  /// - `elapsed`: the time since the batch was first sent.
  /// - `now`: the wall clock in seconds since 1970, for `Retry-After` as a date.
  /// - `dice`: a random number in `0..<1`.
  package mutating func handle(_ verdict: Verdict, elapsed: Duration, now: Int, dice: Double) -> Step {
    guard let rows = pending.popLast() else { return next }
    switch verdict {
    case .accepted:
      attempts = 0
      ending.accepted += rows
    case .refused(let reason, let faults):
      attempts = 0
      if isWhole {
        ending.rejected += rows.map { RowFault(row: $0, reason: reason) }
      } else {
        narrow(rows, reason, faults)
      }
    case .exists(let reason):
      // Whoever can look it up has done so before asking here.
      attempts = 0
      narrow(rows, reason, [])
    case .unavailable(let reason, let retryAfter, let execution):
      return retry(
        rows, reason, isUnknown: execution == .unknown, retryAfter: retryAfter?.delay(from: now), elapsed: elapsed,
        dice: dice)
    case .fatal(let fatality, let reason):
      pending.append(rows)
      return .stopped(Stop(fatality, reason), ending)
    }
    return next
  }

  /// The step that follows no answer.
  package mutating func handle(_ failure: TransportFailure, elapsed: Duration, dice: Double) -> Step {
    guard let rows = pending.popLast() else { return next }
    if failure.stage == .hopeless {
      pending.append(rows)
      return .stopped(.unusable(failure.reason), ending)
    }
    return retry(
      rows, failure.reason, isUnknown: failure.stage == .unknown, retryAfter: nil, elapsed: elapsed, dice: dice)
  }

  private mutating func retry(
    _ rows: [Int], _ reason: String, isUnknown: Bool, retryAfter: Duration?, elapsed: Duration, dice: Double
  ) -> Step {
    if isUnknown, !safety.isRepeatable {
      ending.inDoubt += rows.map { RowFault(row: $0, reason: reason) }
      attempts = 0
      return next
    }
    attempts += 1
    lastReason = reason
    pending.append(rows)
    guard let delay = backoff.delay(after: attempts, elapsed: elapsed, retryAfter: retryAfter, dice: dice) else {
      let times = "\(attempts) attempt\(attempts == 1 ? "" : "s")"
      return .stopped(.unavailable("gave up after \(times) in \(elapsed.wholeSeconds) s: \(reason)"), ending)
    }
    retries += 1
    return .pause(delay, rows: wanted(rows))
  }

  private mutating func narrow(_ rows: [Int], _ reason: String, _ faults: [RowFault]) {
    var guilty: Set<Int> = []
    // A row that was not sent, or was named before, is not believed: each row ends once.
    let named = faults.filter { rows.indices.contains($0.row) && guilty.insert($0.row).inserted }
    if !named.isEmpty {
      ending.rejected += named.map { RowFault(row: rows[$0.row], reason: $0.reason, pointer: $0.pointer) }
      let rest = rows.indices.filter { !guilty.contains($0) }.map { rows[$0] }
      if !rest.isEmpty { pending.append(rest) }
    } else if rows.count == 1 {
      ending.rejected.append(RowFault(row: rows[0], reason: reason))
    } else {
      let middle = rows.count / 2
      pending.append(Array(rows[middle...]))
      pending.append(Array(rows[..<middle]))
    }
  }

  private var next: Step {
    if let rows = pending.last { return .send(rows: wanted(rows)) }
    var sorted = ending
    sorted.accepted.sort()
    sorted.rejected.sort { $0.row < $1.row }
    return .finished(sorted)
  }

  private func wanted(_ rows: [Int]) -> [Int]? { rows.count == count ? nil : rows }
}

extension BatchDelivery.Stop {
  init(_ fatality: Verdict.Fatality, _ reason: String) {
    switch fatality {
    case .unauthorized: self = .unauthorized(reason)
    case .notFound: self = .notFound(reason)
    case .unexpected: self = .unexpected(reason)
    }
  }

  package var reason: String {
    switch self {
    case .unavailable(let reason), .unauthorized(let reason), .notFound(let reason), .unexpected(let reason),
      .unusable(let reason):
      reason
    }
  }
}

extension Duration {
  var wholeSeconds: Int64 { components.seconds }
}
