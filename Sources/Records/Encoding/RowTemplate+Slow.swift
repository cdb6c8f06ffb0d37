/// The values that take more than a copy: conversions, compositions, lists, and the looks a rule asks for.
extension RowTemplate {
  /// Appends one value to `buffer`, in which there is room for it, or says why not.
  @inline(never)
  func writeSlowly(_ cell: Cell, _ step: Int, _ bytes: Span<UInt8>, _ buffer: ByteBuffer) -> Refusal {
    let rule = rules[Int(steps[step].rule)]
    var json = JSONWriter(buffer, room: 0)
    let refusal = write(CellText.of(cell, in: bytes, quote: quote), cell.form, rule, &json)
    json.commit(to: buffer)
    return refusal
  }

  private func write(
    _ text: [UInt8], _ form: Cell.Form, _ rule: ValueRule, _ json: inout JSONWriter
  ) -> Refusal {
    let isString = form == .string || form == .escaped
    let isBare = form == .plain || form == .special || form == .doubled || isString
    switch rule.kind {
    case .string:
      return form == .composite ? .notText : writeText(text, rule, &json)
    case .any:
      return isBare ? writeText(text, rule, &json) : copy(text, &json)
    case .number, .integer:
      guard isBare || form == .number else { return rule.kind == .integer ? .notInteger : .notNumber }
      return writeNumber(text, rule, &json)
    case .boolean:
      guard form != .composite, let isTrue = CellText.boolean(text) else { return .notBoolean }
      return copy(Array((isTrue ? "true" : "false").utf8), &json)
    case .time:
      guard isBare || form == .number, let time = rule.time.convert(text) else { return .notTime }
      return writeText(time, ValueRule(field: rule.field, column: rule.column, kind: .time), &json)
    case .json:
      if isString { return writeText(text, rule, &json) }
      guard isBare else { return copy(text, &json) }
      guard text.count <= 1 << 20, JSONValue.isValid(text) else { return .notJSON }
      return copy(text.filter { $0 != .lineFeed && $0 != .carriageReturn }, &json)
    case .list:
      if form == .composite { return writeArray(text, rule, &json) }
      return writeList(text, rule, &json)
    }
  }

  private func copy(_ text: [UInt8], _ json: inout JSONWriter) -> Refusal {
    json.append(text)
    return .none
  }

  private func writeText(_ text: [UInt8], _ rule: ValueRule, _ json: inout JSONWriter) -> Refusal {
    let refusal = rule.look(at: text)
    guard refusal == .none else { return refusal }
    let padded = text + [UInt8](repeating: 0, count: ByteBuffer.slack)
    json.append(string: padded.span, 0..<text.count, isDoubled: false)
    return .none
  }

  private func writeNumber(_ text: [UInt8], _ rule: ValueRule, _ json: inout JSONWriter) -> Refusal {
    if rule.kind == .integer || rule.kind == .list && rule.element == .integer {
      guard text.span.isInteger(0..<text.count) else { return .notInteger }
    } else {
      guard text.span.isNumber(0..<text.count) else { return .notNumber }
    }
    if rule.minimum != nil || rule.maximum != nil, let value = DecimalText(text) {
      if let minimum = rule.minimum, value < minimum { return .outOfRange }
      if let maximum = rule.maximum, maximum < value { return .outOfRange }
    }
    return copy(text, &json)
  }

  /// Writes a JSON array as it stands, if every element is what the rule wants.
  private func writeArray(_ text: [UInt8], _ rule: ValueRule, _ json: inout JSONWriter) -> Refusal {
    guard text.count <= 1 << 20, case .array(let elements) = JSONValue(text) else { return .notList }
    let areWanted = elements.allSatisfy { element in
      switch (element, rule.element) {
      case (.string, .string), (.number, .string), (.boolean, .string), (.boolean, .boolean), (.number, .number): true
      case (.number(let digits), .integer): Array(digits.utf8).span.isInteger(0..<digits.utf8.count)
      default: false
      }
    }
    return areWanted ? copy(text, &json) : .notList
  }

  private func writeList(_ text: [UInt8], _ rule: ValueRule, _ json: inout JSONWriter) -> Refusal {
    json.append(.openBracket)
    var isFirst = true
    for element in text.split(separator: rule.separator, omittingEmptySubsequences: true) {
      var element = element
      while element.first == .space { element.removeFirst() }
      while element.last == .space { element.removeLast() }
      if element.isEmpty { continue }
      if !isFirst { json.append(.comma) }
      isFirst = false
      let refusal =
        switch rule.element {
        case .number, .integer: writeNumber(Array(element), rule, &json)
        case .boolean:
          CellText.boolean(Array(element)).map { copy(Array(($0 ? "true" : "false").utf8), &json) } ?? .notBoolean
        default: writeText(Array(element), rule, &json)
        }
      guard refusal == .none else { return refusal }
    }
    json.append(.closeBracket)
    return .none
  }

  /// Text composed of columns, and the members no column is mapped from.
  @inline(never)
  func encodeSlowly(
    _ index: Int, _ bytes: Span<UInt8>, _ cells: Span<Cell>, _ rest: Span<RestMember>, _ buffer: ByteBuffer,
    _ key: inout Key
  ) -> Refusal {
    let step = steps[index]
    var json = JSONWriter(buffer, room: 0)
    let refusal =
      step.code == .rest
      ? writeRest(rest, besides: taken[Int(step.cell)], bytes, &json)
      : writeComposed(step, compose(step, bytes, cells), &json, &key)
    json.commit(to: buffer)
    return refusal
  }

  /// Writes the members nothing is mapped from, but for those whose place is `taken`: a name must not come twice.
  private func writeRest(
    _ rest: Span<RestMember>, besides taken: [[UInt8]], _ bytes: Span<UInt8>, _ json: inout JSONWriter
  ) -> Refusal {
    for index in rest.indices {
      let member = rest[index]
      // What says nothing is left out, as it is where a column is mapped by name.
      if member.value.count == 4, bytes[member.value.lowerBound] == UInt8(ascii: "n") { continue }
      if Self.isReserved(bytes, member.key) || taken.contains(JSONText.unescape(bytes, member.key)) { continue }
      json.append(.quote)
      json.append(bytes, member.key)
      json.append(.quote)
      json.append(.colon)
      json.append(bytes, member.value)
      json.append(.comma)
    }
    return .none
  }

  private func writeComposed(
    _ step: Step, _ text: [UInt8]?, _ json: inout JSONWriter, _ key: inout Key
  ) -> Refusal {
    if text == nil, step.isKey { key.skip() }
    if text == nil, step.empty != .null { return step.empty == .reject ? .empty : .none }
    json.append(Array(literals[Int(step.literalStart)..<Int(step.literalEnd)]))
    guard let text else {
      json.append(Self.nullText)
      return .none
    }
    let start = json.count
    let rule = rules[Int(step.rule)]
    let isNumber = rule.kind == .number || rule.kind == .integer
    let refusal = isNumber ? writeNumber(text, rule, &json) : writeText(text, rule, &json)
    guard refusal == .none else { return refusal }
    if step.isKey {
      if key.end == 0 { (key.start, key.end) = (start, json.count) }
      key.hash = json.hash(start..<json.count, basis: key.hash)
    }
    json.append(.comma)
    return .none
  }

  /// The composed text, or nil when every column in it is empty.
  func compose(_ step: Step, _ bytes: Span<UInt8>, _ cells: Span<Cell>) -> [UInt8]? {
    var text: [UInt8] = []
    var isEmpty = true
    for part in compositions[Int(step.cell)] {
      switch part {
      case .text(let words): text += words
      case .column(let column):
        let value = CellText.of(cells[column], in: bytes, quote: quote)
        if !value.isEmpty { isEmpty = false }
        text += value
      }
    }
    return isEmpty ? nil : text
  }

  /// Members a rejects file adds to a record; they are never part of the row.
  private static func isReserved(_ bytes: Span<UInt8>, _ key: Range<Int>) -> Bool {
    let name = ReservedColumn.prefix
    guard key.count >= name.count else { return false }
    for i in 0..<name.count where bytes[key.lowerBound + i] != name[i] { return false }
    return true
  }
}

/// The columns a rejects file adds.
package enum ReservedColumn {
  static let prefix = Array("_ferry_".utf8)
  package static let file = "_ferry_file"
  package static let line = "_ferry_line"
  package static let column = "_ferry_column"
  package static let reason = "_ferry_reason"
  package static let record = "_ferry_record"

  /// Whether a column of a source is one a rejects file added.
  package static func contains(_ column: String) -> Bool { Array(column.utf8).starts(with: prefix) }
}

extension ValueRule {
  /// Whether text keeps the rule.
  func look(at text: [UInt8]) -> Refusal {
    if !choices.isEmpty {
      return choices.contains { Array($0.utf8) == text } ? .none : .notAllowed
    }
    if minimumLength > 0 || maximumLength != nil {
      // Unicode scalars: every byte that is not a continuation starts one.
      let length = text.lazy.filter { $0 & 0xC0 != 0x80 }.count
      if length < minimumLength { return .tooShort }
      if let maximumLength, length > maximumLength { return .tooLong }
    }
    if isNumericText, !text.span.isNumber(0..<text.count) { return .notNumber }
    if let characters, !text.allSatisfy(characters.contains) { return .badCharacter }
    return .none
  }
}
