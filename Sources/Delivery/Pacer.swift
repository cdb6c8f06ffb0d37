/// Spaces requests evenly: a slot each, never two closer than the interval, none before a pause the server asked for.
///
/// Time is a number of nanoseconds handed in, so an hour of pacing is tested in no time.
package struct Pacer: Sendable {
  private let interval: Int
  private var nextSlot = Int.min

  /// - `requestsPerSecond`: nil where no pace is asked for.
  package init(requestsPerSecond: Double?) {
    interval = requestsPerSecond.map { Int((1e9 / $0).rounded(.up)) } ?? 0
  }

  /// Reserves the next slot and says when it is, in nanoseconds.
  package mutating func reserve(at now: Int) -> Int {
    let slot = max(now, nextSlot)
    nextSlot = slot + interval
    return slot
  }

  /// Lets no slot be before `moment`: the server said so to one request, and means all of them.
  package mutating func hold(until moment: Int) {
    nextSlot = max(nextSlot, moment)
  }
}
