/// Writes JSON into memory whose room was made sure of beforehand: one reservation a row, none a value.
///
/// Copies go eight bytes at a time past the end of what is copied; both sides have slack for it. The one file of this
/// room, with `ByteBuffer`, that works on bare addresses.
@safe
struct JSONWriter: ~Copyable {
  private let buffer: ByteBuffer
  private let base: UnsafeMutablePointer<UInt8>
  private(set) var count: Int

  /// A writer that appends to `buffer`, where `room` more bytes fit.
  @inline(__always) init(_ buffer: ByteBuffer, room: Int) {
    if buffer.capacity &- buffer.count < room { buffer.grow(by: room) }
    self.buffer = buffer
    unsafe base = buffer.base
    count = buffer.count
  }

  /// Makes what was written part of the buffer.
  @inline(__always) consuming func commit() { buffer.count = count }

  @inline(__always) mutating func truncate(to mark: Int) { count = mark }

  @inline(__always) mutating func append(_ byte: UInt8) {
    unsafe (base + count).pointee = byte
    count &+= 1
  }

  @inline(__always) func byte(at index: Int) -> UInt8 { unsafe base[index] }
  @inline(__always) func replace(at index: Int, with byte: UInt8) { unsafe (base + index).pointee = byte }

  /// Appends `range` of `bytes`, after which eight more are readable.
  @inline(__always) mutating func append(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    var i = range.lowerBound
    var out = unsafe UnsafeMutableRawPointer(base + count)
    while i < range.upperBound {
      unsafe out.storeBytes(of: bytes.word(at: i), as: UInt64.self)
      unsafe out += 8
      i &+= 8
    }
    count &+= range.count
  }

  mutating func append(_ bytes: [UInt8]) {
    for byte in bytes { append(byte) }
  }

  /// Appends `range` as a JSON string; with `isDoubled`, two quotes in a row are one.
  @inline(__always) mutating func append(string bytes: Span<UInt8>, _ range: Range<Int>, isDoubled: Bool) {
    append(.quote)
    let quotes = Word.splat(.quote)
    let backslashes = Word.splat(.backslash)
    var i = range.lowerBound
    let end = range.upperBound
    while i < end {
      let word = bytes.word(at: i)
      let special = Word.control(word) | Word.equal(word, quotes) | Word.equal(word, backslashes)
      unsafe UnsafeMutableRawPointer(base + count).storeBytes(of: word, as: UInt64.self)
      let run = special == 0 ? 8 : special.firstByte
      if i &+ run >= end {
        count &+= end &- i
        break
      }
      count &+= run
      i &+= run
      if run < 8 {
        let byte = bytes[i]
        escape(byte)
        i &+= isDoubled && byte == .quote ? 2 : 1
      }
    }
    append(.quote)
  }

  @inline(never) private mutating func escape(_ byte: UInt8) {
    append(.backslash)
    switch byte {
    case .quote, .backslash: append(byte)
    case .lineFeed: append(UInt8(ascii: "n"))
    case .carriageReturn: append(UInt8(ascii: "r"))
    case .tab: append(UInt8(ascii: "t"))
    default:
      append(UInt8(ascii: "u"))
      append(.zero)
      append(.zero)
      append(.zero + byte >> 4)
      append(byte & 15 < 10 ? .zero + byte & 15 : UInt8(ascii: "a") + byte & 15 - 10)
    }
  }

  /// The hash of what was written from `start` on.
  @inline(__always) func hash(from start: Int, basis: UInt64) -> UInt64 {
    let written = unsafe Span(_unsafeStart: base, count: count &+ 8)
    return Hash.of(written, start..<count, from: basis)
  }
}
