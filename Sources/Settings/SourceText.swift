/// The text in the bytes of a file, without byte order mark; nil and an issue when it cannot be YAML.
func sourceText(of bytes: [UInt8], into issues: IssueList) -> String? {
  guard bytes.count <= DocumentLimits.bytes else {
    issues.report(at: .start, "the file has \(bytes.count) bytes; at most \(DocumentLimits.bytes) are read")
    return nil
  }
  if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
    issues.report(at: .start, "the file is written in UTF-16; save it as UTF-8")
    return nil
  }
  let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
  guard let text = String(validating: content, as: UTF8.self) else {
    let place = placeOfInvalidUTF8(in: content)
    issues.report(at: place, "this is not valid UTF-8; save the file as UTF-8")
    return nil
  }
  return isAllowed(text, issues) ? text : nil
}

/// Where the first bytes stand that are not UTF-8.
private func placeOfInvalidUTF8(in bytes: ArraySlice<UInt8>) -> Place {
  var cursor = PlaceCursor()
  var decoder = UTF8()
  var iterator = bytes.makeIterator()
  while case .scalarValue(let scalar) = decoder.decode(&iterator) { cursor.pass(scalar) }
  return cursor.place
}

/// Reports the first character that YAML does not allow.
private func isAllowed(_ text: String, _ issues: IssueList) -> Bool {
  var cursor = PlaceCursor()
  for scalar in text.unicodeScalars {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x85, 0xA0...0xD7FF, 0xE000...0xFFFD, 0x10000..<Shield.firstMark:
      cursor.pass(scalar)
    default:
      let name = "U+" + String(scalar.value, radix: 16, uppercase: true)
      issues.report(at: cursor.place, "character \(name) is not allowed here; remove it, or write it as an escape")
      return false
    }
  }
  return true
}
