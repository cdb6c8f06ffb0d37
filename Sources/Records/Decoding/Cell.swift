/// Where one value stands in the reader's buffer, and how it is written there.
struct Cell: BitwiseCopyable {
  /// How the bytes of a cell are to be read.
  enum Form: UInt8, CaseIterable {
    /// Not in the record at all.
    case missing
    /// CSV text as it stands, nothing in which JSON would escape.
    case plain
    /// CSV text as it stands.
    case special
    /// CSV text in which every quote is doubled.
    case doubled
    /// A JSON string without escapes; the range excludes its quotes.
    case string
    /// A JSON string with escapes; the range excludes its quotes.
    case escaped
    case number
    case yes
    case no
    case null
    /// A JSON object or array, whole.
    case composite
  }

  var start: UInt32 = 0
  var end: UInt32 = 0
  var form = Form.missing

  @inline(__always) init() {}
  @inline(__always) init(_ start: Int, _ end: Int, _ form: Form) {
    self.start = UInt32(truncatingIfNeeded: start)
    self.end = UInt32(truncatingIfNeeded: end)
    self.form = form
  }

  @inline(__always) var range: Range<Int> { unsafe Range(uncheckedBounds: (Int(start), Int(end))) }
  @inline(__always) var count: Int { Int(end &- start) }
  /// Whether the cell has at most `limit` bytes, and some.
  @inline(__always) func isShort(_ limit: UInt32) -> Bool { end &- start &- 1 < limit }
  /// Whether the cell says nothing: an empty CSV cell, a JSON null, or a column the record does not have.
  @inline(__always) var isEmpty: Bool {
    switch form {
    case .missing, .null: true
    case .plain, .special, .doubled: start == end
    default: false
    }
  }
}
