/// How a CSV file is written.
package struct CSVDialect: Sendable, Equatable {
  package var delimiter: UInt8
  package var quote: UInt8
  /// Column names for a file without a header line; nil when the first record names them.
  package var columns: [String]?

  package init(delimiter: UInt8 = .comma, quote: UInt8 = .quote, columns: [String]? = nil) {
    self.delimiter = delimiter
    self.quote = quote
    self.columns = columns
  }
}

/// RFC 4180 and what real exports contain: lone line feeds, line feeds and doubled quotes inside quotes, blank lines,
/// quotes inside unquoted fields (they are text).
struct CSVDecoder: RecordDecoder {
  /// More columns than any export has; a bound so that one hostile line cannot grow memory.
  static let maximumFields = 4096

  private let delimiter: UInt8
  let quote: UInt8
  private let delimiters: UInt64
  private(set) var fault: Fault?
  var isInsideQuotes: Bool { openQuote != nil }
  private(set) var openQuote: (at: Int, field: Int)?
  /// Set once the header is known.
  var expectedCells: Int?
  let rest: [RestMember] = []

  init(_ dialect: CSVDialect) {
    delimiter = dialect.delimiter
    quote = dialect.quote
    delimiters = Word.splat(dialect.delimiter)
    expectedCells = dialect.columns?.count
  }

  var cellCapacity: Int { Self.maximumFields }

  @inline(__always)
  mutating func scan(_ bytes: Span<UInt8>, from start: Int, to limit: Int, into cells: inout [Cell]) -> Scan {
    var out = cells.mutableSpan
    var scan = Scan(outcome: .incomplete)
    var i = start
    var found = 0
    while i < limit {
      let field: CSVField
      if bytes.byte(at: i) == quote {
        field = .quoted(bytes, from: i &+ 1, to: limit, by: quote)
        scan.note(field)
        i = field.end &+ 1
        if i >= limit {
          openQuote = field.end >= limit ? (field.start &- 1, found) : nil
          return Scan(outcome: .incomplete)
        }
        if bytes.byte(at: i) == .carriageReturn {
          if i &+ 1 >= limit { break }
          if bytes.byte(at: i &+ 1) == .lineFeed { i &+= 1 }
        }
        if bytes.byte(at: i) != delimiter, bytes.byte(at: i) != .lineFeed {
          fault = Fault(kind: .strayAfterQuote, at: i, field: found)
          return Scan(outcome: .malformed)
        }
      } else {
        field = .bare(bytes, from: &i, to: limit, delimiter, delimiters)
        if i >= limit { break }
        if field.isRemarkable { scan.note(field) }
      }
      if found == Self.maximumFields {
        fault = Fault(kind: .tooManyFields(limit: Self.maximumFields), at: field.start, field: found)
        return Scan(outcome: .malformed)
      }
      unsafe out[unchecked: found] = Cell(field.start, field.end, field.form)
      found &+= 1
      let separator = bytes.byte(at: i)
      i &+= 1
      if separator == .lineFeed {
        scan.outcome = found == 1 && field.end == start ? .blank : .record
        scan.end = i
        scan.cells = found
        return scan
      }
    }
    openQuote = nil
    return Scan(outcome: .incomplete)
  }
}
