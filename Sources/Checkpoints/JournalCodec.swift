/// The journal's format: one line an entry, `checksum words…`, the checksum being eight hexadecimal digits of CRC-32.
///
/// A line counts only if it is, byte for byte, what would be written for the entry it spells. So a crash in the middle
/// of a write loses that line and nothing else, and no flipped bit goes unnoticed.
package enum JournalCodec {
  /// The version of the format.
  package static let version = 1

  static let magic = "# ferry journal "

  /// The first line of every journal, with its newline.
  package static let comment = magic + "\(version): one line an entry, led by the CRC-32 of the rest; do not edit\n"

  /// The line of one entry, with its newline.
  package static func line(for entry: JournalEntry) -> [UInt8] {
    var line = LineWriter()
    write(entry, to: &line)
    return line.bytes
  }

  /// What a whole journal says; nil if the run never got as far as its first entry, and so has sent nothing.
  package static func recover(_ bytes: [UInt8]) throws(JournalDamage) -> Recovery? {
    var reader = JournalReader()
    try reader.read(bytes)
    return try reader.finish()
  }

  /// Writes a whole line.
  static func write(_ entry: JournalEntry, to line: inout LineWriter) {
    var words = LineWriter()
    entry.write(to: &words)
    line.sealed(words.bytes)
  }

  /// Whether the bytes of `range`, a line without its newline, carry the right checksum.
  static func isSealed(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    guard range.count > 9 else { return false }
    var line = LineReader(bytes, range)
    guard let checksum = try? line.hex(digits: 8), line.skip(UInt8(ascii: " ")) else { return false }
    return checksum == UInt64(CRC32.of(bytes, (range.lowerBound + 9)..<range.upperBound))
  }

  /// The entry on a sealed line, or nil unless the line is exactly what we would have written.
  ///
  /// `scratch` is memory to work in.
  static func entry(_ bytes: [UInt8], _ range: Range<Int>, scratch: inout LineWriter) -> JournalEntry? {
    let words = (range.lowerBound + 9)..<range.upperBound
    var line = LineReader(bytes, words)
    guard let entry = try? JournalEntry(from: &line) else { return nil }
    scratch.reset()
    entry.write(to: &scratch)
    return scratch.bytes.elementsEqual(bytes[words]) ? entry : nil
  }
}

extension LineWriter {
  /// Writes `words` as a line: checksum, words, newline.
  mutating func sealed(_ words: [UInt8]) {
    hex(UInt64(CRC32.of(words, 0..<words.count)), digits: 8)
    byte(UInt8(ascii: " "))
    for byte in words { self.byte(byte) }
    byte(UInt8(ascii: "\n"))
  }
}
