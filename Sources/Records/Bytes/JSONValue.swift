/// A small JSON document as a tree, numbers as their text: answers of the server, never rows.
package indirect enum JSONValue: Sendable, Equatable {
  case null
  case boolean(Bool)
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([(key: String, value: JSONValue)])

  package static func == (a: JSONValue, b: JSONValue) -> Bool {
    switch (a, b) {
    case (.null, .null): true
    case (.boolean(let x), .boolean(let y)): x == y
    case (.number(let x), .number(let y)): x == y
    case (.string(let x), .string(let y)): x == y
    case (.array(let x), .array(let y)): x == y
    case (.object(let x), .object(let y)):
      x.count == y.count && zip(x, y).allSatisfy { $0.key == $1.key && $0.value == $1.value }
    default: false
    }
  }

  /// The document in `bytes`, or nil when it is not JSON, is not UTF-8 or nests deeper than 64.
  package init?(_ bytes: [UInt8]) {
    guard bytes.span.textFault(in: 0..<bytes.count) == nil else { return nil }
    var parser = JSONParser(bytes)
    guard let value = parser.document() else { return nil }
    self = value
  }

  /// Whether `text` is one JSON value.
  static func isValid(_ text: [UInt8]) -> Bool { JSONValue(text) != nil }

  package subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.key == key }?.value
  }

  package var elements: [JSONValue] {
    if case .array(let elements) = self { elements } else { [] }
  }

  package var text: String? {
    switch self {
    case .string(let text), .number(let text): text
    default: nil
    }
  }
}

/// Builds a `JSONValue`; bounded in depth, so its recursion is too.
private struct JSONParser {
  private let bytes: [UInt8]
  private let end: Int
  private var i = 0
  private var scanner = JSONScanner()

  init(_ text: [UInt8]) {
    end = text.count + 1
    bytes = text + [.lineFeed] + [UInt8](repeating: 0, count: ByteBuffer.slack)
  }

  mutating func document() -> JSONValue? {
    guard let value = value(depth: 0) else { return nil }
    skip()
    return i == end ? value : nil
  }

  private mutating func skip() {
    while i < end, bytes[i].isJSONSpace { i += 1 }
  }

  private mutating func value(depth: Int) -> JSONValue? {
    skip()
    guard i < end else { return nil }
    let bytes = self.bytes
    if depth == JSONScanner.maximumDepth, bytes[i] == .openBrace || bytes[i] == .openBracket { return nil }
    switch bytes[i] {
    case .quote: return string().map { .string($0) }
    case .openBrace: return object(depth: depth)
    case .openBracket: return array(depth: depth)
    case UInt8(ascii: "t"): return literal(.yes, .boolean(true))
    case UInt8(ascii: "f"): return literal(.no, .boolean(false))
    case UInt8(ascii: "n"): return literal(.null, .null)
    default:
      let stop = scanner.number(bytes.span, from: i, to: end)
      guard stop > i else { return nil }
      return advance(stop, .number(String(decoding: bytes[i..<stop], as: UTF8.self)))
    }
  }

  private mutating func literal(_ word: JSONScanner.Literal, _ value: JSONValue) -> JSONValue? {
    let bytes = self.bytes
    let stop = scanner.literal(word, bytes.span, from: i, to: end)
    return advance(stop, value)
  }

  private mutating func advance(_ stop: Int, _ value: JSONValue) -> JSONValue? {
    guard stop >= 0 else { return nil }
    i = stop
    return value
  }

  private mutating func string() -> String? {
    let bytes = self.bytes
    let close = scanner.string(bytes.span, from: i + 1, to: end)
    guard close >= 0 else { return nil }
    let content = JSONText.unescape(bytes.span, i + 1..<close)
    i = close + 1
    return String(decoding: content, as: UTF8.self)
  }

  private mutating func object(depth: Int) -> JSONValue? {
    var members: [(key: String, value: JSONValue)] = []
    i += 1
    skip()
    if i < end, bytes[i] == .closeBrace { return advance(i + 1, .object([])) }
    while i < end {
      skip()
      guard i < end, bytes[i] == .quote, let key = string() else { return nil }
      skip()
      guard i < end, bytes[i] == .colon else { return nil }
      i += 1
      guard let value = value(depth: depth + 1) else { return nil }
      members.append((key, value))
      skip()
      guard i < end, bytes[i] == .comma || bytes[i] == .closeBrace else { return nil }
      i += 1
      if bytes[i - 1] == .closeBrace { return .object(members) }
    }
    return nil
  }

  private mutating func array(depth: Int) -> JSONValue? {
    var elements: [JSONValue] = []
    i += 1
    skip()
    if i < end, bytes[i] == .closeBracket { return advance(i + 1, .array([])) }
    while i < end {
      guard let value = value(depth: depth + 1) else { return nil }
      elements.append(value)
      skip()
      guard i < end, bytes[i] == .comma || bytes[i] == .closeBracket else { return nil }
      i += 1
      if bytes[i - 1] == .closeBracket { return .array(elements) }
    }
    return nil
  }
}
