/// Where the members of an object, or the elements of an array, stand in valid JSON.
///
/// Nothing is checked again, and nothing is copied. Keys are followed by their colon at once, as this room writes them;
/// values may have spaces around them, as sources do.
enum JSONMembers {
  struct Member {
    var key: Range<Int>
    var value: Range<Int>
  }

  /// The members of the object at `range`; keys without their quotes.
  static func of(_ bytes: ByteBuffer, _ range: Range<Int>) -> [Member] {
    var members: [Member] = []
    let end = range.upperBound - 1
    var i = range.lowerBound + 1
    while i < end {
      let colon = separator(from: i, .colon, in: bytes, end)
      let comma = separator(from: min(colon + 1, end), .comma, in: bytes, end)
      let key = trimmed(i..<colon, in: bytes)
      guard key.count >= 2, colon < end else { return members }
      let value = trimmed(colon + 1..<comma, in: bytes)
      members.append(Member(key: key.lowerBound + 1..<key.upperBound - 1, value: value))
      i = comma + 1
    }
    return members
  }

  /// The elements of the array at `range`.
  static func elements(_ bytes: ByteBuffer, _ range: Range<Int>) -> [Range<Int>] {
    var elements: [Range<Int>] = []
    let end = range.upperBound - 1
    var i = range.lowerBound + 1
    while i < end {
      let comma = separator(from: i, .comma, in: bytes, end)
      let element = trimmed(i..<comma, in: bytes)
      if element.isEmpty { return elements }
      elements.append(element)
      i = comma + 1
    }
    return elements
  }

  /// The first `separator` that is in no string, object or array, or `limit`.
  private static func separator(from start: Int, _ separator: UInt8, in bytes: ByteBuffer, _ limit: Int) -> Int {
    var depth = 0
    var i = start
    while i < limit {
      let byte = bytes[i]
      switch byte {
      case separator where depth == 0: return i
      case .quote:
        i += 1
        while i < limit, bytes[i] != .quote { i += bytes[i] == .backslash ? 2 : 1 }
      case .openBrace, .openBracket: depth += 1
      case .closeBrace, .closeBracket: depth -= 1
      default: break
      }
      i += 1
    }
    return limit
  }

  private static func trimmed(_ range: Range<Int>, in bytes: ByteBuffer) -> Range<Int> {
    var range = range
    while let first = range.first, bytes[first] <= .space { range.removeFirst() }
    while let last = range.last, bytes[last] <= .space { range.removeLast() }
    return range
  }
}
