import Checkpoints

/// Journals to test with.
enum Samples {
  static let awkward = [
    "", " ", "a b", "k=v", "50%", "%25", "line\nbreak\r\t", "ä€𝄞", "a,b:c;d", "\u{0}\u{7F}", "e\u{301}",
  ]

  static func header(_ text: String = "catalog-sync") -> RunHeader {
    RunHeader(
      run: RunID(seconds: 1_795_230_000, random: 0xA1B2C3), job: text, jobDigest: .max, endpoint: text,
      started: 1_795_230_000,
      sources: [
        SourceIdentity(path: text, kind: .regular, bytes: 12, modified: -1, fingerprint: 7),
        SourceIdentity(path: "-" + text, kind: .stream, bytes: 0, modified: 0, fingerprint: 0),
      ],
      format: text, tool: "1.0.0")
  }

  static func intent(_ sequence: Int, _ range: Range<Int>, file: Int = 0, key: String = "") -> Intent {
    Intent(
      sequence: sequence, parts: [FileRecords(file: file, records: RecordRanges(range))], idempotencyKey: key,
      bodyDigest: 0x00FF, at: 5)
  }

  static func settlement(_ sequence: Int, _ range: Range<Int>, file: Int = 0) -> Settlement {
    let rejected = range.count / 10
    let tally = Tally(read: range.count, accepted: range.count - rejected, rejected: rejected)
    return Settlement(
      sequence: sequence, records: RecordRanges(range), tallies: [FileTally(file: file, tally: tally)],
      position: Position(file: file, byte: range.upperBound * 20, line: range.upperBound + 1, record: range.upperBound),
      rejectsBytes: sequence * 10, requests: 2, retries: 1, bytesSent: 1_000)
  }

  /// One of every kind, with `text` wherever words may be.
  static func entries(_ text: String) -> [JournalEntry] {
    var mixed = settlement(3, 30..<40)
    mixed.records.insert(50)
    mixed.tallies.append(FileTally(file: 1, tally: Tally(read: 1, unchanged: 1)))
    return [
      .began(header(text)),
      .intended(intent(0, 0..<10, key: text)),
      .settled(settlement(0, 0..<10)),
      .settled(settlement(2, 20..<30)),
      .intended(intent(1, 10..<20, key: text)),
      .ended(Ending(status: text, exit: 75, at: -3)),
      .resumed(at: 9, position: Position(file: 0, byte: 200, line: 11, record: 10)),
      .withdrawn(sequence: 1, at: 10),
      .intended(intent(4, 10..<15)),
      .resolved(sequence: 4, how: .accepted, at: 11),
      .intended(intent(5, 15..<18)),
      .resolved(sequence: 5, how: .resend, at: 12),
      .intended(intent(6, 15..<16)),
      .settled(mixed),
      .settled(Settlement(sequence: 7, records: RecordRanges(), tallies: [], position: .start)),
    ]
  }

  static func journal(_ entries: [JournalEntry]) -> [UInt8] {
    Array(JournalCodec.comment.utf8) + entries.flatMap(JournalCodec.line)
  }
}
