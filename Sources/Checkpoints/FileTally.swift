/// The tally of one source file.
package struct FileTally: Sendable, Equatable {
  /// The index of the file in the run's header.
  package var file: Int
  /// How its records ended.
  package var tally: Tally

  /// The tally of the file with the index `file`.
  package init(file: Int, tally: Tally) {
    self.file = file
    self.tally = tally
  }
}

extension LineWriter {
  /// Writes `file:read:accepted:rejected:unchanged:skipped:inDoubt:pending`, one group a file, `;` between them.
  mutating func tallies(_ tallies: [FileTally]) {
    for (index, entry) in tallies.enumerated() {
      if index > 0 { byte(UInt8(ascii: ";")) }
      number(entry.file)
      let tally = entry.tally
      for count in [
        tally.read, tally.accepted, tally.rejected, tally.unchanged, tally.skipped, tally.inDoubt, tally.pending,
      ] {
        byte(UInt8(ascii: ":"))
        number(count)
      }
    }
  }
}

extension LineReader {
  /// Reads what `tallies` of the writer wrote.
  mutating func tallies() throws(Unreadable) -> [FileTally] {
    var tallies: [FileTally] = []
    guard nextIsDigit else { return tallies }
    repeat {
      let file = try number()
      let tally = Tally(
        read: try count(), accepted: try count(), rejected: try count(), unchanged: try count(),
        skipped: try count(), inDoubt: try count(), pending: try count())
      tallies.append(FileTally(file: file, tally: tally))
    } while skip(UInt8(ascii: ";"))
    return tallies
  }

  private mutating func count() throws(Unreadable) -> Int {
    try expect(UInt8(ascii: ":"))
    return try number()
  }
}
