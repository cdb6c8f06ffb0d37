/// Single CSV records outside the hot loop: for rejects files.
package enum CSVText {
  /// The fields of one record given without its line end, or nil when it cannot be read.
  package static func split(_ record: [UInt8], _ dialect: CSVDialect) -> [[UInt8]]? {
    var decoder = CSVDecoder(dialect)
    var cells = [Cell](repeating: Cell(), count: decoder.cellCapacity)
    let bytes = record + [.lineFeed] + [UInt8](repeating: 0, count: ByteBuffer.slack)
    let scan = decoder.scan(bytes.span, from: 0, to: record.count + 1, into: &cells)
    guard scan.outcome == .record, scan.end == record.count + 1 else { return nil }
    return cells[..<scan.cells].map { CellText.of($0, in: bytes.span, quote: dialect.quote) }
  }

  /// The record that holds these fields, without a line end; quotes only where they are needed.
  package static func join(_ fields: [[UInt8]], _ dialect: CSVDialect) -> [UInt8] {
    // A line with nothing on it would be no record.
    if fields.count == 1, fields[0].isEmpty { return [dialect.quote, dialect.quote] }
    var out: [UInt8] = []
    for (index, field) in fields.enumerated() {
      if index > 0 { out.append(dialect.delimiter) }
      let needsQuotes = [dialect.delimiter, dialect.quote, .lineFeed, .carriageReturn].contains {
        field.span.first($0, from: 0, to: field.count) < field.count
      }
      guard needsQuotes else {
        out += field
        continue
      }
      out.append(dialect.quote)
      var i = 0
      while i < field.count {
        let end = field.span.first(dialect.quote, from: i, to: field.count)
        out += field[i..<end]
        if end < field.count { out += [dialect.quote, dialect.quote] }
        i = end + 1
      }
      out.append(dialect.quote)
    }
    return out
  }
}
