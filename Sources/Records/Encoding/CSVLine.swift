/// One row as a line of CSV (RFC 4180), made from the JSON its template wrote.
///
/// Text becomes a cell, unescaped; numbers and booleans their own spelling; objects and arrays a cell of JSON; null and
/// what is not there an empty cell.
package struct CSVLine: Sendable, Equatable {
  /// The line, with its line feed.
  package let bytes: [UInt8]
  /// Whether a cell holds a line break, so that the line is several.
  package let hasBreaks: Bool

  /// - `row`: where one object stands in `json`.
  /// - `columns`: the names of its members that become cells, in the order of the file.
  package init(_ json: ByteBuffer, _ row: Range<Int>, columns: [[UInt8]]) {
    let members = JSONMembers.of(json, row)
    var cells: [[UInt8]] = []
    cells.reserveCapacity(columns.count)
    for column in columns {
      // A row has a handful of members, some left out.
      let found = members.first { $0.key.count == column.count && json.bytes($0.key) == column }
      cells.append(found.map { Self.cell(json.bytes($0.value)) } ?? [])
    }
    hasBreaks = cells.contains { $0.contains { $0 == .lineFeed || $0 == .carriageReturn } }
    bytes = CSVText.join(cells, CSVDialect()) + [.lineFeed]
  }

  private static func cell(_ value: [UInt8]) -> [UInt8] {
    switch value.first {
    case .quote: JSONText.unescape(value.span, 1..<value.count - 1)
    case UInt8(ascii: "n"): []
    default: value
    }
  }
}
