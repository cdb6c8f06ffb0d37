/// Where the reader stood: everything before `record` had been read, the next byte wanted is `byte` of `file`.
package struct Position: Sendable, Equatable {
  /// The index of the source file in the run's header.
  package var file: Int
  /// The offset in that file, in bytes of the decoded text.
  package var byte: Int
  /// The line in that file, counted from 1.
  package var line: Int
  /// The number of the next record, counted from 0 over all files.
  package var record: Int

  /// A place in the sources.
  package init(file: Int, byte: Int, line: Int, record: Int) {
    self.file = file
    self.byte = byte
    self.line = line
    self.record = record
  }

  /// The beginning of the first file.
  package static let start = Position(file: 0, byte: 0, line: 1, record: 0)
}

extension Position: Comparable {
  /// Earlier records first; between equal records, the place that is further on comes last.
  package static func < (left: Position, right: Position) -> Bool {
    (left.record, left.file, left.byte, left.line) < (right.record, right.file, right.byte, right.line)
  }
}

extension LineWriter {
  mutating func position(_ position: Position) {
    for (index, number) in [position.file, position.byte, position.line, position.record].enumerated() {
      if index > 0 { byte(UInt8(ascii: ":")) }
      self.number(number)
    }
  }
}

extension LineReader {
  mutating func position() throws(Unreadable) -> Position {
    let file = try number()
    try expect(UInt8(ascii: ":"))
    let byte = try number()
    try expect(UInt8(ascii: ":"))
    let line = try number()
    try expect(UInt8(ascii: ":"))
    return Position(file: file, byte: byte, line: line, record: try number())
  }
}
