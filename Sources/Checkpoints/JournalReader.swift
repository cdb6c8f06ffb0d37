/// Reads a journal in pieces of any size and keeps only what a resumed run needs.
package struct JournalReader: Sendable {
  /// What has arrived and is not a whole line yet.
  private var rest: [UInt8] = []
  private var searched = 0
  /// Where `rest` begins in the file.
  private var offset = 0
  private var line = 0
  private var validBytes = 0
  private var firstBad: JournalDamage?
  private var replay: Replay?
  private var scratch = LineWriter()

  /// A reader at the beginning of a journal.
  package init() {}

  /// Takes the next bytes of the file.
  package mutating func read(_ bytes: [UInt8]) throws(JournalDamage) {
    rest.append(contentsOf: bytes)
    var start = 0
    var index = searched
    while index < rest.count {
      if rest[index] == UInt8(ascii: "\n") {
        try take(start..<index)
        start = index + 1
      }
      index += 1
    }
    rest.removeFirst(start)
    offset += start
    searched = rest.count
  }

  /// What the journal says; nil if not even the first entry is whole.
  package consuming func finish() throws(JournalDamage) -> Recovery? {
    if line == 0 { try judgeTornBeginning() }
    guard let replay else { return nil }
    return replay.recovery(validBytes: validBytes, tornBytes: offset + rest.count - validBytes)
  }

  /// One line of `rest`, without its newline.
  private mutating func take(_ range: Range<Int>) throws(JournalDamage) {
    line += 1
    let here = JournalDamage.damaged(line: line, byte: offset + range.lowerBound)
    if line == 1 {
      try judgeBeginning(rest[range])
      validBytes = range.upperBound + 1
      return
    }
    guard JournalCodec.isSealed(rest, range) else {
      // A torn write ends in the middle of a line, or leaves blank blocks behind; anything else is damage.
      guard rest[range].contains(0) else { throw firstBad ?? here }
      firstBad = firstBad ?? here
      return
    }
    // A whole line after a bad one: the bad one was no torn write.
    if let firstBad { throw firstBad }
    // No torn write has the right checksum, so a line that is whole and still strange is damage even at the end.
    guard let entry = JournalCodec.entry(rest, range, scratch: &scratch) else { throw here }
    do throws(Contradiction) {
      try apply(entry)
    } catch {
      throw .contradiction(line: line, byte: offset + range.lowerBound, reason: error.reason)
    }
    validBytes = offset + range.upperBound + 1
  }

  private mutating func apply(_ entry: JournalEntry) throws(Contradiction) {
    switch (entry, replay == nil) {
    case (.began(let header), true): replay = Replay(header: header)
    case (.began, false): throw Contradiction(reason: "the run begins a second time")
    case (_, true): throw Contradiction(reason: "something happens before the run begins")
    case (_, false): try replay?.apply(entry)
    }
  }

  /// Throws unless the first line is ours: it may be somebody else's file, another version's, or a changed comment.
  private func judgeBeginning(_ first: ArraySlice<UInt8>) throws(JournalDamage) {
    if first.elementsEqual(JournalCodec.comment.utf8.dropLast()) { return }
    guard first.starts(with: JournalCodec.magic.utf8) else { throw .notAJournal }
    let version = first.dropFirst(JournalCodec.magic.utf8.count).prefix { $0 != UInt8(ascii: ":") }.prefix(20)
    guard version.elementsEqual("\(JournalCodec.version)".utf8) else {
      throw .unknownVersion(String(decoding: version, as: UTF8.self))
    }
    throw .damaged(line: 1, byte: 0)
  }

  /// A file without one whole line is a torn beginning only if it begins like a journal; blank blocks are forgiven.
  private func judgeTornBeginning() throws(JournalDamage) {
    let zeros = rest.reversed().prefix { $0 == 0 }.count
    let written = rest.dropLast(zeros)
    if JournalCodec.comment.utf8.starts(with: written) { return }
    try judgeBeginning(written)
  }
}
