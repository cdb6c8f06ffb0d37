import CInstructions

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
  private(set) var fault: Fault?
  var isInsideQuotes: Bool { openQuote != nil }
  private(set) var openQuote: (at: Int, field: Int)?
  /// Set once the header is known.
  var expectedCells: Int?
  let rest: [RestMember] = []

  init(_ dialect: CSVDialect) {
    delimiter = dialect.delimiter
    quote = dialect.quote
    expectedCells = dialect.columns?.count
  }

  var cellCapacity: Int { Self.maximumFields }

  /// Looks at sixteen bytes at once and then from mark to mark in them: short fields share the look.
  @inline(__always)
  mutating func scan(_ bytes: Span<UInt8>, from start: Int, to limit: Int, into cells: inout [Cell]) -> Scan {
    var out = cells.mutableSpan
    var scan = Scan(outcome: .incomplete)
    var found = 0
    var i = start
    var block = Block(before: start)
    while i < limit {
      var field: CSVField
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
        block = Block(before: i &+ 1)
      } else {
        field = CSVField(i)
        guard let mark = block.next(bytes, to: limit, delimiter) else { break }
        let byte = bytes.byte(at: mark)
        if byte == delimiter || byte == .lineFeed {
          field.end = mark
          i = mark
          if block.mayHoldOthers { block.note(field, in: &scan) }
        } else {
          field = .remarkable(bytes, from: &i, to: limit, delimiter)
          if i >= limit { break }
          if field.isRemarkable { scan.note(field) }
          block = Block(before: i &+ 1)
        }
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

  /// The sixteen bytes looked at last, and what of them is still to be gone through.
  private struct Block {
    private var start: Int
    private var marks: UInt32 = 0
    /// The bytes since the last field that was noted, or-ed.
    private var seen: UInt64 = 0
    private var latest: UInt64 = 0

    /// A block that ends where the next one begins.
    @inline(__always) init(before next: Int) { start = next &- 16 }

    /// The next byte that ends a field or has to be looked at; nil when there is none before `limit`.
    @inline(__always)
    mutating func next(_ bytes: Span<UInt8>, to limit: Int, _ delimiter: UInt8) -> Int? {
      while marks == 0 {
        start &+= 16
        if start >= limit { return nil }
        let (low, high) = (bytes.word(at: start), bytes.word(at: start &+ 8))
        latest = low | high
        seen |= latest
        marks = marks_separating(low, high, delimiter)
      }
      let mark = start &+ marks.trailingZeroBitCount
      marks &= marks &- 1
      return mark < limit ? mark : nil
    }

    /// Whether some byte since the last field may be outside ASCII.
    @inline(__always) var mayHoldOthers: Bool { seen & Word.high != 0 }

    /// Notes that the field may hold them; the rest of the block may, too.
    @inline(__always)
    mutating func note(_ field: CSVField, in scan: inout Scan) {
      scan.noteNotASCII(field.start, field.end)
      seen = latest
    }
  }
}
