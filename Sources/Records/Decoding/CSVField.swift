import CInstructions

/// One field of a CSV record: where it stands, and what was seen of it on the way to its end.
struct CSVField {
  let start: Int
  /// Past its last byte; at `limit` or beyond when it goes on past the bytes at hand.
  var end: Int
  /// Line feeds in it.
  var lineFeeds = 0
  var form = Cell.Form.plain
  /// Whether some byte may be outside ASCII; also set when one stands after the field, in the word its end is in.
  var isNotASCII = false
  var hasNUL = false

  /// Whether a field without quotes has anything in it to take note of.
  @inline(__always) var isRemarkable: Bool { isNotASCII || hasNUL }

  @inline(__always) init(_ start: Int) {
    self.start = start
    end = start
  }

  /// The field whose first byte after the quote is at `start`; it ends at its closing quote.
  @inline(__always)
  static func quoted(_ bytes: Span<UInt8>, from start: Int, to limit: Int, by quote: UInt8) -> CSVField {
    quote == .quote
      ? commonlyQuoted(bytes, from: start, to: limit) : uncommonlyQuoted(bytes, from: start, to: limit, by: quote)
  }

  /// A function of its own, so that its few variables have the registers to themselves.
  @inline(never)
  private static func commonlyQuoted(_ bytes: Span<UInt8>, from start: Int, to limit: Int) -> CSVField {
    var field = CSVField(start)
    var seen: UInt64 = 0
    var i = start
    while i < limit {
      let (low, high) = (bytes.word(at: i), bytes.word(at: i &+ 8))
      seen |= low | high
      let marks = marks_escaped(low, high)
      if marks == 0 {
        i &+= 16
        continue
      }
      i &+= marks.trailingZeroBitCount
      if i >= limit { break }
      if bytes.byte(at: i) == .quote {
        if i &+ 1 >= limit || bytes.byte(at: i &+ 1) != .quote { break }
        field.form = .doubled
        i &+= 2
      } else {
        field.noteControl(bytes.byte(at: i))
        i &+= 1
      }
    }
    field.end = i
    field.isNotASCII = seen & Word.high != 0
    return field
  }

  /// Fields quoted by another byte than JSON's strings: what stands in them is taken for special.
  @inline(never)
  private static func uncommonlyQuoted(
    _ bytes: Span<UInt8>, from start: Int, to limit: Int, by quote: UInt8
  ) -> CSVField {
    var field = CSVField(start)
    field.form = .special
    var i = start
    while i < limit {
      let byte = bytes.byte(at: i)
      if byte == quote {
        if i &+ 1 >= limit || bytes.byte(at: i &+ 1) != quote { break }
        field.form = .doubled
        i &+= 1
      } else if byte < .space {
        field.noteControl(byte)
      } else if byte >= 0x80 {
        field.isNotASCII = true
      }
      i &+= 1
    }
    field.end = i
    return field
  }

  /// A field without quotes in which stands something JSON escapes, or a carriage return after it; `i` comes to stand at
  /// the separator after it, or at `limit` or beyond when it goes on past the bytes at hand.
  @inline(never)
  static func remarkable(
    _ bytes: Span<UInt8>, from i: inout Int, to limit: Int, _ delimiter: UInt8
  ) -> CSVField {
    var field = CSVField(i)
    var seen: UInt64 = 0
    while i < limit {
      let (low, high) = (bytes.word(at: i), bytes.word(at: i &+ 8))
      seen |= low | high
      let marks = marks_separating(low, high, delimiter)
      if marks == 0 {
        i &+= 16
        continue
      }
      i &+= marks.trailingZeroBitCount
      if i >= limit { break }
      let byte = bytes.byte(at: i)
      field.end = i
      if byte == delimiter || byte == .lineFeed { break }
      i &+= 1
      if byte == .carriageReturn, i >= limit || bytes.byte(at: i) == .lineFeed { break }
      field.form = .special
      if byte == .nul { field.hasNUL = true }
    }
    field.isNotASCII = seen & Word.high != 0
    return field
  }

  /// Takes note of a byte that JSON escapes.
  private mutating func noteControl(_ byte: UInt8) {
    if byte == .lineFeed { lineFeeds &+= 1 }
    if byte == .nul { hasNUL = true }
    if form == .plain { form = .special }
  }
}
