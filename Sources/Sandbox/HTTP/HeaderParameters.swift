/// A header value with parameters, such as `form-data; name="upFile"; filename="a;b.csv"`.
enum HeaderParameters {
  /// The value in front and the parameters by lower-case name; of a name given twice the first one counts.
  static func read(_ text: String) -> (value: String, parameters: [String: String]) {
    var pieces: [String] = [""]
    var isQuoted = false
    var isEscaped = false
    for character in text {
      if isQuoted, !isEscaped, character == "\\" {
        isEscaped = true
        continue
      }
      if character == "\"", !isEscaped {
        isQuoted.toggle()
      } else if character == ";", !isQuoted {
        pieces.append("")
      } else {
        pieces[pieces.count - 1].append(character)
      }
      isEscaped = false
    }
    var parameters: [String: String] = [:]
    for piece in pieces.dropFirst() {
      guard let equals = piece.firstIndex(of: "=") else { continue }
      let name = trimmed(piece[..<equals]).lowercased()
      if parameters[name] == nil { parameters[name] = trimmed(piece[piece.index(after: equals)...]) }
    }
    return (trimmed(pieces[0][...]).lowercased(), parameters)
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text.drop { $0 == " " || $0 == "\t" }
    while let last = text.last, last == " " || last == "\t" { text.removeLast() }
    return String(text)
  }
}
