/// What goes wrong in exports, one of each.
enum CatalogFlaw: String, CaseIterable {
  case fewCells = "two cells are missing at the end"
  case decimalComma = "the price is `12,50`, with a decimal comma"
  case strayByte = "a letter follows the closing quote of the name"
  case emptyKey = "the SKU is empty"
  case latin1 = "the color `grün` is Latin-1: byte FC is not UTF-8"
  case unsure = "in_stock is `maybe`"
  case notAPrice = "the price is `N/A`"
  case repeatedKey = "the SKU is that of nine rows before, with another price: the rule of the job decides"
  case zeroByte = "a NUL byte stands in the name"
  case manyCells = "a comma without quotes splits the description: one cell too many"
  case letterSize = "the size is `XL` where others have numbers"
  case currencyInPrice = "the price is `€ 89.00`, with its currency"

  /// The record without its line end, gone wrong.
  func spoil(_ row: [String], earlier: [String]) -> [UInt8] {
    var row = row
    row[8] = "Last pairs, no returns."
    switch self {
    case .fewCells: return CSVText.record(Array(row.dropLast(2)))
    case .decimalComma: row[2] = "12,50"
    case .strayByte: row[1] += ", 2nd choice"
    case .emptyKey: row[0] = ""
    case .latin1: row[4] = "gr?n"
    case .unsure: row[6] = "maybe"
    case .notAPrice: row[2] = "N/A"
    case .repeatedKey:
      row = earlier
      row[2] = "79.95"
      row[9] = "2026-04-02T07:30:00Z"
    case .zeroByte: row[1] = row[1].replacing(" ", with: "\0", maxReplacements: 1)
    case .manyCells: return Array(CSVText.record(row).filter { $0 != UInt8(ascii: "\"") })
    case .letterSize: row[5] = "XL"
    case .currencyInPrice: row[2] = "€ 89.00"
    }
    return retouch(CSVText.record(row))
  }

  /// What no string can say is done to the bytes.
  private func retouch(_ record: [UInt8]) -> [UInt8] {
    var record = record
    switch self {
    case .strayByte:
      let choice = Array("choice\"".utf8)
      if let index = record.indices.first(where: { record[$0...].starts(with: choice) }) {
        record.insert(UInt8(ascii: "x"), at: index + choice.count)
      }
    case .latin1:
      if let index = record.firstIndex(of: UInt8(ascii: "?")) { record[index] = 0xFC }
    default: break
    }
    return record
  }
}
