/// Which batch last took a key: an open-addressing table over the rows that are not finished yet.
///
/// It forgets finished batches, so its size follows the window, not the source.
struct KeyTable {
  struct Entry: BitwiseCopyable {
    var hash: UInt64 = 0
    /// The sequence of the batch, or -1 in a free slot.
    var sequence = -1
    var row = 0
  }

  private var entries: [Entry]
  private var mask: Int
  private(set) var count = 0

  init(capacity: Int = 1 << 13) {
    entries = [Entry](repeating: Entry(), count: capacity)
    mask = capacity - 1
  }

  subscript(slot: Int) -> Entry {
    @inline(__always) get { entries[slot] }
  }

  /// The slot that holds `hash`, or the free one where it belongs.
  @inline(__always) func slot(for hash: UInt64) -> Int {
    var slot = Int(truncatingIfNeeded: hash) & mask
    while entries[slot].sequence >= 0, entries[slot].hash != hash { slot = (slot &+ 1) & mask }
    return slot
  }

  /// Fills the slot `slot(for:)` answered; entries of batches before `oldest` may be forgotten on the way.
  @inline(__always) mutating func set(_ slot: Int, _ entry: Entry, oldest: Int) {
    if entries[slot].sequence < 0 { count &+= 1 }
    entries[slot] = entry
    if count &* 2 > entries.count { rebuild(oldest: oldest) }
  }

  private mutating func rebuild(oldest: Int) {
    let kept = entries.filter { $0.sequence >= oldest }
    var capacity = entries.count
    while kept.count * 4 > capacity { capacity *= 2 }
    entries = [Entry](repeating: Entry(), count: capacity)
    mask = capacity - 1
    count = kept.count
    for entry in kept { entries[slot(for: entry.hash)] = entry }
  }
}
