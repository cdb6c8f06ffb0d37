/// What a job last put in place of what was there: to notice that nothing changed, or that far too much did.
package struct LastUpload: Sendable, Equatable {
  /// Where it went: path and query of the request.
  package var target: String
  /// The fingerprint of the rows.
  package var digest: UInt64
  package var rows: Int

  package init(target: String, digest: UInt64, rows: Int) {
    self.target = target
    self.digest = digest
    self.rows = rows
  }

  /// The content of the file it is kept in: one line, led by the CRC-32 of the rest.
  package var text: [UInt8] {
    var line = LineWriter()
    line.literal("uploaded target=")
    line.escaped(target)
    line.literal(" digest=")
    line.hex(digest, digits: 16)
    line.literal(" rows=")
    line.number(rows)
    var whole = LineWriter()
    whole.hex(UInt64(CRC32.of(line.bytes, line.bytes.indices)), digits: 8)
    return whole.bytes + [UInt8(ascii: " ")] + line.bytes + [UInt8(ascii: "\n")]
  }

  /// What such a file says; nil when it is damaged: then nothing is known, and the next upload is made.
  package init?(parsing text: [UInt8]) {
    guard text.count > 9, text.last == UInt8(ascii: "\n") else { return nil }
    var line = LineReader(Array(text.dropLast()))
    do throws(Unreadable) {
      let checksum = try line.hex(digits: 8)
      try line.expect(" uploaded target=")
      target = try line.unescaped()
      try line.expect(" digest=")
      digest = try line.hex(digits: 16)
      try line.expect(" rows=")
      rows = try line.number()
      guard line.isAtEnd, UInt64(CRC32.of(text, 9..<text.count - 1)) == checksum else { return nil }
    } catch {
      return nil
    }
  }
}
