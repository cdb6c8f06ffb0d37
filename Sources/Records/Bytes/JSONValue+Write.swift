extension JSONValue {
  /// The value as compact JSON.
  package var bytes: [UInt8] {
    var out: [UInt8] = []
    write(to: &out)
    return out
  }

  private func write(to out: inout [UInt8]) {
    switch self {
    case .null: out += Array("null".utf8)
    case .boolean(let isTrue): out += Array((isTrue ? "true" : "false").utf8)
    case .number(let text): out += Array(text.utf8)
    case .string(let text): out += JSONText.quoted(text)
    case .array(let elements):
      out.append(.openBracket)
      for (index, element) in elements.enumerated() {
        if index > 0 { out.append(.comma) }
        element.write(to: &out)
      }
      out.append(.closeBracket)
    case .object(let members):
      out.append(.openBrace)
      for (index, member) in members.enumerated() {
        if index > 0 { out.append(.comma) }
        out += JSONText.quoted(member.key)
        out.append(.colon)
        member.value.write(to: &out)
      }
      out.append(.closeBrace)
    }
  }
}
