/// A line and a column in a file, both counted from 1; columns count Unicode scalars.
package struct Place: Sendable, Hashable, Comparable, CustomStringConvertible {
  package let line: Int
  package let column: Int

  /// Where every file starts.
  package static let start = Place(line: 1, column: 1)

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// Line and column as editors and compilers write them, such as `3:12`.
  package var description: String { "\(line):\(column)" }

  package static func < (left: Place, right: Place) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}
