/// Why bytes are not a JSON document, and where.
package struct JSONSyntaxError: Error, Equatable {
  package let reason: String
  package let offset: Int
}

/// Reads one JSON document (RFC 8259): strict grammar, valid UTF-8, at most 64 levels deep.
package struct JSONReader {
  static let depthLimit = 64

  let bytes: [UInt8]
  var position = 0
  private var depth = 0

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  package static func value(of bytes: [UInt8]) throws(JSONSyntaxError) -> JSONValue {
    var reader = JSONReader(bytes)
    let value = try reader.value()
    reader.skipSpace()
    guard reader.position == bytes.count else { throw reader.failure("unexpected bytes after the document") }
    return value
  }

  func failure(_ reason: String) -> JSONSyntaxError { JSONSyntaxError(reason: reason, offset: position) }

  /// The byte at the position; 0, which is no JSON byte, behind the end.
  var current: UInt8 { position < bytes.count ? bytes[position] : 0 }

  private mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return
      }
    }
  }

  private mutating func value() throws(JSONSyntaxError) -> JSONValue {
    skipSpace()
    switch current {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .boolean(true))
    case UInt8(ascii: "f"): return try word("false", .boolean(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
    default: throw failure(position < bytes.count ? "unexpected byte" : "unexpected end")
    }
  }

  private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONSyntaxError) -> JSONValue {
    let letters = word.description.utf8
    guard bytes[position...].starts(with: letters) else { throw failure("unexpected word") }
    position += letters.count
    return value
  }

  private mutating func descend() throws(JSONSyntaxError) {
    depth += 1
    guard depth <= Self.depthLimit else { throw failure("more than \(Self.depthLimit) levels") }
    position += 1
    skipSpace()
  }

  private mutating func ascend() {
    depth -= 1
    position += 1
  }

  private mutating func array() throws(JSONSyntaxError) -> JSONValue {
    try descend()
    var values: [JSONValue] = []
    if current != UInt8(ascii: "]") {
      repeat { values.append(try value()) } while try another(before: UInt8(ascii: "]"))
    }
    ascend()
    return .array(values)
  }

  private mutating func object() throws(JSONSyntaxError) -> JSONValue {
    try descend()
    var members: [JSONObject.Member] = []
    if current != UInt8(ascii: "}") {
      repeat { members.append(try member()) } while try another(before: UInt8(ascii: "}"))
    }
    ascend()
    return .object(JSONObject(members: members))
  }

  private mutating func member() throws(JSONSyntaxError) -> JSONObject.Member {
    skipSpace()
    guard current == UInt8(ascii: "\"") else { throw failure("expected a name in double quotes") }
    let name = try string()
    skipSpace()
    guard current == UInt8(ascii: ":") else { throw failure("expected a colon") }
    position += 1
    return JSONObject.Member(name: name, value: try value())
  }

  private mutating func another(before end: UInt8) throws(JSONSyntaxError) -> Bool {
    skipSpace()
    if current == end { return false }
    guard current == UInt8(ascii: ",") else { throw failure("expected a comma or the end") }
    position += 1
    return true
  }
}
