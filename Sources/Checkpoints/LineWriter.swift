/// Puts the words of one journal line together.
struct LineWriter {
  /// What has been written so far.
  private(set) var bytes: [UInt8] = []

  /// Forgets what was written and keeps the memory.
  mutating func reset() {
    bytes.removeAll(keepingCapacity: true)
  }

  mutating func byte(_ byte: UInt8) {
    bytes.append(byte)
  }

  /// Writes `text` as it stands: only for words that are ours.
  mutating func literal(_ text: String) {
    bytes.append(contentsOf: text.utf8)
  }

  mutating func number(_ value: Int) {
    if value < 0 { byte(UInt8(ascii: "-")) }
    var rest = value.magnitude
    let start = bytes.count
    repeat {
      byte(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    bytes[start...].reverse()
  }

  /// Writes the lowest `digits` hexadecimal digits of `value`.
  mutating func hex(_ value: UInt64, digits: Int) {
    for place in (0..<digits).reversed() {
      byte(Hex.digit(UInt8(truncatingIfNeeded: value >> UInt64(4 * place)) & 15))
    }
  }

  /// Writes a value that is not ours: whatever could be mistaken for the line's own signs becomes `%XX`.
  mutating func escaped(_ text: String) {
    for unit in text.utf8 {
      if LineSyntax.isPlain(unit) {
        byte(unit)
      } else {
        byte(UInt8(ascii: "%"))
        byte(Hex.upperDigit(unit >> 4))
        byte(Hex.upperDigit(unit & 15))
      }
    }
  }
}
