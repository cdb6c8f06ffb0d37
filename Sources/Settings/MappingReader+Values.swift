/// A number of things, or a share of them.
package enum Share: Sendable, Equatable {
  case count(Int)
  case percent(Double)
}

extension MappingReader {
  /// Text; a plain number or boolean is its text.
  package mutating func string(
    _ key: String, required: Bool = false, lookups: Lookups? = nil
  ) -> Located<String>? {
    guard let (text, node) = scalar(key, required, "text") else { return nil }
    guard let lookups else { return Located(text, at: node.place) }
    return expand(key, text, node.place, lookups)
  }

  /// Text that never shows in a message.
  package mutating func secret(_ key: String, lookups: Lookups) -> Located<Secret>? {
    guard let node = node(key) else { return nil }
    guard case .scalar(let text, _) = node.content else {
      issues.error(at: node.place, "'\(key)' must be text")
      return nil
    }
    return expand(key, text, node.place, lookups).map { Located(Secret($0.value), at: $0.place) }
  }

  package mutating func integer(
    _ key: String, in range: ClosedRange<Int>, required: Bool = false
  ) -> Located<Int>? {
    let words =
      range.upperBound == .max
      ? "a whole number of at least \(range.lowerBound)"
      : "a whole number from \(range.lowerBound) to \(range.upperBound)"
    guard let (text, node) = scalar(key, required, words) else { return nil }
    guard let value = Int(text), !text.hasPrefix("+"), range.contains(value) else {
      return refuse(key, words, node)
    }
    return Located(value, at: node.place)
  }

  package mutating func number(_ key: String, in range: ClosedRange<Double>) -> Located<Double>? {
    let words = "a number from \(range.lowerBound) to \(range.upperBound)"
    guard let (text, node) = scalar(key, false, words) else { return nil }
    guard let value = Double(text), range.contains(value) else { return refuse(key, words, node) }
    return Located(value, at: node.place)
  }

  package mutating func boolean(_ key: String) -> Located<Bool>? {
    guard let (text, node) = scalar(key, false, "true or false") else { return nil }
    switch text {
    case "true": return Located(true, at: node.place)
    case "false": return Located(false, at: node.place)
    default: return refuse(key, "true or false", node)
    }
  }

  package mutating func choice(
    _ key: String, among choices: [String], required: Bool = false
  ) -> Located<String>? {
    let words = "one of \(choices.joined(separator: ", "))"
    guard let (text, node) = scalar(key, required, words) else { return nil }
    if choices.contains(text) { return Located(text, at: node.place) }
    let hint = nearest(to: text, among: choices).map { "; did you mean '\($0)'?" } ?? ""
    issues.error(at: node.place, "'\(key)' must be \(words), found '\(text)'\(hint)")
    return nil
  }

  /// `250ms`, `30s`, `10m`, `2h`, `1d`.
  package mutating func duration(_ key: String, in range: ClosedRange<Duration>) -> Located<Duration>? {
    let words = "a duration such as 250ms, 30s, 10m, 2h or 1d from \(range.lowerBound) to \(range.upperBound)"
    guard let (text, node) = scalar(key, false, words) else { return nil }
    let units = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)]
    for (suffix, scale) in units where text.hasSuffix(suffix) {
      guard let number = Int(text.dropLast(suffix.count)), number >= 0, number < 1_000_000_000 else { continue }
      let value = Duration.milliseconds(number * scale)
      if range.contains(value) { return Located(value, at: node.place) }
    }
    return refuse(key, words, node)
  }

  /// `900kB`, `4MB`, `4MiB`, or a plain number.
  package mutating func byteCount(_ key: String, in range: ClosedRange<Int>) -> Located<Int>? {
    let words = "a size such as 900kB or 4MB from \(range.lowerBound) to \(range.upperBound) bytes"
    guard let (text, node) = scalar(key, false, words) else { return nil }
    let units = [("kB", 1000), ("KiB", 1024), ("MB", 1_000_000), ("MiB", 1 << 20), ("", 1)]
    for (suffix, scale) in units where text.hasSuffix(suffix) {
      guard let number = Int(text.dropLast(suffix.count)), number >= 0, number < 1 << 40 else { continue }
      if range.contains(number * scale) { return Located(number * scale, at: node.place) }
    }
    return refuse(key, words, node)
  }

  /// `5%` or `100`.
  package mutating func share(_ key: String) -> Located<Share>? {
    let words = "a number of rows such as 100, or a share such as 5%"
    guard let (text, node) = scalar(key, false, words) else { return nil }
    if text.hasSuffix("%"), let percent = Double(text.dropLast()), (0...100).contains(percent) {
      return Located(.percent(percent), at: node.place)
    }
    if let count = Int(text), count >= 0 { return Located(.count(count), at: node.place) }
    return refuse(key, words, node)
  }

  // MARK: Common

  private mutating func scalar(_ key: String, _ required: Bool, _ words: String) -> (String, Node)? {
    guard let node = node(key, required: required) else { return nil }
    if case .scalar(let text, _) = node.content { return (text, node) }
    return refuse(key, words, node)
  }

  private func refuse<Value>(_ key: String, _ words: String, _ node: Node) -> Value? {
    issues.error(at: node.place, "'\(key)' must be \(words), found \(node.words)")
    return nil
  }

  private func expand(_ key: String, _ text: String, _ place: Place, _ lookups: Lookups) -> Located<String>? {
    switch Substitution.expand(text, with: lookups) {
    case .success(let value): return Located(value, at: place)
    case .failure(let failure):
      issues.error(at: place, "'\(key)': \(failure.reason)")
      return nil
    }
  }
}
