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
  private let quotes: UInt64
  private let lineFeeds = Word.splat(.lineFeed)
  private(set) var fault: Fault?
  private(set) var isInsideQuotes = false
  /// Set once the header is known.
  var expectedCells: Int?
  let rest: [RestMember] = []

  init(_ dialect: CSVDialect) {
    delimiter = dialect.delimiter
    quote = dialect.quote
    delimiters = Word.splat(dialect.delimiter)
    quotes = Word.splat(dialect.quote)
    expectedCells = dialect.columns?.count
  }

  var cellCapacity: Int { Self.maximumFields }

  @inline(__always)
  mutating func scan(_ bytes: Span<UInt8>, from start: Int, to limit: Int, into cells: inout [Cell]) -> Scan {
    var out = cells.mutableSpan
    var i = start
    var found = 0
    var inner = 0
    var zeros: UInt64 = 0
    var seen: UInt64 = 0
    while i < limit {
      let from: Int
      let end: Int
      var form = Cell.Form.plain
      if bytes[i] == quote {
        i &+= 1
        from = i
        while true {
          // Find the quote; look out for line feeds, NUL and non-ASCII on the way.
          var feeds: UInt64 = 0
          let run = i
          while i < limit {
            let word = bytes.word(at: i)
            seen |= word
            zeros |= Word.zero(word)
            let marks = Word.equal(word, quotes)
            if marks != 0 {
              feeds |= Word.equal(word, lineFeeds) & Word.below(marks)
              i &+= marks.firstByte
              break
            }
            feeds |= Word.equal(word, lineFeeds)
            i &+= 8
          }
          if i &+ 1 >= limit {
            isInsideQuotes = i >= limit
            return Scan(outcome: .incomplete)
          }
          if feeds != 0 { inner &+= bytes.count(of: .lineFeed, in: run..<i) }
          if bytes[i &+ 1] != quote { break }
          form = .doubled
          i &+= 2
        }
        end = i
        i &+= 1
        if bytes[i] == .carriageReturn {
          if i &+ 1 >= limit {
            isInsideQuotes = false
            return Scan(outcome: .incomplete)
          }
          if bytes[i &+ 1] == .lineFeed { i &+= 1 }
        }
        if bytes[i] != delimiter, bytes[i] != .lineFeed {
          fault = Fault(kind: .strayAfterQuote, at: i, field: found)
          return Scan(outcome: .malformed)
        }
      } else {
        from = i
        while i < limit {
          let word = bytes.word(at: i)
          seen |= word
          zeros |= Word.zero(word)
          let marks = Word.equal(word, delimiters) | Word.equal(word, lineFeeds)
          if marks != 0 {
            i &+= marks.firstByte
            break
          }
          i &+= 8
        }
        if i >= limit { break }
        end = bytes[i] == .lineFeed && i > from && bytes[i &- 1] == .carriageReturn ? i &- 1 : i
      }
      if found == Self.maximumFields {
        fault = Fault(kind: .tooManyFields(limit: Self.maximumFields), at: from, field: found)
        return Scan(outcome: .malformed)
      }
      out[found] = Cell(from, end, form)
      found &+= 1
      let separator = bytes[i]
      i &+= 1
      if separator == .lineFeed {
        let isBlank = found == 1 && from == end && from == start
        return Scan(
          outcome: isBlank ? .blank : .record, end: i, cells: found, lineFeeds: inner,
          mayHoldNUL: zeros & Word.high != 0, isNotASCII: seen & Word.high != 0)
      }
    }
    isInsideQuotes = false
    return Scan(outcome: .incomplete)
  }
}
