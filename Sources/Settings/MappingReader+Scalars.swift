extension MappingReader {
  /// A text; a number or `true` without quotes stands for its own characters.
  package func string(_ key: String, required: Bool = false) -> Located<String>? {
    read(key, as: .text, required: required)
  }

  /// A whole number in decimal digits.
  package func integer(
    _ key: String, in range: ClosedRange<Int> = Int.min...Int.max, required: Bool = false
  ) -> Located<Int>? {
    read(key, as: .integer(in: range), required: required)
  }

  /// A decimal number.
  package func number(
    _ key: String, in range: ClosedRange<Double> = -Double.infinity...Double.infinity, required: Bool = false
  ) -> Located<Double>? {
    read(key, as: .number(in: range), required: required)
  }

  /// `true` or `false`.
  package func boolean(_ key: String, required: Bool = false) -> Located<Bool>? {
    read(key, as: .boolean, required: required)
  }

  /// One of a few words; where `null` is one of them, YAML's own null is that word.
  package func choice(_ key: String, among words: [String], required: Bool = false) -> Located<String>? {
    if words.contains("null"), let node = node(key), node.isNull {
      if node.isSpelledOut { return Located("null", at: node.place) }
      issues.report(at: node.place, "\(quoted(key)) has no value, expected one of \(quoted(words, atMost: 12))")
      return nil
    }
    return read(key, as: .choice(among: words), required: required)
  }

  /// A whole number and a unit, such as `30s`.
  package func duration(
    _ key: String, in range: ClosedRange<Duration>, required: Bool = false
  ) -> Located<Duration>? {
    read(key, as: .duration(in: range), required: required)
  }

  /// A number of bytes, such as `900kB` or `4MiB`.
  package func byteCount(_ key: String, in range: ClosedRange<Int>, required: Bool = false) -> Located<Int>? {
    read(key, as: .byteCount(in: range), required: required)
  }

  /// A count or a percentage, such as `100` or `5%`.
  package func share(_ key: String, required: Bool = false) -> Located<Share>? {
    read(key, as: .share, required: required)
  }
}
