/// The journaled positions that can still be the best place to go on reading from.
///
/// A position is of no use once everything between it and a later one is settled: whatever else gets settled, the later
/// one is at least as good. So their number follows the gaps in what is settled, not the length of the journal.
struct ResumePlaces: Sendable, Equatable {
  private(set) var places: [Position] = []
  private var limit = 64

  mutating func add(_ position: Position, settled: RecordRanges) {
    places.append(position)
    guard places.count > limit else { return }
    prune(settled: settled)
    limit = 64 + 2 * places.count
  }

  /// Drops what a later position makes useless, and sorts the rest.
  mutating func prune(settled: RecordRanges) {
    places.sort()
    var kept: [Position] = []
    for (index, place) in places.enumerated() {
      if index + 1 < places.count, settled.firstMissing(from: place.record) >= places[index + 1].record { continue }
      kept.append(place)
    }
    places = kept
    limit = 64
  }

  /// The last position at or before `record`, or the start if there is none.
  ///
  /// Expects sorted places.
  func last(notAfter record: Int) -> Position {
    places.last { $0.record <= record } ?? .start
  }
}
