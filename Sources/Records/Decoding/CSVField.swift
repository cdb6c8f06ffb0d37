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

  private init(_ start: Int) {
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
    let backslashes = Word.splat(.backslash)
    var seen: UInt64 = 0
    var i = start
    while i < limit {
      let word = bytes.word(at: i)
      seen |= word
      let marks = Word.controlOrQuote(word) | Word.equalASCII(word, backslashes)
      if marks == 0 {
        i &+= 8
        continue
      }
      i &+= marks.firstByte
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

  /// The field that starts at `i` without a quote; `i` comes to stand at the separator after it, or at `limit` or beyond
  /// when it goes on past the bytes at hand.
  @inline(__always)
  static func bare(
    _ bytes: Span<UInt8>, from i: inout Int, to limit: Int, _ delimiter: UInt8, _ delimiters: UInt64
  ) -> CSVField {
    var field = CSVField(i)
    var seen: UInt64 = 0
    var end = i
    while true {
      let word = bytes.word(at: end)
      seen |= word
      let marks = bareMarks(word, delimiters)
      if marks != 0 {
        end &+= marks.firstByte
        break
      }
      end &+= 8
      if end >= limit { break }
    }
    if end < limit, bytes.byte(at: end) != delimiter, bytes.byte(at: end) != .lineFeed {
      return remarkable(bytes, from: &i, to: limit, delimiter, delimiters)
    }
    i = end
    field.end = end
    field.isNotASCII = seen & Word.high != 0
    return field
  }

  @inline(__always) private static func bareMarks(_ word: UInt64, _ delimiters: UInt64) -> UInt64 {
    Word.controlOrQuote(word) | Word.equalASCII(word, delimiters) | Word.equalASCII(word, Word.splat(.backslash))
  }

  /// A field without quotes in which stands something JSON escapes, or a carriage return after it.
  @inline(never)
  private static func remarkable(
    _ bytes: Span<UInt8>, from i: inout Int, to limit: Int, _ delimiter: UInt8, _ delimiters: UInt64
  ) -> CSVField {
    var field = CSVField(i)
    var seen: UInt64 = 0
    while i < limit {
      let word = bytes.word(at: i)
      seen |= word
      let marks = bareMarks(word, delimiters)
      if marks == 0 {
        i &+= 8
        continue
      }
      i &+= marks.firstByte
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
