extension RecordReader<CSVDecoder> {
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
