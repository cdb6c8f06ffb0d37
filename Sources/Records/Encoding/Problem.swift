/// One thing wrong with a row: the column it came from, the field it was for, and the words.
package struct Problem: Sendable, Equatable {
  package var column: String
  package var words: String

  package init(column: String, words: String) {
    self.column = column
    self.words = words
  }
}

extension RowTemplate {
  /// Everything wrong with a row that `encode` refused, in the order of the mapping.
  @inline(never)
  func problems(_ bytes: Span<UInt8>, _ cells: Span<Cell>, recordBytes: Int) -> [Problem] {
    let scratch = ByteBuffer(capacity: room(forRecordOf: recordBytes))
    var problems: [Problem] = []
    for (index, step) in steps.enumerated() {
      var refusal = Refusal.none
      var text: [UInt8] = []
      switch step.code {
      case .member:
        let cell = cells[Int(step.cell)]
        if isEmpty(cell, step.kind) {
          refusal = step.empty == .reject ? .empty : .none
        } else {
          scratch.removeAll()
          refusal = writeSlowly(cell, index, bytes, scratch)
          text = CellText.of(cell, in: bytes, quote: quote)
        }
      case .composed:
        scratch.removeAll()
        var key = Key()
        refusal = encodeSlowly(index, bytes, cells, Span(), scratch, &key)
        text = compose(step, bytes, cells) ?? []
      default: continue
      }
      guard refusal != .none else { continue }
      let rule = rules[Int(step.rule)]
      let problem = Problem(column: rule.column, words: rule.words(for: refusal, found: text))
      // A value that stands in the address and in the body, or that orders requests, is wrong once.
      if !problems.contains(problem) { problems.append(problem) }
    }
    return problems
  }
}

extension ValueRule {
  /// What is wrong, what was found and what was expected.
  func words(for refusal: Refusal, found: [UInt8]) -> String {
    let shown = found.count <= 80 ? String(decoding: found, as: UTF8.self) : Self.start(of: found) + "…"
    let subject = "'\(field)'"
    switch refusal {
    case .none: return ""
    case .empty: return "\(subject) is empty, expected \(expectation)"
    case .tooShort: return "\(subject) is shorter than \(minimumLength) characters: '\(shown)'"
    case .tooLong:
      let length = found.lazy.filter { $0 & 0xC0 != 0x80 }.count
      return "\(subject) has \(length) characters, expected at most \(maximumLength ?? 0)"
    case .notAllowed: return "\(subject) is '\(shown)', expected one of \(choices.joined(separator: ", "))"
    case .badCharacter: return "\(subject) is '\(shown)', expected only the characters \(characters?.pattern ?? "")"
    case .outOfRange: return "\(subject) is \(shown), expected \(rangeWords)"
    default: return "\(subject) is '\(shown)', expected \(expectation)"
    }
  }

  private static func start(of text: [UInt8]) -> String {
    var end = 77
    while end > 0, text[end] & 0xC0 == 0x80 { end -= 1 }
    return String(decoding: text[..<end], as: UTF8.self)
  }

  private var rangeWords: String {
    switch (minimumText, maximumText) {
    case (let low?, let high?): "a number from \(low) to \(high)"
    case (let low?, nil): "a number of at least \(low)"
    case (nil, let high?): "a number of at most \(high)"
    case (nil, nil): "another number"
    }
  }

  private var minimumText: String? { minimum?.description }
  private var maximumText: String? { maximum?.description }

  /// What a good value is.
  private var expectation: String {
    switch kind {
    case .string where isNumericText: "a number"
    case .string, .any: choices.isEmpty ? "text" : "one of \(choices.joined(separator: ", "))"
    case .number: "a number such as 12.50"
    case .integer: "a whole number"
    case .boolean: "true or false"
    case .time: time == .rfc3339 ? "a time such as 2026-01-31T08:00:00Z" : "a time in the job's format"
    case .json: "JSON"
    case .list: "a list of \(element.rawValue)s separated by '\(Character(Unicode.Scalar(separator)))'"
    }
  }
}
