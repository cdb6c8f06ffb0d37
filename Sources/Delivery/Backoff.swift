/// How long to wait before another attempt: doubling with full jitter, never shorter than the server asked for.
///
/// Full jitter as in "Exponential Backoff And Jitter" (AWS Architecture Blog, 2015): a random share of the doubled pause,
/// so that clients which failed together do not come back together.
package struct Backoff: Sendable, Equatable {
  /// The bound of the pause after the first failure; it doubles with every further one.
  package var first: Duration
  package var longest: Duration
  /// Attempts of one request, the first counted.
  package var attempts: Int
  /// Time after which a batch is given up on, however many attempts are left.
  package var patience: Duration

  package static let standard = Backoff(
    first: .milliseconds(500), longest: .seconds(30), attempts: 10, patience: .seconds(900))

  package init(first: Duration, longest: Duration, attempts: Int, patience: Duration) {
    self.first = first
    self.longest = longest
    self.attempts = attempts
    self.patience = patience
  }

  /// The pause after `attempt` failed attempts, or nil when no attempt is left.
  ///
  /// - `elapsed`: the time since the first attempt.
  /// - `dice`: a random number in `0..<1`.
  package func delay(after attempt: Int, elapsed: Duration, retryAfter: Duration?, dice: Double) -> Duration? {
    guard attempt < attempts else { return nil }
    let bound = min(longest, first * (1 << min(attempt - 1, 20)))
    let jittered = bound * dice
    let delay = retryAfter.map { $0 + min(jittered, .seconds(1)) } ?? jittered
    return elapsed + delay <= patience ? delay : nil
  }
}
