import CInstructions

/// Walks over JSON (RFC 8259) and checks every byte of it, building nothing.
///
/// Positions are returned as plain integers: the end of what was asked for, or one of the two negative answers below.
/// A line feed outside a string is the end of the line to an NDJSON file, so only spaces and tabs are skipped.
struct JSONScanner {
  static let maximumDepth = 64
  /// Keys are compared pairwise for duplicates, so their number is bounded.
  static let maximumMembers = 1024
  /// The bytes end before the value does.
  static let incomplete = -1
  /// The value is malformed; `fault` and `faultAt` say how.
  static let malformed = -2

  private(set) var fault = JSONFault.unexpectedByte
  private(set) var faultAt = 0
  /// Whether the last string had escapes.
  private(set) var hasEscapes = false
  /// The strings with bytes outside ASCII all stand between these two; both are 0 when there are none.
  private(set) var suspectStart = 0
  private(set) var suspectEnd = 0

  /// Forgets what was seen of an earlier line.
  mutating func begin() { (suspectStart, suspectEnd) = (0, 0) }

  /// Records why and where, and answers `malformed`.
  mutating func fail(_ fault: JSONFault, at index: Int) -> Int {
    self.fault = fault
    faultAt = index
    return Self.malformed
  }

  @inline(__always) func skipSpaces(_ bytes: Span<UInt8>, from start: Int, to limit: Int) -> Int {
    var i = start
    while i < limit, bytes.byte(at: i) <= .space {
      let byte = bytes.byte(at: i)
      if byte != .space, byte != .tab, byte != .carriageReturn { break }
      i &+= 1
    }
    return i
  }

  /// The closing quote of the string whose first character is at `start`.
  @inline(__always)
  mutating func string(_ bytes: Span<UInt8>, from start: Int, to limit: Int) -> Int {
    var run = Run.scan(bytes, from: start, to: limit)
    hasEscapes = run.hasEscapes
    if run.isNotASCII { noteNotASCII(start, run.end) }
    while run.end >= limit || bytes.byte(at: run.end) != .quote {
      // Rare: the end of the bytes, an escape of more than two bytes, or a byte that may not stand here.
      if run.end >= limit { return Self.incomplete }
      let byte = bytes.byte(at: run.end)
      if byte != .backslash { return fail(byte == .lineFeed ? .unexpectedEnd : .controlCharacter, at: run.end) }
      let next = escape(bytes, at: run.end, to: limit)
      if next < 0 { return next }
      run = Run.scan(bytes, from: next, to: limit)
      hasEscapes = true
      if run.isNotASCII { noteNotASCII(start, run.end) }
    }
    return run.end
  }

  private mutating func noteNotASCII(_ start: Int, _ end: Int) {
    if suspectEnd == 0 { suspectStart = start }
    suspectEnd = end
  }

  /// String bytes up to the first that ends the string or takes a closer look.
  private struct Run {
    var end: Int
    var hasEscapes = false
    /// Whether some byte may be outside ASCII; also set when one stands after the run, in the sixteen its end is in.
    var isNotASCII = false

    /// A function of its own, so that its few variables have the registers to themselves.
    @inline(never)
    static func scan(_ bytes: Span<UInt8>, from start: Int, to limit: Int) -> Run {
      var run = Run(end: start)
      var seen: UInt64 = 0
      var i = start
      while i < limit {
        let (low, high) = (bytes.word(at: i), bytes.word(at: i &+ 8))
        seen |= low | high
        let marks = marks_escaped(low, high)
        if marks == 0 {
          i &+= 16
          continue
        }
        i &+= marks.trailingZeroBitCount
        if i &+ 1 >= limit || bytes.byte(at: i) != .backslash || !isShortEscape(bytes.byte(at: i &+ 1)) { break }
        run.hasEscapes = true
        i &+= 2
      }
      run.end = i
      run.isNotASCII = seen & Word.high != 0
      return run
    }

    /// Whether a backslash and this byte are an escape.
    @inline(__always) private static func isShortEscape(_ byte: UInt8) -> Bool {
      switch byte {
      case .quote, .backslash, UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
        UInt8(ascii: "r"), UInt8(ascii: "t"):
        true
      default: false
      }
    }
  }

  /// Past the escape whose backslash is at `i`.
  @inline(never)
  private mutating func escape(_ bytes: Span<UInt8>, at i: Int, to limit: Int) -> Int {
    guard i + 1 < limit else { return Self.incomplete }
    switch bytes[i + 1] {
    case .quote, .backslash, UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
      UInt8(ascii: "r"), UInt8(ascii: "t"):
      return i + 2
    case UInt8(ascii: "u"):
      guard i + 6 <= limit else { return cutShort(.badEscape, bytes, at: i, to: limit) }
      guard let unit = Self.hex(bytes, at: i + 2) else { return fail(.badEscape, at: i) }
      if unit & 0xFC00 == 0xDC00 { return fail(.loneSurrogate, at: i) }
      if unit & 0xFC00 != 0xD800 { return i + 6 }
      guard i + 12 <= limit else { return cutShort(.loneSurrogate, bytes, at: i, to: limit) }
      guard bytes[i + 6] == .backslash, bytes[i + 7] == UInt8(ascii: "u"), let low = Self.hex(bytes, at: i + 8),
        low & 0xFC00 == 0xDC00
      else { return fail(.loneSurrogate, at: i) }
      return i + 12
    case .lineFeed: return fail(.unexpectedEnd, at: i + 1)
    default: return fail(.badEscape, at: i)
    }
  }

  /// The answer to an escape that needs more bytes than there are: when the line ends first, none will come.
  private mutating func cutShort(_ fault: JSONFault, _ bytes: Span<UInt8>, at i: Int, to limit: Int) -> Int {
    bytes.first(.lineFeed, from: i, to: limit) < limit ? fail(fault, at: i) : Self.incomplete
  }

  /// Four hexadecimal digits.
  static func hex(_ bytes: Span<UInt8>, at start: Int) -> UInt32? {
    var value: UInt32 = 0
    for offset in 0..<4 {
      guard let digit = bytes[start + offset].hexValue else { return nil }
      value = value << 4 | digit
    }
    return value
  }

  /// Past the number at `start`; what follows it is for the caller to judge.
  @inline(__always)
  mutating func number(_ bytes: Span<UInt8>, from start: Int, to limit: Int) -> Int {
    let short = bytes.endOfShortDecimal(from: start, to: limit)
    if short > start { return short }
    let end = bytes.endOfNumber(from: start, to: limit)
    if end >= limit { return Self.incomplete }
    if end == start {
      var i = start
      while i < limit, bytes[i] > .space, bytes[i] != .comma { i &+= 1 }
      return i >= limit ? Self.incomplete : fail(.badNumber, at: start)
    }
    return end
  }

  /// Past `word`, which is expected at `start`.
  @inline(__always)
  mutating func literal(_ word: Literal, _ bytes: Span<UInt8>, from start: Int, to limit: Int) -> Int {
    if limit &- start >= word.count, bytes.word(at: start) & word.mask == word.letters { return start &+ word.count }
    return otherLiteral(word, bytes, from: start, to: limit)
  }

  /// A word that is cut short, or is none.
  @inline(never)
  private mutating func otherLiteral(_ word: Literal, _ bytes: Span<UInt8>, from start: Int, to limit: Int) -> Int {
    for offset in 0..<word.count {
      if start &+ offset >= limit { return Self.incomplete }
      if bytes[start &+ offset] != word.byte(at: offset) { return fail(.badLiteral, at: start) }
    }
    return start &+ word.count
  }

  /// One of the three words of JSON.
  struct Literal {
    static var yes: Literal { Literal(count: 4, letters: 0x6575_7274) }
    static var no: Literal { Literal(count: 5, letters: 0x65_736C_6166) }
    static var null: Literal { Literal(count: 4, letters: 0x6C6C_756E) }

    let count: Int
    /// Its bytes, the first in the lowest place.
    let letters: UInt64
    @inline(__always) var mask: UInt64 { ~(UInt64.max &<< UInt64(truncatingIfNeeded: count &* 8)) }

    func byte(at index: Int) -> UInt8 { UInt8(truncatingIfNeeded: letters &>> UInt64(index &* 8)) }
  }
}
