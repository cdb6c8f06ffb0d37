/// The outcome of some records is known: from here on they are never sent again.
package struct Settlement: Sendable, Equatable {
  /// The batch's number in the run.
  ///
  /// A batch may be settled in several steps, each with other records.
  package var sequence: Int
  /// The records whose outcome is known.
  ///
  /// None of them may be settled a second time.
  package var records: RecordRanges
  /// How they ended, by file.
  package var tallies: [FileTally]
  /// Where the reader stood when this batch was cut.
  package var position: Position
  /// The length of the rejects file once this settlement counts; what lies beyond is cut off on resume.
  package var rejectsBytes: Int
  /// Requests sent for these records, the repeated ones among them.
  package var requests: Int
  /// How many of those requests were repetitions.
  package var retries: Int
  /// Bytes of the bodies sent.
  package var bytesSent: Int

  /// The outcome of `records`.
  package init(
    sequence: Int, records: RecordRanges, tallies: [FileTally], position: Position, rejectsBytes: Int = 0,
    requests: Int = 0, retries: Int = 0, bytesSent: Int = 0
  ) {
    self.sequence = sequence
    self.records = records
    self.tallies = tallies
    self.position = position
    self.rejectsBytes = rejectsBytes
    self.requests = requests
    self.retries = retries
    self.bytesSent = bytesSent
  }

  /// Whether the tallies speak of exactly these records and every one of them ended once.
  package var isClosed: Bool {
    var sum = Tally()
    for entry in tallies {
      guard entry.tally.isClosed, let next = sum.checkedSum(with: entry.tally) else { return false }
      sum = next
    }
    return sum.read == records.count
  }
}

extension Settlement {
  func write(to line: inout LineWriter) {
    line.literal("settled seq=")
    line.number(sequence)
    line.literal(" rec=")
    line.ranges(records)
    line.literal(" tally=")
    line.tallies(tallies)
    line.literal(" pos=")
    line.position(position)
    line.literal(" rejects=")
    line.number(rejectsBytes)
    line.literal(" requests=")
    line.number(requests)
    line.literal(" retries=")
    line.number(retries)
    line.literal(" sent=")
    line.number(bytesSent)
  }

  init(from line: inout LineReader) throws(Unreadable) {
    try line.expect("seq=")
    sequence = try line.number()
    try line.expect(" rec=")
    records = try line.ranges()
    try line.expect(" tally=")
    tallies = try line.tallies()
    try line.expect(" pos=")
    position = try line.position()
    try line.expect(" rejects=")
    rejectsBytes = try line.number()
    try line.expect(" requests=")
    requests = try line.number()
    try line.expect(" retries=")
    retries = try line.number()
    try line.expect(" sent=")
    bytesSent = try line.number()
  }
}
