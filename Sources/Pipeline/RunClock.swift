/// Time and chance, handed in so that a run can be tested without either.
package protocol RunClock: Sendable {
  /// Nanoseconds since some moment in the past; never goes back.
  var now: Int { get }
  /// Nanoseconds since 1970.
  var wall: Int { get }
  /// A random number in `0..<1`.
  var dice: Double { get }
  /// Returns at `moment` (a value of `now`), or earlier when the task is cancelled.
  func sleep(until moment: Int) async
}
