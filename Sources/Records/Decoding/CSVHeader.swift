extension RecordReader<CSVDecoder> {
  /// Reads the column names of a file that is to be mapped: every column has one of its own.
  ///
  /// A mapping that names a column which is there twice would take one of the two, and nobody could say which was meant.
  mutating func readColumns(path: String) throws(SourceFailure) -> [String] {
    let names = try readHeader(path: path)
    var places: [String: Int] = [:]
    for (index, name) in names.enumerated() {
      if name.isEmpty {
        throw .badHeader(
          path: path, line: recordLine, reason: "column \(index + 1) has no name; name every column in the header")
      }
      if let first = places.updateValue(index, forKey: name) {
        throw .badHeader(
          path: path, line: recordLine,
          reason: "columns \(first + 1) and \(index + 1) are both named '\(name)'; give every column a name of its own")
      }
    }
    return names
  }

  /// Reads the first record as column names, which every later record must match in number.
  mutating func readHeader(path: String) throws(SourceFailure) -> [String] {
    switch try next() {
    case .end:
      throw .unreadable(path: path, reason: "it is empty; expected a header line with column names")
    case .rejected:
      throw .badHeader(path: path, line: recordLine, reason: "the header cannot be read: \(fault.kind.words)")
    case .record:
      break
    }
    var names: [String] = []
    for cell in cells[..<cellCount] {
      names.append(String(decoding: CellText.of(cell, in: buffer.span, quote: decoder.quote), as: UTF8.self))
    }
    decoder.expectedCells = names.count
    return names
  }
}
