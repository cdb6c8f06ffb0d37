/// Ids that were seen, as 64-bit hashes: 16 bytes an id at most, up to a bound beyond which nothing is remembered.
///
/// Two of a hundred million ids share a hash with a chance of 1 in 4000; then one row too few is written.
package struct IDSet: Sendable {
  /// Ids remembered at most; half a gigabyte of memory.
  package static let maximumCount = 1 << 25

  private var slots: [UInt64]
  private var mask: Int
  package private(set) var count = 0
  private var hasZero = false

  package init() {
    slots = [UInt64](repeating: 0, count: 1 << 10)
    mask = slots.count - 1
  }

  package init(_ hashes: [UInt64]) {
    self.init()
    for hash in hashes { insert(hash) }
  }

  package var isFull: Bool { count >= Self.maximumCount }

  package func contains(_ hash: UInt64) -> Bool {
    hash == 0 ? hasZero : slots[slot(of: hash)] == hash
  }

  /// Whether the hash is new; a full set calls every hash new that it does not hold.
  @discardableResult
  package mutating func insert(_ hash: UInt64) -> Bool {
    if hash == 0 {
      defer { hasZero = true }
      return !hasZero
    }
    let slot = slot(of: hash)
    if slots[slot] == hash { return false }
    if isFull { return true }
    slots[slot] = hash
    count += 1
    if count * 2 > slots.count { grow() }
    return true
  }

  private func slot(of hash: UInt64) -> Int {
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0, slots[slot] != hash { slot = (slot &+ 1) & mask }
    return slot
  }

  private mutating func grow() {
    let old = slots
    slots = [UInt64](repeating: 0, count: old.count * 2)
    mask = slots.count - 1
    for hash in old where hash != 0 { slots[slot(of: hash)] = hash }
  }
}
