/// The format of an export's journal: as a run's journal, one line an entry, `checksum words…`.
package enum ExportJournalCodec {
  static let magic = "# ferry export journal "

  /// The first line of every export's journal, with its newline.
  package static let comment =
    magic + "\(JournalCodec.version): one line an entry, led by the CRC-32 of the rest; do not edit\n"

  /// The line of one entry, with its newline.
  package static func line(for entry: ExportEntry) -> [UInt8] {
    var words = LineWriter()
    entry.write(to: &words)
    var line = LineWriter()
    line.sealed(words.bytes)
    return line.bytes
  }

  /// What a whole journal says; nil if the run never got as far as its first entry.
  ///
  /// A torn tail is forgiven: an unfinished last line, or bytes of a block that never reached the disk.
  package static func recover(_ bytes: [UInt8]) throws(JournalDamage) -> ExportRecovery? {
    guard let first = bytes.firstIndex(of: UInt8(ascii: "\n")) else {
      let written = bytes[..<(bytes.firstIndex(of: 0) ?? bytes.count)]
      guard comment.utf8.starts(with: written) else { throw .notAJournal }
      return nil
    }
    try judge(bytes[..<first])
    var recovery: ExportRecovery?
    var line = 1
    var start = first + 1
    var bad: JournalDamage?
    var valid = start
    while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
      line += 1
      let here = JournalDamage.damaged(line: line, byte: start)
      if JournalCodec.isSealed(bytes, start..<end) {
        // A whole line behind a bad one: the bad one was no torn write.
        if let bad { throw bad }
        guard let entry = entry(bytes, start..<end) else { throw here }
        do throws(Contradiction) {
          try apply(entry, to: &recovery)
        } catch {
          throw .contradiction(line: line, byte: start, reason: error.reason)
        }
        valid = end + 1
      } else {
        guard bytes[start..<end].contains(0) else { throw bad ?? here }
        bad = bad ?? here
      }
      start = end + 1
    }
    recovery?.validBytes = valid
    recovery?.tornBytes = bytes.count - valid
    return recovery
  }

  /// The entry on a sealed line, or nil unless the line is exactly what we would have written.
  private static func entry(_ bytes: [UInt8], _ range: Range<Int>) -> ExportEntry? {
    let words = (range.lowerBound + 9)..<range.upperBound
    var line = LineReader(bytes, words)
    guard let entry = try? ExportEntry(from: &line) else { return nil }
    var written = LineWriter()
    entry.write(to: &written)
    return written.bytes.elementsEqual(bytes[words]) ? entry : nil
  }

  private static func apply(_ entry: ExportEntry, to recovery: inout ExportRecovery?) throws(Contradiction) {
    guard var current = recovery else {
      guard case .began(let header) = entry else {
        throw Contradiction(reason: "something happens before the run begins")
      }
      recovery = ExportRecovery(header: header)
      return
    }
    try current.apply(entry)
    recovery = current
  }

  private static func judge(_ first: ArraySlice<UInt8>) throws(JournalDamage) {
    if first.elementsEqual(comment.utf8.dropLast()) { return }
    guard first.starts(with: magic.utf8) else { throw .notAJournal }
    let version = first.dropFirst(magic.utf8.count).prefix { $0 != UInt8(ascii: ":") }.prefix(20)
    guard version.elementsEqual("\(JournalCodec.version)".utf8) else {
      throw .unknownVersion(String(decoding: version, as: UTF8.self))
    }
    throw .damaged(line: 1, byte: 0)
  }
}
