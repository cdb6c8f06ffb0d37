/// Why bytes are no comma-separated values, and on which line.
struct CSVError: Error, Equatable {
  let line: Int
  let reason: String
}

/// Reads comma-separated values (RFC 4180) in one pass: strict quotes, lines ended by LF or CRLF.
struct CSVReader {
  /// More fields in one row are refused.
  static let fieldLimit = 100

  /// Where a field stands, without its outer quotes.
  private struct Field {
    let range: Range<Int>
    let hasDoubledQuotes: Bool
  }

  private let bytes: [UInt8]
  private let end: Int
  private var position: Int
  private var lineAhead = 1
  private var fields: [Field] = []
  /// The line on which the row begins, counted from 1.
  private(set) var line = 0

  init(_ upload: Upload) {
    bytes = upload.bytes
    position = upload.range.lowerBound
    end = upload.range.upperBound
  }

  var count: Int { fields.count }

  /// The text of a field of the row; nil when it is not UTF-8.
  func text(_ place: Int) -> String? {
    let field = fields[place]
    guard field.hasDoubledQuotes else { return String(validating: bytes[field.range], as: UTF8.self) }
    var plain: [UInt8] = []
    var wasQuote = false
    for byte in bytes[field.range] {
      wasQuote = byte == UInt8(ascii: "\"") && !wasQuote
      if !wasQuote { plain.append(byte) }
    }
    return String(validating: plain, as: UTF8.self)
  }

  /// Goes to the next row; false behind the last one.
  mutating func advance() throws(CSVError) -> Bool {
    guard position < end else { return false }
    line = lineAhead
    fields.removeAll(keepingCapacity: true)
    while true {
      guard fields.count < Self.fieldLimit else { throw failure("more than \(Self.fieldLimit) columns") }
      fields.append(try field())
      guard position < end else { return true }
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: ","): continue
      case 0x0A:
        lineAhead += 1
        return true
      case 0x0D where position < end && bytes[position] == 0x0A:
        position += 1
        lineAhead += 1
        return true
      case 0x0D: throw failure("a carriage return without a line feed")
      default: throw failure("text behind a closing quote")
      }
    }
  }

  private func failure(_ reason: String) -> CSVError { CSVError(line: line, reason: reason) }

  private mutating func field() throws(CSVError) -> Field {
    if position < end, bytes[position] == UInt8(ascii: "\"") { return try quotedField() }
    let start = position
    position = bytes[start..<end].firstIndex(where: Self.endsField) ?? end
    if position < end, bytes[position] == UInt8(ascii: "\"") {
      throw failure("a quote inside a field that does not begin with one")
    }
    return Field(range: start..<position, hasDoubledQuotes: false)
  }

  private static func endsField(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == 0x0A || byte == 0x0D || byte == UInt8(ascii: "\"")
  }

  private mutating func quotedField() throws(CSVError) -> Field {
    position += 1
    let start = position
    var hasDoubledQuotes = false
    while position < end {
      let byte = bytes[position]
      position += 1
      if byte == 0x0A { lineAhead += 1 }
      guard byte == UInt8(ascii: "\"") else { continue }
      guard position < end, bytes[position] == UInt8(ascii: "\"") else {
        return Field(range: start..<(position - 1), hasDoubledQuotes: hasDoubledQuotes)
      }
      position += 1
      hasDoubledQuotes = true
    }
    throw failure("a quote without its end")
  }
}
