/// Counts lines and columns the way YAML does, one Unicode scalar at a time.
struct PlaceCursor {
  /// The place of the scalar that comes next.
  private(set) var place = Place.start
  private var afterReturn = false

  mutating func pass(_ scalar: Unicode.Scalar) {
    // The second half of CR LF ends nothing more.
    let isSecondHalf = afterReturn && scalar == "\n"
    afterReturn = scalar == "\r"
    if isSecondHalf { return }
    switch scalar {
    case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": place = Place(line: place.line + 1, column: 1)
    default: place = Place(line: place.line, column: place.column + 1)
    }
  }
}
