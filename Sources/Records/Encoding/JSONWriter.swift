import CInstructions

/// Writes JSON into memory whose room was made sure of beforehand: one reservation a row, none a value.
///
/// Copies go 16 or 32 bytes at a time past the end of what is copied; both sides have slack for it. The one file of this
/// room, with `ByteBuffer`, that works on bare addresses.
@safe
struct JSONWriter: ~Copyable {
  private let base: UnsafeMutablePointer<UInt8>
  /// Where the next byte goes: one addition fewer a byte than counting would take.
  private var cursor: UnsafeMutablePointer<UInt8>

  /// A writer that appends to `buffer`, where `room` more bytes fit.
  @inline(__always) init(_ buffer: ByteBuffer, room: Int) {
    if buffer.capacity &- buffer.count < room { buffer.grow(by: room) }
    unsafe base = buffer.base
    unsafe cursor = base + buffer.count
  }

  @inline(__always) var count: Int { unsafe cursor - base }

  /// Makes what was written part of the buffer it is written to; the writer does not hold it, which would be counted once
  /// a row.
  @inline(__always) func commit(to buffer: ByteBuffer) { buffer.count = count }

  /// Goes on after what somebody else appended to the buffer within the room.
  @inline(__always) mutating func resume(after buffer: ByteBuffer) { unsafe cursor = base + buffer.count }

  @inline(__always) mutating func truncate(to mark: Int) { unsafe cursor = base + mark }

  @inline(__always) mutating func append(_ byte: UInt8) {
    unsafe cursor.pointee = byte
    unsafe cursor += 1
  }

  /// Appends two bytes at once.
  @inline(__always) mutating func append(_ first: UInt8, _ second: UInt8) {
    let both = UInt16(first) | UInt16(second) << 8
    unsafe UnsafeMutableRawPointer(cursor).storeBytes(of: both.littleEndian, as: UInt16.self)
    unsafe cursor += 2
  }

  /// Puts a byte where the next one goes, which will take its place.
  @inline(__always) func write(ahead byte: UInt8) { unsafe cursor.pointee = byte }

  @inline(__always) mutating func takeBackComma() {
    if last == .comma { unsafe cursor -= 1 }
  }

  /// The byte written last; there must be one.
  @inline(__always) var last: UInt8 {
    get { unsafe (cursor - 1).pointee }
    nonmutating set { unsafe (cursor - 1).pointee = newValue }
  }

  @inline(__always) func byte(at index: Int) -> UInt8 { unsafe base[index] }
  @inline(__always) func replace(at index: Int, with byte: UInt8) { unsafe (base + index).pointee = byte }

  /// Appends `range` of `bytes`, after which `ByteBuffer.slack` more are readable: 32 at a time, because most of what is
  /// copied is short.
  @inline(__always) mutating func append(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    let out = unsafe UnsafeMutableRawPointer(cursor)
    var done = 0
    repeat {
      let i = range.lowerBound &+ done
      // All is read before any is written: then two words are moved at a time.
      let words = (bytes.word(at: i), bytes.word(at: i &+ 8), bytes.word(at: i &+ 16), bytes.word(at: i &+ 24))
      unsafe out.storeBytes(of: words.0, toByteOffset: done, as: UInt64.self)
      unsafe out.storeBytes(of: words.1, toByteOffset: done &+ 8, as: UInt64.self)
      unsafe out.storeBytes(of: words.2, toByteOffset: done &+ 16, as: UInt64.self)
      unsafe out.storeBytes(of: words.3, toByteOffset: done &+ 24, as: UInt64.self)
      done &+= 32
    } while done < range.count
    unsafe cursor += range.count
  }

  mutating func append(_ bytes: [UInt8]) {
    for byte in bytes { append(byte) }
  }

  /// Appends `range` as a JSON string; with `isDoubled`, two quotes in a row are one.
  @inline(__always) mutating func append(string bytes: Span<UInt8>, _ range: Range<Int>, isDoubled: Bool) {
    append(.quote)
    append(escaped: bytes, range, isDoubled: isDoubled)
    append(.quote)
  }

  /// The same without the quotes.
  @inline(__always) mutating func append(escaped bytes: Span<UInt8>, _ range: Range<Int>, isDoubled: Bool) {
    unsafe cursor = Self.escape(bytes, range, isDoubled, cursor)
  }

  /// Copies `range` with its escapes to `out` and answers where it ends.
  ///
  /// A function of its own, so that its few variables have the registers to themselves.
  @inline(never)
  private static func escape(
    _ bytes: Span<UInt8>, _ range: Range<Int>, _ isDoubled: Bool, _ out: UnsafeMutablePointer<UInt8>
  ) -> UnsafeMutablePointer<UInt8> {
    var out = unsafe out
    var i = range.lowerBound
    let end = range.upperBound
    while i < end {
      let (low, high) = (bytes.word(at: i), bytes.word(at: i &+ 8))
      let special = marks_escaped(low, high)
      unsafe UnsafeMutableRawPointer(out).storeBytes(of: low, as: UInt64.self)
      unsafe UnsafeMutableRawPointer(out).storeBytes(of: high, toByteOffset: 8, as: UInt64.self)
      if special == 0 {
        i &+= 16
        unsafe out += 16
        continue
      }
      let run = special.trailingZeroBitCount
      i &+= run
      unsafe out += run
      if i >= end { break }
      let byte = bytes.byte(at: i)
      unsafe out = escape(byte, out)
      i &+= isDoubled && byte == .quote ? 2 : 1
    }
    // The last word may have been copied past the end.
    return unsafe out - Swift.max(0, i &- end)
  }

  /// Writes one escaped byte and answers where the next one goes.
  ///
  /// Not a mutating method: a writer whose address is taken is kept in memory, and then every byte stored makes its
  /// fields be loaded again.
  @inline(never)
  private static func escape(_ byte: UInt8, _ start: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
    var out = unsafe start
    func put(_ byte: UInt8) {
      unsafe out.pointee = byte
      unsafe out += 1
    }
    put(.backslash)
    switch byte {
    case .quote, .backslash: put(byte)
    case .lineFeed: put(UInt8(ascii: "n"))
    case .carriageReturn: put(UInt8(ascii: "r"))
    case .tab: put(UInt8(ascii: "t"))
    default:
      put(UInt8(ascii: "u"))
      put(.zero)
      put(.zero)
      put(.zero + byte >> 4)
      put(byte & 15 < 10 ? .zero + byte & 15 : UInt8(ascii: "a") + byte & 15 - 10)
    }
    return unsafe out
  }

  /// The hash of `range` of what was written.
  @inline(__always) func hash(_ range: Range<Int>, basis: UInt64) -> UInt64 {
    let written = unsafe Span(_unsafeStart: base, count: count &+ 8)
    return Hash.of(written, range, from: basis)
  }
}
