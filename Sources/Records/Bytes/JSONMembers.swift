/// Where the members of an object, or the elements of an array, stand in JSON this room wrote itself.
///
/// The text is known to be valid and without spaces around its own members, so nothing is checked again.
enum JSONMembers {
  struct Member {
    var key: Range<Int>
    var value: Range<Int>
  }

  /// The members of the object at `range`; keys without their quotes.
  static func of(_ bytes: ByteBuffer, _ range: Range<Int>) -> [Member] {
    var members: [Member] = []
    var i = range.lowerBound + 1
    while i < range.upperBound - 1 {
      let key = end(of: i, in: bytes, range.upperBound)
      let value = end(of: key + 1, in: bytes, range.upperBound)
      members.append(Member(key: i + 1..<key - 1, value: key + 1..<value))
      i = value + 1
    }
    return members
  }

  /// The elements of the array at `range`.
  static func elements(_ bytes: ByteBuffer, _ range: Range<Int>) -> [Range<Int>] {
    var elements: [Range<Int>] = []
    var i = range.lowerBound + 1
    while i < range.upperBound - 1 {
      let end = end(of: i, in: bytes, range.upperBound)
      elements.append(i..<end)
      i = end + 1
    }
    return elements
  }

  /// Past the value at `start`.
  private static func end(of start: Int, in bytes: ByteBuffer, _ limit: Int) -> Int {
    var depth = 0
    var i = start
    while i < limit {
      switch bytes[i] {
      case .quote:
        i += 1
        while i < limit, bytes[i] != .quote { i += bytes[i] == .backslash ? 2 : 1 }
        if depth == 0 { return min(i + 1, limit) }
      case .openBrace, .openBracket:
        depth += 1
      case .closeBrace, .closeBracket:
        if depth == 0 { return i }
        depth -= 1
        if depth == 0 { return i + 1 }
      case .comma:
        if depth == 0 { return i }
      default: break
      }
      i += 1
    }
    return limit
  }
}
