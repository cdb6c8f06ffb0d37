/// The text between single quotes, fit for one line of a message: control characters escaped, the rest cut off.
package func quoted(_ text: String) -> String {
  let longest = 60
  var shown = ""
  for (index, scalar) in text.unicodeScalars.enumerated() {
    if index == longest {
      shown += "…"
      break
    }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
      shown += scalar.escaped(asASCII: true)
    default:
      shown.unicodeScalars.append(scalar)
    }
  }
  return "'\(shown)'"
}

/// Texts quoted and joined by commas: all of them, or the first few and how many more there are.
func quoted(_ texts: [String], atMost limit: Int) -> String {
  let shown = texts.prefix(limit).map { quoted($0) }.joined(separator: ", ")
  return texts.count > limit ? "\(shown) and \(texts.count - limit) more" : shown
}
