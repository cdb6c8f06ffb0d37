import Testing

@testable import Records

/// What a reader found: a record as texts, or why a record cannot be read.
enum Found: Equatable, Sendable {
  case row(line: Int, [String])
  /// The line the record starts on and the byte of the file at fault.
  case bad(line: Int, Malformation, byte: Int)
}

/// Everything `reader` finds, with the places of the records.
struct Reading: Equatable {
  var found: [Found] = []
  var starts: [Int] = []
  var fields: [Int?] = []

  init<Decoder>(_ reader: inout RecordReader<Decoder>, quote: UInt8 = .quote) throws {
    while true {
      switch try reader.next() {
      case .end: return
      case .record:
        let buffer = reader.buffer
        let texts = reader.cells[..<reader.cellCount].map { Self.text(of: $0, in: buffer, quote: quote) }
        found.append(.row(line: reader.recordLine, texts))
        fields.append(nil)
      case .rejected:
        found.append(.bad(line: reader.recordLine, reader.fault.kind, byte: reader.faultByte))
        fields.append(reader.fault.field)
        starts.append(reader.recordByte)
        try reader.finishRejection()
        continue
      }
      starts.append(reader.recordByte)
    }
  }

  /// Everything a CSV file holds; with `hasHeader`, its first record only says how many fields there are.
  init(
    csv input: [UInt8], _ dialect: CSVDialect = CSVDialect(), hasHeader: Bool = false, limit: Int = 1 << 20, chunk: Int,
    capacity: Int = 1 << 18, isValidating: Bool = false
  ) throws {
    var reader = RecordReader(
      CSVDecoder(dialect), source: ArraySource(input, chunk: chunk, isValidating: isValidating), recordLimit: limit,
      capacity: capacity)
    if hasHeader { _ = try reader.readHeader(path: "in.csv") }
    try self.init(&reader, quote: dialect.quote)
  }

  /// Everything an NDJSON file holds.
  init(
    ndjson input: [UInt8], _ columns: [String], limit: Int = 1 << 20, chunk: Int, capacity: Int = 1 << 18,
    isValidating: Bool = false
  ) throws {
    var reader = RecordReader(
      NDJSONDecoder(columns: columns), source: ArraySource(input, chunk: chunk, isValidating: isValidating),
      recordLimit: limit,
      capacity: capacity)
    try self.init(&reader)
  }

  /// A cell as text; what is not text is marked, so that `null` and `"null"` differ.
  private static func text(of cell: Cell, in buffer: [UInt8], quote: UInt8) -> String {
    let text = String(decoding: CellText.of(cell, in: buffer.span, quote: quote), as: UTF8.self)
    return switch cell.form {
    case .missing: "<missing>"
    case .null: "<null>"
    case .number: "<number>" + text
    case .yes, .no: "<boolean>" + text
    case .composite: "<composite>" + text
    default: text
    }
  }

  /// Whether every record starts at the beginning of the line it says, the records in ascending order.
  func isPlaced(in input: [UInt8]) -> Bool {
    let mark = input.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    return zip(starts, starts.dropFirst()).allSatisfy(<)
      && zip(starts, found).allSatisfy { start, found in
        let line =
          switch found {
          case .row(let line, _), .bad(let line, _, _): line
          }
        return (start == mark || input[start - 1] == .lineFeed) && line == input[..<start].count { $0 == .lineFeed } + 1
      }
  }
}

/// One line of a table: an input and what must be found in it.
struct DecodingCase: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var input: [UInt8]
  var expected: [Found]
  var dialect = CSVDialect()
  var hasHeader = false
  var columns: [String] = []
  var limit = 1 << 20

  init(
    _ name: String, _ input: [UInt8], _ expected: [Found], dialect: CSVDialect = CSVDialect(), hasHeader: Bool = false,
    columns: [String] = [], limit: Int = 1 << 20
  ) {
    testDescription = name
    self.input = input
    self.expected = expected
    self.dialect = dialect
    self.hasHeader = hasHeader
    self.columns = columns
    self.limit = limit
  }

  init(
    _ name: String, _ input: String, _ expected: [Found], dialect: CSVDialect = CSVDialect(), hasHeader: Bool = false,
    columns: [String] = [], limit: Int = 1 << 20
  ) {
    self.init(
      name, Array(input.utf8), expected, dialect: dialect, hasHeader: hasHeader, columns: columns, limit: limit)
  }

  /// Every size up to 17, and the whole; large inputs only in a few.
  var chunks: [Int] { (input.count > 2000 ? [7, 1000] : Array(1...17)) + [max(1, input.count)] }
}
