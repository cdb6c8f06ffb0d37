/// A 64-bit hash of short byte strings by folded multiplication, about 4 ns for a SKU.
///
/// It finds candidates; whoever acts on an equal hash compares the bytes.
enum Hash {
  static let seed: UInt64 = 0x9E37_79B9_7F4A_7C15

  @inline(__always) static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low
  }

  /// The hash of `range`; eight bytes after it must be readable.
  @inline(__always) static func of(_ bytes: Span<UInt8>, _ range: Range<Int>, from basis: UInt64 = seed) -> UInt64 {
    var state = basis ^ UInt64(truncatingIfNeeded: range.count)
    var i = range.lowerBound
    while i &+ 8 <= range.upperBound {
      state = fold(state ^ bytes.word(at: i), 0xA076_1D64_78BD_642F)
      i &+= 8
    }
    if i < range.upperBound {
      let keep = UInt64.max >> UInt64(truncatingIfNeeded: 64 &- (range.upperBound &- i) &* 8)
      state = fold(state ^ (bytes.word(at: i) & keep), 0xE703_7ED1_A0B4_28DB)
    }
    return fold(state, 0x8EBC_6AF0_9C88_C6E3)
  }
}
