/// The keys of a lookup: one column of a CSV or NDJSON file, record by record.
package final class KeyColumn {
  /// One record: its key, or why it has none.
  package struct Key: Sendable, Equatable {
    /// The key's UTF-8; empty when the record is rejected.
    package var text: [UInt8]
    /// The record as it would be rejected; the reason is empty while nothing is wrong with it.
    package var rejection: Rejection
  }

  private let column: String
  private let cell: Int
  private var csv: RecordReader<CSVDecoder>?
  private var ndjson: RecordReader<NDJSONDecoder>?
  /// The columns of a CSV file.
  package let columns: [String]
  private var record = 0

  /// Keys longer than this are no keys.
  package static let maximumBytes = 1000

  package init(csv dialect: CSVDialect, column: String, source: any ByteSource, path: String) throws(SourceFailure) {
    var reader = RecordReader(CSVDecoder(dialect), source: source)
    let names: [String]
    if let named = dialect.columns { names = named } else { names = try reader.readColumns(path: path) }
    guard let index = names.firstIndex(of: column) else {
      throw .badHeader(
        path: path, line: 1, reason: "there is no column '\(column)'; it has \(names.joined(separator: ", "))")
    }
    self.column = column
    cell = index
    columns = names
    csv = reader
  }

  package init(ndjson column: String, source: any ByteSource) {
    self.column = column
    cell = 0
    columns = []
    ndjson = RecordReader(NDJSONDecoder(columns: [column]), source: source)
  }

  /// The next record; nil at the end.
  package func next() throws(SourceFailure) -> Key? {
    if csv != nil { return try Self.next(&csv, self) }
    return try Self.next(&ndjson, self)
  }

  private static func next<Decoder: RecordDecoder>(
    _ stored: inout RecordReader<Decoder>?, _ keys: KeyColumn
  ) throws(SourceFailure) -> Key? {
    guard var reader = stored.take() else { return nil }
    defer { stored = reader }
    let step = try reader.next()
    if step == .end { return nil }
    var last = reader.end
    while last > reader.start, reader.buffer[last - 1] == .lineFeed || reader.buffer[last - 1] == .carriageReturn {
      last -= 1
    }
    let original = Array(reader.buffer[reader.start..<last])
    let place = SourcePlace(
      file: 0, byte: reader.recordByte, line: reader.recordLine, record: keys.record)
    keys.record += 1
    var key = Key(
      text: [], rejection: Rejection(place: place, column: "", reason: "", original: original, isReadable: true))
    guard step == .record else {
      key.rejection.reason = reader.fault.kind.words
      key.rejection.isReadable = false
      try reader.finishRejection()
      return key
    }
    key.rejection.column = keys.column
    let text = CellText.of(reader.cells[keys.cell], in: reader.buffer.span, quote: .quote)
    if text.isEmpty {
      key.rejection.reason = "the key is missing"
    } else if text.count > maximumBytes {
      key.rejection.reason = "the key is longer than \(maximumBytes) bytes"
    } else if text == [.point] || text == [.point, .point] {
      key.rejection.reason = "the key cannot stand in a path"
    } else {
      key.text = text
    }
    return key
  }
}

extension [UInt8] {
  /// These bytes percent-encoded for a path or a query (RFC 3986): everything but letters, digits, `-`, `.`, `_`, `~`.
  package var percentEncoded: String {
    var out = ""
    for byte in self {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), .minus, .point, UInt8(ascii: "_"), UInt8(ascii: "~"):
        out.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits: [Character] = .init("0123456789ABCDEF")
        out += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
      }
    }
    return out
  }
}
