extension RowTemplate {
  /// What is known of a row once it is written.
  struct Key {
    var hash = Hash.seed
    /// Where the first part of the key stands in the buffer; both are 0 when every part is empty.
    var start = 0
    var end = 0
    /// Where the key will be looked up.
    var slots = KeyTable.Slots()

    /// Notes that a part is empty, so that keys of the same texts in other places differ.
    mutating func skip() { hash = Hash.fold(hash ^ 1, 0xC2B2_AE3D_27D4_EB4F) }
  }

  /// Appends one row to `buffer`; on a refusal the buffer is as it was and the answer is false.
  ///
  /// The writer never leaves this function: values that take more than a copy are appended to the buffer by
  /// `writeSlowly`, between a `commit` and a `resume`.
  @inline(never)
  func encode(
    _ bytes: Span<UInt8>, _ cells: Span<Cell>, _ rest: Span<RestMember>, into buffer: ByteBuffer, recordBytes: Int,
    key: inout Key
  ) -> Bool {
    // Asked once a row, so that it need not be asked for each member.
    precondition(cells.count >= cellCount, "the record has fewer cells than the template was compiled for")
    let mark = buffer.count
    let stepList = self.steps
    let literalBytes = self.literals
    let steps = stepList.span
    let literals = literalBytes.span
    var json = JSONWriter(buffer, room: room(forRecordOf: recordBytes))
    var marks: [8 of Int] = .init(repeating: 0)
    var depth = 0
    for index in steps.indices {
      let step = unsafe steps[unchecked: index]
      switch step.code {
      case .member:
        let cell = unsafe cells[unchecked: Int(step.cell)]
        let way = step.ways[cell.form]
        let start: Int
        if way == .quoted, cell.isShort(step.byteLimit) {
          json.append(literals, step.literal)
          start = json.count
          json.append(.quote)
          json.append(bytes, cell.range)
          json.append(.quote, .comma)
        } else if way == .escaped, cell.isShort(step.byteLimit) {
          json.append(literals, step.literal)
          start = json.count
          json.append(string: bytes, cell.range, isDoubled: cell.form == .doubled)
          json.append(.comma)
        } else if isEmpty(cell, step.kind) {
          if step.isKey { key.skip() }
          if step.empty == .omit { continue }
          if step.empty == .reject {
            buffer.count = mark
            return false
          }
          json.append(literals, step.literal)
          json.append(Self.nullText)
          continue
        } else if way == .bare || way == .judged && isValue(step.kind, bytes, cell) {
          json.append(literals, step.literal)
          start = json.count
          json.append(bytes, cell.range)
          json.append(.comma)
        } else {
          json.append(literals, step.literal)
          start = json.count
          json.commit(to: buffer)
          if writeSlowly(cell, index, bytes, buffer) != .none {
            buffer.count = mark
            return false
          }
          json.resume(after: buffer)
          json.append(.comma)
        }
        if step.isKey {
          let end = json.count &- 1
          if key.end == 0 {
            key.start = start
            key.end = end
          }
          key.hash = json.hash(start..<end, basis: key.hash)
          key.slots.prefetch(key.hash)
        }
      case .literal:
        json.append(literals, step.literal)
      case .end:
        json.takeBackComma()
        json.append(step.closing, .comma)
      case .open:
        marks[depth & 7] = json.count
        depth &+= 1
        json.append(literals, step.literal)
      case .close:
        depth &-= 1
        if json.last == .comma {
          json.last = step.closing
          json.append(.comma)
        } else {
          json.truncate(to: marks[depth & 7])
        }
      case .composed, .rest:
        json.commit(to: buffer)
        if encodeSlowly(index, bytes, cells, rest, buffer, &key) != .none {
          buffer.count = mark
          return false
        }
        json.resume(after: buffer)
      }
    }
    json.takeBackComma()
    json.commit(to: buffer)
    return true
  }

  /// Whether CSV text is the JSON value wanted, to the letter.
  @inline(never)
  func isValue(_ kind: ValueKindCode, _ bytes: Span<UInt8>, _ cell: Cell) -> Bool {
    switch kind {
    case .number: bytes.isShortDecimal(cell.range, point: true) || bytes.isNumber(cell.range)
    case .integer: bytes.isShortDecimal(cell.range, point: false) || bytes.isInteger(cell.range)
    default:
      cell.count == 4 && bytes.word(at: Int(cell.start)) & 0xFFFF_FFFF == 0x6575_7274  // true
        || cell.count == 5 && bytes.word(at: Int(cell.start)) & 0xFF_FFFF_FFFF == 0x65_736C_6166  // false
    }
  }

  static let nullText = Array("null,".utf8)

  /// Whether the cell counts as empty for this step: an empty JSON string is a value where text is wanted, else not.
  @inline(__always) func isEmpty(_ cell: Cell, _ kind: ValueKindCode) -> Bool {
    if cell.isEmpty { return true }
    return cell.form == .string && cell.start == cell.end && kind != .string && kind != .any
  }
}
