/// The text of a cell, the slow and exact way: for headers, rejections, and values that need more than copying.
enum CellText {
  /// The cell's UTF-8 with doubled quotes halved and escapes resolved.
  static func of(_ cell: Cell, in bytes: Span<UInt8>, quote: UInt8) -> [UInt8] {
    switch cell.form {
    case .missing, .null: return []
    case .escaped: return JSONText.unescape(bytes, cell.range)
    case .doubled:
      var out: [UInt8] = []
      out.reserveCapacity(cell.count)
      var i = cell.range.lowerBound
      while i < cell.range.upperBound {
        out.append(bytes[i])
        i += bytes[i] == quote ? 2 : 1
      }
      return out
    default: return bytes.array(cell.range)
    }
  }

  /// The words people write for true and false, in any case.
  static func boolean(_ text: [UInt8]) -> Bool? {
    guard text.count <= 5 else { return nil }
    return switch String(decoding: text.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }, as: UTF8.self) {
    case "true", "t", "yes", "y", "1": true
    case "false", "f", "no", "n", "0": false
    default: nil
    }
  }
}
