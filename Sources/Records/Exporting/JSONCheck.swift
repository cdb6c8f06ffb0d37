/// Whether some bytes are one JSON value (RFC 8259), on any number of lines.
struct JSONCheck {
  private var scanner = JSONScanner()
  /// Whether line ends stood between tokens, which one line of NDJSON may not have.
  private(set) var hasLineEnds = false

  /// Past the value at `start`, or nil when there is none; one byte behind `limit` must be readable and no digit.
  ///
  /// Nesting is a stack of bits, at most 64 deep: hostile bytes cannot make it grow.
  mutating func value(_ bytes: Span<UInt8>, from start: Int, to limit: Int) -> Int? {
    var isObject: UInt64 = 0
    var depth = 0
    var i = skip(bytes, from: start, to: limit)
    while true {
      guard i < limit else { return nil }
      switch bytes[i] {
      case .openBrace, .openBracket:
        guard depth < 64 else { return nil }
        let brace = bytes[i] == .openBrace
        let close: UInt8 = brace ? .closeBrace : .closeBracket
        i = skip(bytes, from: i &+ 1, to: limit)
        guard i < limit else { return nil }
        if bytes[i] != close {
          isObject = isObject << 1 | (brace ? 1 : 0)
          depth += 1
          if brace {
            guard let next = key(bytes, at: i, to: limit) else { return nil }
            i = next
          }
          continue
        }
        i &+= 1
      default:
        guard let next = scalar(bytes, at: i, to: limit) else { return nil }
        i = next
      }
      // A value is over: close what it was the last of, or go on to the next.
      while true {
        if depth == 0 { return i }
        i = skip(bytes, from: i, to: limit)
        guard i < limit else { return nil }
        let inObject = isObject & 1 == 1
        if bytes[i] == .comma {
          i = skip(bytes, from: i &+ 1, to: limit)
          if inObject {
            guard let next = key(bytes, at: i, to: limit) else { return nil }
            i = next
          }
          break
        }
        guard bytes[i] == (inObject ? .closeBrace : .closeBracket) else { return nil }
        i &+= 1
        depth -= 1
        isObject >>= 1
      }
    }
  }

  /// Past spaces, tabs and line ends.
  mutating func skip(_ bytes: Span<UInt8>, from start: Int, to limit: Int) -> Int {
    var i = start
    while i < limit, bytes[i].isJSONSpace {
      if bytes[i] == .lineFeed || bytes[i] == .carriageReturn { hasLineEnds = true }
      i &+= 1
    }
    return i
  }

  /// Past a key, its colon, and the spaces behind.
  mutating func key(_ bytes: Span<UInt8>, at start: Int, to limit: Int) -> Int? {
    guard start < limit, bytes[start] == .quote else { return nil }
    let close = scanner.string(bytes, from: start &+ 1, to: limit)
    guard close >= 0 else { return nil }
    let colon = skip(bytes, from: close &+ 1, to: limit)
    guard colon < limit, bytes[colon] == .colon else { return nil }
    return skip(bytes, from: colon &+ 1, to: limit)
  }

  private mutating func scalar(_ bytes: Span<UInt8>, at i: Int, to limit: Int) -> Int? {
    let end: Int
    switch bytes[i] {
    case .quote:
      end = scanner.string(bytes, from: i &+ 1, to: limit)
      return end >= 0 ? end &+ 1 : nil
    case UInt8(ascii: "t"): end = scanner.literal(.yes, bytes, from: i, to: limit)
    case UInt8(ascii: "f"): end = scanner.literal(.no, bytes, from: i, to: limit)
    case UInt8(ascii: "n"): end = scanner.literal(.null, bytes, from: i, to: limit)
    default:
      end = bytes.endOfNumber(from: i, to: limit)
      return end > i ? end : nil
    }
    return end >= 0 ? end : nil
  }
}
