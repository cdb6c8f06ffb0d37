/// The text as the YAML parser may see it: what would do harm there is exchanged for marks of the same width.
///
/// Every `*` is a mark, so that no alias is ever followed (a few lines of aliases can stand for billions of values);
/// a plain scalar that begins with one was meant as an alias. The first character of a duplicate key can be exchanged
/// too, because the parser gives up at the first duplicate without telling where the second one is.
struct Shield {
  /// From here to the end of Unicode, for private use: files may not hold these, so a mark is never taken for text.
  static let firstMark: UInt32 = 0x10_0000

  private var scalars: [Unicode.Scalar]
  private var masked: [Unicode.Scalar] = ["*"]

  init(_ text: String) {
    scalars = text.unicodeScalars.map { $0 == "*" ? Self.mark(0) : $0 }
  }

  var text: String {
    var text = ""
    text.unicodeScalars.append(contentsOf: scalars)
    return text
  }

  /// The place after the last character.
  var end: Place {
    var cursor = PlaceCursor()
    for scalar in scalars { cursor.pass(scalar) }
    return cursor.place
  }

  /// Whether a piece of the shielded text begins with what was a `*`.
  static func beginsWithStar(_ shielded: String) -> Bool {
    shielded.unicodeScalars.first == mark(0)
  }

  /// A piece of the shielded text as it was written.
  func restore(_ shielded: String) -> String {
    // The UTF-8 form of each mark, and of nothing else allowed, begins with this byte.
    guard shielded.utf8.contains(0xF4) else { return shielded }
    var text = ""
    text.unicodeScalars.append(contentsOf: shielded.unicodeScalars.lazy.map(original))
    return text
  }

  /// The character at a place, as it was written.
  func scalar(at place: Place) -> Unicode.Scalar? {
    index(of: place).map { original(scalars[$0]) }
  }

  /// Makes the key at a place differ from every other; false when it has no character of its own to exchange.
  mutating func maskKey(at place: Place) -> Bool {
    guard var index = index(of: place) else { return false }
    let first = scalars[index]
    if first == "'" || first == "\"" {
      index += 1
      guard index < scalars.count, scalars[index] != first, scalars[index] != "\\" else { return false }
    } else if "&!|>?[{:".unicodeScalars.contains(first) {
      return false
    }
    masked.append(original(scalars[index]))
    scalars[index] = Self.mark(masked.count - 1)
    return true
  }

  private static func mark(_ number: Int) -> Unicode.Scalar {
    Unicode.Scalar(firstMark + UInt32(number)) ?? "\u{FFFD}"
  }

  private func original(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    guard scalar.value >= Self.firstMark else { return scalar }
    let number = Int(scalar.value - Self.firstMark)
    return number < masked.count ? masked[number] : scalar
  }

  private func index(of place: Place) -> Int? {
    var cursor = PlaceCursor()
    for (index, scalar) in scalars.enumerated() {
      if cursor.place >= place { return index }
      cursor.pass(scalar)
    }
    return nil
  }
}
