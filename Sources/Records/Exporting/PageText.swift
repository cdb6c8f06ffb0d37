/// One page of a list, `{hasMore?, totalResultSize?, data: […]}`, as lines of NDJSON.
package struct PageText: Sendable, Equatable {
  /// The items, a line each.
  package private(set) var lines: [UInt8] = []
  package private(set) var count = 0
  package private(set) var hasMore: Bool?
  package private(set) var total: Int?

  /// The page in `body`; nil when it is none.
  package init?(_ body: [UInt8]) {
    let end = body.count
    let padded = body + [.lineFeed] + [UInt8](repeating: 0, count: ByteBuffer.slack)
    let bytes = padded.span
    guard bytes.textFault(in: 0..<end) == nil else { return nil }
    var check = JSONCheck()
    var i = check.skip(bytes, from: 0, to: end)
    guard i < end, bytes[i] == .openBrace else { return nil }
    i = check.skip(bytes, from: i + 1, to: end)
    var hasData = false
    while true {
      guard let value = check.key(bytes, at: i, to: end) else { return nil }
      let key = String(decoding: body[i..<value].split(separator: .quote).first ?? [], as: UTF8.self)
      guard let stop = check.value(bytes, from: value, to: end) else { return nil }
      switch key {
      case "data":
        guard take(bytes, &check, from: value, to: stop) else { return nil }
        hasData = true
      case "hasMore": hasMore = bytes[value] == UInt8(ascii: "t")
      case "totalResultSize": total = Int(String(decoding: body[value..<stop], as: UTF8.self))
      default: break
      }
      i = check.skip(bytes, from: stop, to: end)
      guard i < end, bytes[i] == .comma || bytes[i] == .closeBrace else { return nil }
      let isOver = bytes[i] == .closeBrace
      i = check.skip(bytes, from: i + 1, to: end)
      if isOver { break }
    }
    guard hasData, i == end else { return nil }
  }

  /// Whether a page may follow.
  ///
  /// An empty page is the last whatever it says, or reading would never end; a total is believed only when it is one.
  package func goesOn(at skip: Int, size: Int) -> Bool {
    if count == 0 { return false }
    if let hasMore { return hasMore }
    if let total, total > 0 { return skip + count < total }
    return count >= size
  }

  /// Takes the elements of the array in `start..<stop`, which is known to be sound JSON.
  private mutating func take(_ bytes: Span<UInt8>, _ check: inout JSONCheck, from start: Int, to stop: Int) -> Bool {
    // `data: null` is how some lists say that there is nothing.
    if bytes[start] == UInt8(ascii: "n") { return true }
    guard bytes[start] == .openBracket else { return false }
    var i = check.skip(bytes, from: start + 1, to: stop)
    while i < stop, bytes[i] != .closeBracket {
      guard let end = check.value(bytes, from: i, to: stop) else { return false }
      for index in i..<end {
        let byte = bytes[index]
        lines.append(byte == .lineFeed || byte == .carriageReturn ? .space : byte)
      }
      lines.append(.lineFeed)
      count += 1
      i = check.skip(bytes, from: end, to: stop)
      if i < stop, bytes[i] == .comma { i = check.skip(bytes, from: i + 1, to: stop) }
    }
    return true
  }
}
