/// The text form `0-999,1005,1007-1010`: inclusive ends, ascending, nothing that could be written shorter.
extension RecordRanges: CustomStringConvertible {
  package var description: String {
    var line = LineWriter()
    line.ranges(self)
    return String(decoding: line.bytes, as: UTF8.self)
  }

  /// The set that `text` spells, or nil unless the text is exactly what `description` would have written.
  package init?(parsing text: String) {
    var line = LineReader(Array(text.utf8))
    guard let ranges = try? line.ranges(), line.isAtEnd else { return nil }
    self = ranges
  }
}

extension LineWriter {
  /// Writes the text form of `records`.
  mutating func ranges(_ records: RecordRanges) {
    for (index, range) in records.ranges.enumerated() {
      if index > 0 { byte(UInt8(ascii: ",")) }
      number(range.lowerBound)
      if range.count > 1 {
        byte(UInt8(ascii: "-"))
        number(range.upperBound - 1)
      }
    }
  }
}

extension LineReader {
  /// Reads the text form of a set, in its one canonical spelling.
  mutating func ranges() throws(Unreadable) -> RecordRanges {
    var records = RecordRanges()
    guard nextIsDigit else { return records }
    var smallest = 0
    repeat {
      let first = try number()
      var last = first
      if skip(UInt8(ascii: "-")) {
        last = try number()
        guard last > first else { throw Unreadable() }
      }
      guard first >= smallest, last <= Int.max - 2 else { throw Unreadable() }
      records.insert(first..<(last + 1))
      smallest = last + 2
    } while skip(UInt8(ascii: ","))
    return records
  }
}
