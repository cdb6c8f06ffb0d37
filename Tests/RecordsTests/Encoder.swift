import Testing

@testable import Records

/// A row template with the source it reads from: one CSV or NDJSON record at a time.
struct Encoder {
  var template: RowTemplate
  var dialect = CSVDialect()

  init(_ root: TemplateNode, dialect: CSVDialect = CSVDialect()) {
    template = RowTemplate(root, quote: dialect.quote)
    self.dialect = dialect
  }

  /// A template with the one member `v`, from column 0.
  init(_ rule: ValueRule, dialect: CSVDialect = CSVDialect()) {
    self.init(.object([TemplateMember("v", .value(TemplateValue(.column(0), rule)))]), dialect: dialect)
  }

  enum Answer: Equatable {
    case row(String)
    case refused([Problem])
  }

  func csv(_ record: String) throws -> Answer { try csv(Array(record.utf8)) }

  func csv(_ record: [UInt8]) throws -> Answer {
    var reader = RecordReader(CSVDecoder(dialect), source: ArraySource(record), capacity: 256)
    return try encode(&reader)
  }

  func ndjson(_ record: String, _ columns: [String] = ["v"], keepsRest: Bool = false) throws -> Answer {
    var reader = RecordReader(
      NDJSONDecoder(columns: columns, keepsRest: keepsRest), source: ArraySource(Array(record.utf8)), capacity: 256)
    return try encode(&reader)
  }

  /// Whether the record is one that every column says something in.
  func isLine(_ record: String) throws -> Bool {
    var reader = RecordReader(CSVDecoder(dialect), source: ArraySource(Array(record.utf8)), capacity: 256)
    try #require(try reader.next() == .record)
    let out = ByteBuffer(capacity: 4)
    var key = RowTemplate.Key()
    return template.line.isPossible
      && template.encodeLine(
        reader.buffer.span, reader.cells.span, into: out, recordBytes: reader.end - reader.start, key: &key)
  }

  /// A row that can be written as a line is the same row, and has the same key; else nothing is written.
  @discardableResult
  private func isLine<Decoder>(
    _ reader: RecordReader<Decoder>, sameAs row: ByteBuffer?, _ rowKey: RowTemplate.Key
  ) throws -> Bool {
    guard template.line.isPossible else { return false }
    let length = reader.end - reader.start
    let out = ByteBuffer(capacity: 4)
    out.append([.openBracket])
    var key = RowTemplate.Key()
    if template.encodeLine(
      reader.buffer.span, reader.cells.span, into: out, recordBytes: length, key: &key)
    {
      let row = try #require(row, "a row that is refused was written")
      #expect(out.bytes(0..<out.count) == row.bytes(0..<row.count))
      #expect((key.hash, key.start, key.end) == (rowKey.hash, rowKey.start, rowKey.end))
      return true
    }
    #expect(out.count == 1)
    #expect((key.hash, key.start, key.end) == (Hash.seed, 0, 0))
    return false
  }

  private func encode<Decoder>(_ reader: inout RecordReader<Decoder>) throws -> Answer {
    try #require(try reader.next() == .record)
    // A small buffer with something in it: rows are appended, and refused ones leave nothing.
    let out = ByteBuffer(capacity: 4)
    out.append([.openBracket])
    var key = RowTemplate.Key()
    let length = reader.end - reader.start
    let room = template.room(forRecordOf: length)
    let isWritten = template.encode(
      reader.buffer.span, reader.cells.span, reader.decoder.rest.span, into: out, recordBytes: length, key: &key)
    #expect(out.count - 1 <= room && out.bytes(0..<1) == [.openBracket])
    try isLine(reader, sameAs: isWritten ? out : nil, key)
    let problems = template.problems(reader.buffer.span, reader.cells.span, recordBytes: length)
    if isWritten {
      #expect(problems == [])
      let row = out.bytes(1..<out.count)
      #expect(JSONValue(row) != nil, "\(String(decoding: row, as: UTF8.self))")
      return .row(String(decoding: row, as: UTF8.self))
    }
    #expect(out.count == 1 && !problems.isEmpty)
    return .refused(problems)
  }
}

/// A rule of this kind, from the column `col` to the field `f`.
func rule(_ kind: ValueKind, _ empty: EmptyPolicy = .omit, _ change: (inout ValueRule) -> Void = { _ in }) -> ValueRule
{
  var rule = ValueRule(field: "f", column: "col", kind: kind, empty: empty)
  change(&rule)
  return rule
}

/// The value of column `index` under `key`.
func member(_ key: String, _ index: Int, _ rule: ValueRule = rule(.string), isKey: Bool = false) -> TemplateMember {
  TemplateMember(key, .value(TemplateValue(.column(index), rule, isKey: isKey)))
}
