/// A batch that is not safe to repeat is about to be sent.
///
/// It is on disk before its first byte leaves.
///
/// Its records are *in doubt* until each of them is settled, or the sequence is withdrawn or resolved. When a refused
/// batch is halved, every half may announce itself under the same sequence: a later intent takes its records over.
package struct Intent: Sendable, Equatable {
  /// The batch's number in the run.
  package var sequence: Int
  /// Its records, file by file.
  package var parts: [FileRecords]
  /// The `Idempotency-Key` the batch is sent with; may be empty.
  package var idempotencyKey: String
  /// The fingerprint of the body, to recognise the batch again.
  package var bodyDigest: UInt64
  /// When, in seconds since 1970.
  package var at: Int

  /// The intent to send the records of `parts`.
  package init(sequence: Int, parts: [FileRecords], idempotencyKey: String, bodyDigest: UInt64, at: Int) {
    self.sequence = sequence
    self.parts = parts
    self.idempotencyKey = idempotencyKey
    self.bodyDigest = bodyDigest
    self.at = at
  }

  /// Whether its `Idempotency-Key` still protects a repetition: the API keeps answers for 24 hours.
  ///
  /// https://docs.talon.one/integration-api ("Idempotency-Key"). An hour is left for clocks that differ and for the
  /// time a repetition takes.
  package func isProtected(at seconds: Int) -> Bool {
    !idempotencyKey.isEmpty && (0..<23 * 3600).contains(seconds - at)
  }

  /// The records of all files.
  package var records: RecordRanges {
    var all = RecordRanges()
    for part in parts { all.insert(contentsOf: part.records) }
    return all
  }

  /// Takes `records` out, and the files that have none left.
  mutating func remove(_ records: RecordRanges) {
    for index in parts.indices { parts[index].records.remove(contentsOf: records) }
    parts.removeAll { $0.records.isEmpty }
  }
}

extension Intent {
  func write(to line: inout LineWriter) {
    line.literal("intended seq=")
    line.number(sequence)
    line.literal(" rec=")
    line.parts(parts)
    line.literal(" key=")
    line.escaped(idempotencyKey)
    line.literal(" body=")
    line.hex(bodyDigest, digits: 16)
    line.literal(" at=")
    line.number(at)
  }

  init(from line: inout LineReader) throws(Unreadable) {
    try line.expect("seq=")
    sequence = try line.number()
    try line.expect(" rec=")
    parts = try line.parts()
    try line.expect(" key=")
    idempotencyKey = try line.unescaped()
    try line.expect(" body=")
    bodyDigest = try line.hex(digits: 16)
    try line.expect(" at=")
    at = try line.signedNumber()
  }
}
