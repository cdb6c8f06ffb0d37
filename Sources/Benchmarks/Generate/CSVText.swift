/// CSV quoting, the RFC 4180 way.
enum CSVText {
  static func needsQuotes(_ text: String) -> Bool {
    text.utf8.contains { [quote, UInt8(ascii: ","), UInt8(ascii: "\n"), UInt8(ascii: "\r")].contains($0) }
  }

  static func escaped(_ text: String) -> [UInt8] {
    text.utf8.flatMap { $0 == quote ? [quote, quote] : [$0] }
  }

  /// One record without its line end.
  static func record(_ cells: [String]) -> [UInt8] {
    Array(cells.map { RowFormat.csv.quoted($0) }.joined(separator: [UInt8(ascii: ",")]))
  }

  private static let quote = UInt8(ascii: "\"")
}
