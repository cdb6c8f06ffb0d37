/// The two spellings of a row, which differ in quoting and in the text between the values.
enum RowFormat: String, CaseIterable {
  case csv
  case ndjson

  static let columns = ["sku", "name", "price", "color", "size", "in_stock", "description"]

  var header: [UInt8] {
    switch self {
    case .csv: Array((Self.columns.joined(separator: ",") + "\n").utf8)
    case .ndjson: []
    }
  }

  /// What stands before each column and after the last one; the description is always inside quotes.
  var between: [[UInt8]] {
    let texts =
      switch self {
      case .csv: ["", ",", ",", ",", ",", ",", ",\"", "\"\n"]
      case .ndjson:
        [
          #"{"sku":""#, #"","name":"#, #","price":"#, #","color":"#, #","size":"#, #","in_stock":"#,
          #","description":""#, "\"}\n",
        ]
      }
    return texts.map { Array($0.utf8) }
  }

  /// A text value with whatever quotes it needs.
  func quoted(_ text: String) -> [UInt8] {
    switch self {
    case .csv where !CSVText.needsQuotes(text): Array(text.utf8)
    default: [UInt8(ascii: "\"")] + escaped(text) + [UInt8(ascii: "\"")]
    }
  }

  /// A text value as it is written between quotes.
  func escaped(_ text: String) -> [UInt8] {
    switch self {
    case .csv: CSVText.escaped(text)
    case .ndjson: JSONText.escaped(text)
    }
  }
}
