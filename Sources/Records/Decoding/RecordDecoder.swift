/// What a decoder found at a place in the buffer.
struct Scan {
  enum Outcome: UInt8 {
    /// A whole record; `end` is just past its line feed.
    case record
    /// A line without content; not a record.
    case blank
    /// The record goes on past the bytes at hand.
    case incomplete
    /// The record cannot be read; the decoder's `fault` says why.
    case malformed
  }

  var outcome: Outcome
  var end = 0
  /// How many cells were filled.
  var cells = 0
  /// Line feeds inside the record, its own end not counted.
  var lineFeeds = 0
  /// Whether some byte may be NUL, so that the record needs a closer look.
  var mayHoldNUL = false
  /// Every byte outside ASCII stands in this part of the record, before and after which stands one of ASCII; empty when
  /// there is none.
  var suspectStart = 0
  var suspectEnd = 0

  /// Takes note of what was seen in a field; fields come in ascending order.
  @inline(__always) mutating func note(_ field: CSVField) {
    lineFeeds &+= field.lineFeeds
    if field.hasNUL { mayHoldNUL = true }
    if field.isNotASCII { noteNotASCII(field.start, field.end) }
  }

  /// Takes note of a field that may hold bytes outside ASCII; fields come in ascending order.
  @inline(__always) mutating func noteNotASCII(_ start: Int, _ end: Int) {
    if suspectEnd == 0 { suspectStart = start }
    suspectEnd = end
  }
}

/// Splits bytes into records.
///
/// It is handed bytes and answers; it never reads, and where the input is cut never changes what it finds.
protocol RecordDecoder {
  /// Scans the record at `start`. Bytes from `limit` on do not count, though sixteen of them may be looked at.
  mutating func scan(_ bytes: Span<UInt8>, from start: Int, to limit: Int, into cells: inout [Cell]) -> Scan

  /// Why the last scan was `.malformed`.
  var fault: Fault? { get }

  /// Whether the last incomplete scan stood inside quotes, so that line feeds were content.
  var isInsideQuotes: Bool { get }

  /// The quote it stood behind, and the field that begins there.
  var openQuote: (at: Int, field: Int)? { get }

  /// The cells a record may fill.
  var cellCapacity: Int { get }

  /// The number of cells every record must have, when that is known.
  var expectedCells: Int? { get }

  /// Keys and values outside every mapped column, of the last record (NDJSON with a wildcard only).
  var rest: [RestMember] { get }
}

/// One member of a JSON object that no column is mapped from: ranges of its key (without quotes) and its value.
struct RestMember {
  var key: Range<Int>
  var value: Range<Int>
}
