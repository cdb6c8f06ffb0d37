extension RowTemplate {
  /// What is known of a row once it is written.
  struct Key {
    var hash = Hash.seed
    /// Where the first part of the key stands in the buffer.
    var start = 0
    var end = 0
  }

  /// Appends one row; on a refusal the writer is as it was and the answer is false.
  @inline(__always)
  func encode(
    _ bytes: Span<UInt8>, _ cells: Span<Cell>, _ rest: [RestMember], into json: inout JSONWriter, key: inout Key
  ) -> Bool {
    let mark = json.count
    let steps = self.steps.span
    let literals = self.literals.span
    var marks: [8 of Int] = .init(repeating: 0)
    var depth = 0
    for index in steps.indices {
      let step = steps[index]
      let literal = unsafe Range(uncheckedBounds: (Int(step.literalStart), Int(step.literalEnd)))
      switch step.code {
      case .member:
        let cell = cells[Int(step.cell)]
        if isEmpty(cell, step) {
          if step.empty == .omit { continue }
          if step.empty == .reject {
            json.truncate(to: mark)
            return false
          }
          json.append(literals, literal)
          json.append(Self.nullText)
          continue
        }
        json.append(literals, literal)
        let start = json.count
        if write(cell, step, bytes, &json) != .none {
          json.truncate(to: mark)
          return false
        }
        if step.isKey { note(&key, from: start, json) }
        json.append(.comma)
      case .literal:
        json.append(literals, literal)
      case .end:
        takeBackComma(&json)
        json.append(step.closing)
        json.append(.comma)
      case .open:
        marks[depth & 7] = json.count
        depth &+= 1
        json.append(literals, literal)
      case .close:
        depth &-= 1
        if json.byte(at: json.count &- 1) == .comma {
          json.replace(at: json.count &- 1, with: step.closing)
          json.append(.comma)
        } else {
          json.truncate(to: marks[depth & 7])
        }
      case .composed, .rest:
        if encodeSlowly(step, literal, bytes, cells, rest, &json, &key) != .none {
          json.truncate(to: mark)
          return false
        }
      }
    }
    takeBackComma(&json)
    return true
  }

  static let nullText = Array("null,".utf8)

  @inline(__always) private func takeBackComma(_ json: inout JSONWriter) {
    if json.byte(at: json.count &- 1) == .comma { json.truncate(to: json.count &- 1) }
  }

  @inline(__always) private func note(_ key: inout Key, from start: Int, _ json: borrowing JSONWriter) {
    if key.end == 0 {
      key.start = start
      key.end = json.count
    }
    key.hash = json.hash(from: start, basis: key.hash)
  }

  /// Whether the cell counts as empty for this step: an empty JSON string is a value where text is wanted, else not.
  @inline(__always) func isEmpty(_ cell: Cell, _ step: Step) -> Bool {
    if cell.isEmpty { return true }
    return cell.form == .string && cell.start == cell.end && step.kind != .string && step.kind != .any
  }

  /// Writes one value, or says why not; what was written of a refused one is the caller's to take back.
  @inline(__always)
  func write(_ cell: Cell, _ step: Step, _ bytes: Span<UInt8>, _ json: inout JSONWriter) -> Refusal {
    switch (step.kind, cell.form) {
    case (.string, .plain), (.any, .plain):
      if step.needsLook || cell.count > Int(step.byteLimit) {
        let refusal = look(at: cell, step, bytes)
        if refusal != .none { return refusal }
      }
      json.append(string: bytes, cell.range, isDoubled: false)
      return .none
    case (.string, .doubled), (.any, .doubled):
      if quote != .quote { break }
      if step.needsLook || cell.count > Int(step.byteLimit) {
        let refusal = look(at: cell, step, bytes)
        if refusal != .none { return refusal }
      }
      json.append(string: bytes, cell.range, isDoubled: true)
      return .none
    case (.string, .string), (.any, .string):
      if step.needsLook || cell.count > Int(step.byteLimit) {
        let refusal = look(at: cell, step, bytes)
        if refusal != .none { return refusal }
      }
      json.append(.quote)
      json.append(bytes, cell.range)
      json.append(.quote)
      return .none
    case (.number, .plain):
      guard bytes.isNumber(cell.range) else { return .notNumber }
      if step.needsLook { break }
      json.append(bytes, cell.range)
      return .none
    case (.number, .number), (.any, .number), (.any, .yes), (.any, .no), (.any, .composite), (.json, .number),
      (.json, .yes), (.json, .no), (.json, .composite), (.boolean, .yes), (.boolean, .no):
      if step.needsLook { break }
      json.append(bytes, cell.range)
      return .none
    case (.boolean, .plain):
      // The two common spellings without making text of them.
      if cell.count == 4, bytes.word(at: Int(cell.start)) & 0xFFFF_FFFF == 0x6575_7274 {
        json.append(bytes, cell.range)
        return .none
      }
      if cell.count == 5, bytes.word(at: Int(cell.start)) & 0xFF_FFFF_FFFF == 0x65_736C_6166 {
        json.append(bytes, cell.range)
        return .none
      }
    default: break
    }
    return writeSlowly(cell, step, bytes, &json)
  }
}
