/// Eight bytes examined at once in a plain `UInt64`.
///
/// Each test returns a word whose *lowest* set high bit marks the first byte that matches; borrows can set false marks
/// above it, so only `firstByte` of a result is exact. Where text is long, `CInstructions` looks at sixteen bytes at once.
enum Word {
  static let low: UInt64 = 0x0101_0101_0101_0101
  static let high: UInt64 = 0x8080_8080_8080_8080

  /// A word whose every byte is `byte`.
  @inline(__always) static func splat(_ byte: UInt8) -> UInt64 { low &* UInt64(byte) }

  /// Marks the bytes of `word` that equal the byte `pattern` was splatted from.
  @inline(__always) static func equal(_ word: UInt64, _ pattern: UInt64) -> UInt64 {
    let difference = word ^ pattern
    return (difference &- low) & ~difference & high
  }

  /// Like `equal`, but exact in every byte, so that marks can be counted.
  @inline(__always) static func equalEverywhere(_ word: UInt64, _ pattern: UInt64) -> UInt64 {
    let difference = word ^ pattern
    return ~(((difference & ~high) &+ ~high) | difference) & high
  }

  /// Marks the bytes that are no digit, exact in every byte; `values` is the word with the bits of `0` taken out of each.
  @inline(__always) static func others(thanDigitsOf values: UInt64) -> UInt64 {
    ((values & ~high &+ splat(118)) | values) & high
  }

  /// Has a high bit set when some byte of `word` may be NUL.
  @inline(__always) static func zero(_ word: UInt64) -> UInt64 { (word &- low) & ~word }
}

extension UInt64 {
  /// The index of the first marked byte.
  @inline(__always) var firstByte: Int { trailingZeroBitCount &>> 3 }
}

extension Span<UInt8> {
  /// A copy of some of the bytes.
  func array(_ range: Range<Int>) -> [UInt8] {
    unsafe extracting(range).withUnsafeBufferPointer { unsafe Array($0) }
  }

  /// Eight bytes from `index`, the first in the lowest place.
  ///
  /// The caller's buffer has `ByteBuffer.slack`. That is checked in debug builds only, where every decoder is tested
  /// at every cut: checked here, it would cost as much as what is done with the word.
  @inline(__always) func word(at index: Int) -> UInt64 {
    assert(index >= 0 && index &+ 8 <= count, "no slack after the bytes")
    return unsafe UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self))
  }

  /// The byte at `index`, which the caller knows to be in the buffer; checked in debug builds only.
  @inline(__always) func byte(at index: Int) -> UInt8 {
    assert(index >= 0 && index < count, "no byte there")
    return unsafe self[unchecked: index]
  }

  /// The first `byte` in `start..<limit`, or `limit`.
  @inline(__always) func first(_ byte: UInt8, from start: Int, to limit: Int) -> Int {
    let pattern = Word.splat(byte)
    var i = start
    while i < limit {
      if i &+ 8 > count { break }
      let marks = Word.equal(word(at: i), pattern)
      if marks != 0 { return Swift.min(i &+ marks.firstByte, limit) }
      i &+= 8
    }
    while i < limit, self[i] != byte { i &+= 1 }
    return Swift.min(i, limit)
  }

  /// How often `byte` stands in `range`.
  func count(of byte: UInt8, in range: Range<Int>) -> Int {
    var total = 0
    var i = range.lowerBound
    while true {
      i = first(byte, from: i, to: range.upperBound)
      if i == range.upperBound { return total }
      total += 1
      i += 1
    }
  }
}
