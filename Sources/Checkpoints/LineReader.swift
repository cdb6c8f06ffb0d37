/// The line is not one we would have written.
struct Unreadable: Error {}

/// Takes the words of one journal line apart.
///
/// Nothing it reads is trusted: no number overflows, no index is assumed.
struct LineReader {
  private let bytes: [UInt8]
  private var at: Int
  private let end: Int

  init(_ bytes: [UInt8]) {
    self.init(bytes, 0..<bytes.count)
  }

  init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    self.at = range.lowerBound
    self.end = range.upperBound
  }

  var isAtEnd: Bool { at == end }

  var nextIsDigit: Bool {
    guard let next else { return false }
    return next >= UInt8(ascii: "0") && next <= UInt8(ascii: "9")
  }

  private var next: UInt8? { at < end ? bytes[at] : nil }

  /// Steps over `byte` if it comes next.
  mutating func skip(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    at += 1
    return true
  }

  mutating func expect(_ byte: UInt8) throws(Unreadable) {
    guard skip(byte) else { throw Unreadable() }
  }

  /// Whether `text` comes next; steps over it if so.
  mutating func skip(_ text: String) -> Bool {
    var ahead = at
    for unit in text.utf8 {
      guard ahead < end, bytes[ahead] == unit else { return false }
      ahead += 1
    }
    at = ahead
    return true
  }

  mutating func expect(_ text: String) throws(Unreadable) {
    guard skip(text) else { throw Unreadable() }
  }

  /// A number without a sign and without leading zeros.
  mutating func number() throws(Unreadable) -> Int {
    let start = at
    var value = 0
    while nextIsDigit, let digit = next {
      let (product, tooBig) = value.multipliedReportingOverflow(by: 10)
      let (sum, stillTooBig) = product.addingReportingOverflow(Int(digit - UInt8(ascii: "0")))
      guard !tooBig, !stillTooBig else { throw Unreadable() }
      value = sum
      at += 1
    }
    guard at > start, at - start == 1 || bytes[start] != UInt8(ascii: "0") else { throw Unreadable() }
    return value
  }

  /// A number that may be negative.
  mutating func signedNumber() throws(Unreadable) -> Int {
    guard skip(UInt8(ascii: "-")) else { return try number() }
    let magnitude = try number()
    guard magnitude > 0 else { throw Unreadable() }
    return -magnitude
  }

  /// Exactly `digits` lower-case hexadecimal digits.
  mutating func hex(digits: Int) throws(Unreadable) -> UInt64 {
    var value: UInt64 = 0
    for _ in 0..<digits {
      guard let next, let digit = Hex.value(next) else { throw Unreadable() }
      value = value << 4 | UInt64(digit)
      at += 1
    }
    return value
  }

  /// A value up to the next dividing sign, with its escapes undone.
  mutating func unescaped() throws(Unreadable) -> String {
    var units: [UInt8] = []
    while let byte = next {
      if LineSyntax.isPlain(byte) {
        units.append(byte)
        at += 1
      } else if byte == UInt8(ascii: "%") {
        guard end - at > 2, let high = Hex.upperValue(bytes[at + 1]), let low = Hex.upperValue(bytes[at + 2]) else {
          throw Unreadable()
        }
        units.append(high << 4 | low)
        at += 3
      } else {
        break
      }
    }
    guard let text = String(validating: units, as: UTF8.self) else { throw Unreadable() }
    return text
  }
}
