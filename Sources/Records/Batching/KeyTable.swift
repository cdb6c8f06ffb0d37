import CInstructions

/// Which batch last took a key, over the rows that are not finished yet.
///
/// Two open-addressing tables take turns: rows go into the younger one; when it is half full, the older one is wiped and
/// becomes the younger, provided every batch in it is finished. So nothing is ever removed one by one, and the size
/// follows the window, not the source.
struct KeyTable {
  struct Entry: BitwiseCopyable {
    var hash: UInt64 = 0
    /// The sequence of the batch plus one; 0 in a free slot.
    private var mark: Int32 = 0
    var row: Int32 = 0

    init() {}
    init(hash: UInt64, sequence: Int, row: Int) {
      self.hash = hash
      mark = Int32(truncatingIfNeeded: sequence &+ 1)
      self.row = Int32(truncatingIfNeeded: row)
    }

    @inline(__always) var isFree: Bool { mark == 0 }
    /// -1 in a free slot.
    @inline(__always) var sequence: Int { Int(mark) &- 1 }
  }

  /// Addresses of slots, for fetching one into the cache ahead of its use; nothing is read through them.
  ///
  /// The tables outgrow the second-level cache beside the batches in flight: unfetched, a slot costs a tenth of the time of
  /// its whole row.
  struct Slots: BitwiseCopyable {
    fileprivate var young: UInt = 0
    fileprivate var old: UInt = 0
    fileprivate var mask = 0

    /// Fetches the slots of a key that is taken soon.
    @inline(__always) func prefetch(_ hash: UInt64) {
      let offset = UInt(bitPattern: (Int(truncatingIfNeeded: hash) & mask) &* MemoryLayout<Entry>.stride)
      prefetch_for_writing(young &+ offset)
      prefetch_for_writing(old &+ offset)
    }
  }

  private var young: [Entry]
  private var old: [Entry]
  private var mask: Int
  private var count = 0
  /// The latest batch with a key in `old`.
  private var oldLatest = -1
  private var latest = -1

  init(capacity: Int = 1 << 13) {
    young = [Entry](repeating: Entry(), count: capacity)
    old = young
    mask = capacity - 1
  }

  @inline(__always) var slots: Slots {
    var slots = Slots()
    slots.mask = mask
    unsafe young.withUnsafeBufferPointer { slots.young = UInt(bitPattern: $0.baseAddress) }
    unsafe old.withUnsafeBufferPointer { slots.old = UInt(bitPattern: $0.baseAddress) }
    return slots
  }

  /// Takes the key for a row and answers who had it before; a free entry when nobody did.
  @inline(__always)
  mutating func take(_ entry: Entry, oldest: Int) -> Entry {
    let slot = Self.slot(for: entry.hash, in: young, mask)
    var previous = young[slot]
    if previous.isFree {
      if count &* 2 >= young.count { return takeAfterTurn(entry, oldest: oldest) }
      count &+= 1
      previous = old[Self.slot(for: entry.hash, in: old, mask)]
    }
    young[slot] = entry
    // Batches of several variants take turns, so sequences do not ascend.
    latest = max(latest, entry.sequence)
    return previous
  }

  /// Gives the key back to the row that had it: the one that took it is not added.
  mutating func restore(_ previous: Entry) {
    young[Self.slot(for: previous.hash, in: young, mask)] = previous
  }

  @inline(__always)
  private static func slot(for hash: UInt64, in entries: [Entry], _ mask: Int) -> Int {
    var slot = Int(truncatingIfNeeded: hash) & mask
    while !entries[slot].isFree, entries[slot].hash != hash { slot = (slot &+ 1) & mask }
    return slot
  }

  @inline(never)
  private mutating func takeAfterTurn(_ entry: Entry, oldest: Int) -> Entry {
    if oldLatest < oldest {
      swap(&young, &old)
      oldLatest = latest
      count = 0
      unsafe young.withUnsafeMutableBytes { bytes in
        _ = unsafe bytes.initializeMemory(as: UInt8.self, repeating: 0)
      }
    } else {
      grow(oldest: oldest)
    }
    return take(entry, oldest: oldest)
  }

  /// A window wider than the tables: both twice as large, only what is unfinished kept.
  private mutating func grow(oldest: Int) {
    let kept = (old + young).filter { !$0.isFree && $0.sequence >= oldest }
    let capacity = young.count * 2
    young = [Entry](repeating: Entry(), count: capacity)
    old = young
    mask = capacity - 1
    oldLatest = -1
    // Younger entries come later and take the place of older ones of the same key.
    for entry in kept { young[Self.slot(for: entry.hash, in: young, mask)] = entry }
    count = young.lazy.filter { !$0.isFree }.count
  }
}
