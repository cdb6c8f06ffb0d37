/// Some records of one source file.
package struct FileRecords: Sendable, Equatable {
  /// The index of the file in the run's header.
  package var file: Int
  /// Their numbers, counted over all files.
  package var records: RecordRanges

  /// The given records of the file with the index `file`.
  package init(file: Int, records: RecordRanges) {
    self.file = file
    self.records = records
  }
}

extension LineWriter {
  /// Writes `file:ranges`, one group a file, `;` between them.
  mutating func parts(_ parts: [FileRecords]) {
    for (index, part) in parts.enumerated() {
      if index > 0 { byte(UInt8(ascii: ";")) }
      number(part.file)
      byte(UInt8(ascii: ":"))
      ranges(part.records)
    }
  }
}

extension LineReader {
  /// Reads what `parts` of the writer wrote.
  mutating func parts() throws(Unreadable) -> [FileRecords] {
    var parts: [FileRecords] = []
    guard nextIsDigit else { return parts }
    repeat {
      let file = try number()
      try expect(UInt8(ascii: ":"))
      parts.append(FileRecords(file: file, records: try ranges()))
    } while skip(UInt8(ascii: ";"))
    return parts
  }
}
