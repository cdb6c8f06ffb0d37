/// JSON strings as text: the slow, exact way, for whatever is not on the fast path.
package enum JSONText {
  /// The UTF-8 of a validated JSON string's content, escapes resolved.
  static func unescape(_ bytes: Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(range.count)
    var i = range.lowerBound
    while i < range.upperBound {
      let plain = i
      i = bytes.first(.backslash, from: i, to: range.upperBound)
      if i + 1 >= range.upperBound { i = range.upperBound }
      if i > plain { out += bytes.array(plain..<i) }
      if i == range.upperBound { break }
      switch bytes[i + 1] {
      case UInt8(ascii: "n"): out.append(.lineFeed)
      case UInt8(ascii: "r"): out.append(.carriageReturn)
      case UInt8(ascii: "t"): out.append(.tab)
      case UInt8(ascii: "b"): out.append(0x08)
      case UInt8(ascii: "f"): out.append(0x0C)
      case UInt8(ascii: "u"):
        let (scalar, length) = codePoint(bytes, at: i, to: range.upperBound)
        out.append(contentsOf: Array(String(Character(scalar)).utf8))
        i += length
        continue
      default: out.append(bytes[i + 1])
      }
      i += 2
    }
    return out
  }

  /// The scalar written by the `\u` escape at `i`, surrogate pairs joined, and how many bytes it takes.
  private static func codePoint(_ bytes: Span<UInt8>, at i: Int, to end: Int) -> (Unicode.Scalar, Int) {
    let replacement: Unicode.Scalar = "\u{FFFD}"
    guard i + 6 <= end, let unit = JSONScanner.hex(bytes, at: i + 2) else { return (replacement, end - i) }
    if unit & 0xFC00 == 0xD800, i + 12 <= end, let low = JSONScanner.hex(bytes, at: i + 8) {
      return (Unicode.Scalar(0x10000 + (unit & 0x3FF) << 10 + (low & 0x3FF)) ?? replacement, 12)
    }
    return (Unicode.Scalar(unit) ?? replacement, 6)
  }

  /// `text` as a JSON string, quotes included.
  package static func quoted(_ text: String) -> [UInt8] {
    var out: [UInt8] = [.quote]
    for byte in text.utf8 { appendEscaped(byte, to: &out) }
    out.append(.quote)
    return out
  }

  /// One byte of a JSON string, escaped where it must be.
  static func appendEscaped(_ byte: UInt8, to out: inout [UInt8]) {
    switch byte {
    case .quote, .backslash: out += [.backslash, byte]
    case .lineFeed: out += [.backslash, UInt8(ascii: "n")]
    case .carriageReturn: out += [.backslash, UInt8(ascii: "r")]
    case .tab: out += [.backslash, UInt8(ascii: "t")]
    case 0..<0x20:
      let digits = Array("0123456789abcdef".utf8)
      out += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    default: out.append(byte)
    }
  }
}
