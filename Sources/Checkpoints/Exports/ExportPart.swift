/// A slice of an export is in the temporary output: on disk, and never asked for again.
///
/// Everything but the tally and the oddities is how things stand once this part counts, so that what lies beyond can be
/// cut off on resume.
package struct ExportPart: Sendable, Equatable {
  /// The number of the slice, counted from 0 without a gap.
  package var sequence: Int
  /// How its records ended.
  package var tally: Tally
  /// Records with more or fewer cells than the header, cells that became strings, records without a readable time.
  package var ragged = 0
  package var unparsed = 0
  package var timeless = 0
  /// The length of the output and its CRC-32.
  package var outputBytes = 0
  package var outputChecksum: UInt32 = 0
  /// The length of the output before it is compressed.
  package var textBytes = 0
  /// The length of the rejects file and of the list of ids.
  package var rejectsBytes = 0
  package var idsBytes = 0
  /// Where a list or the keys go on: items or records passed.
  package var next = 0
  /// Whether nothing follows.
  package var isLast = false
  /// Requests of this part, and how many of them were repetitions.
  package var requests = 0
  package var retries = 0
  /// Bytes of the answers of this part.
  package var bytesReceived = 0

  package init(sequence: Int, tally: Tally) {
    self.sequence = sequence
    self.tally = tally
  }
}

extension ExportPart {
  func write(to line: inout LineWriter) {
    line.literal("part seq=")
    line.number(sequence)
    for (name, number) in [
      ("read", tally.read), ("accepted", tally.accepted), ("rejected", tally.rejected), ("skipped", tally.skipped),
      ("ragged", ragged), ("unparsed", unparsed), ("timeless", timeless), ("out", outputBytes),
    ] {
      line.literal(" \(name)=")
      line.number(number)
    }
    line.literal(" crc=")
    line.hex(UInt64(outputChecksum), digits: 8)
    for (name, number) in [
      ("text", textBytes), ("rejects", rejectsBytes), ("ids", idsBytes), ("next", next), ("last", isLast ? 1 : 0),
      ("requests", requests), ("retries", retries), ("received", bytesReceived),
    ] {
      line.literal(" \(name)=")
      line.number(number)
    }
  }

  init(from line: inout LineReader) throws(Unreadable) {
    func number(_ name: String) throws(Unreadable) -> Int {
      try line.expect(" \(name)=")
      return try line.number()
    }
    try line.expect("seq=")
    sequence = try line.number()
    tally = Tally()
    tally.read = try number("read")
    tally.accepted = try number("accepted")
    tally.rejected = try number("rejected")
    tally.skipped = try number("skipped")
    ragged = try number("ragged")
    unparsed = try number("unparsed")
    timeless = try number("timeless")
    outputBytes = try number("out")
    try line.expect(" crc=")
    outputChecksum = UInt32(truncatingIfNeeded: try line.hex(digits: 8))
    textBytes = try number("text")
    rejectsBytes = try number("rejects")
    idsBytes = try number("ids")
    next = try number("next")
    let last = try number("last")
    guard last < 2 else { throw Unreadable() }
    isLast = last == 1
    requests = try number("requests")
    retries = try number("retries")
    bytesReceived = try number("received")
  }
}
