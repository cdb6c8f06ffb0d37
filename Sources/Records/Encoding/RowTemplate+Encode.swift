extension RowTemplate {
  /// What is known of a row once it is written.
  struct Key {
    var hash = Hash.seed
    /// Where the first part of the key stands in the buffer; both are 0 when every part is empty.
    var start = 0
    var end = 0

    /// Notes that a part is empty, so that keys of the same texts in other places differ.
    mutating func skip() { hash = Hash.fold(hash ^ 1, 0xC2B2_AE3D_27D4_EB4F) }
  }

  /// Appends one row to `buffer`; on a refusal the buffer is as it was and the answer is false.
  ///
  /// The writer never leaves this function: values that take more than a copy are appended to the buffer by
  /// `writeSlowly`, between a `commit` and a `resume`.
  @inline(never)
  func encode(
    _ bytes: Span<UInt8>, _ cells: Span<Cell>, _ rest: [RestMember], into buffer: ByteBuffer, recordBytes: Int,
    key: inout Key
  ) -> Bool {
    let mark = buffer.count
    let stepList = self.steps
    let literalBytes = self.literals
    let steps = stepList.span
    let literals = literalBytes.span
    let isCommonQuote = quote == .quote
    var json = JSONWriter(buffer, room: room(forRecordOf: recordBytes))
    var marks: [8 of Int] = .init(repeating: 0)
    var depth = 0
    for index in steps.indices {
      let step = steps[index]
      let literal = unsafe Range(uncheckedBounds: (Int(step.literalStart), Int(step.literalEnd)))
      switch step.code {
      case .member:
        let cell = cells[Int(step.cell)]
        if isEmpty(cell, step) {
          if step.isKey { key.skip() }
          if step.empty == .omit { continue }
          if step.empty == .reject {
            buffer.count = mark
            return false
          }
          json.append(literals, literal)
          json.append(Self.nullText)
          continue
        }
        json.append(literals, literal)
        let start = json.count
        if step.isPlainText, cell.count <= Int(step.byteLimit), cell.form == .plain || cell.form == .doubled,
          isCommonQuote
        {
          json.append(string: bytes, cell.range, isDoubled: cell.form == .doubled)
        } else if step.isPlainText, cell.count <= Int(step.byteLimit), cell.count > 0,
          cell.form == .string || cell.form == .escaped && !step.isKey
        {
          // Checked JSON already; only a key is spelled one way, so that equal keys are equal bytes.
          json.append(.quote)
          json.append(bytes, cell.range)
          json.append(.quote)
        } else if step.kind == .number, !step.needsLook,
          cell.form == .number || cell.form == .plain && bytes.isNumber(cell.range)
        {
          json.append(bytes, cell.range)
        } else {
          json.commit()
          if writeSlowly(cell, step, bytes, buffer) != .none {
            buffer.count = mark
            return false
          }
          json.resume()
        }
        if step.isKey {
          if key.end == 0 {
            key.start = start
            key.end = json.count
          }
          key.hash = json.hash(from: start, basis: key.hash)
        }
        json.append(.comma)
      case .literal:
        json.append(literals, literal)
      case .end:
        json.takeBackComma()
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
        json.commit()
        if encodeSlowly(step, bytes, cells, rest, buffer, &key) != .none {
          buffer.count = mark
          return false
        }
        json.resume()
      }
    }
    json.takeBackComma()
    json.commit()
    return true
  }

  static let nullText = Array("null,".utf8)

  /// Whether the cell counts as empty for this step: an empty JSON string is a value where text is wanted, else not.
  @inline(__always) func isEmpty(_ cell: Cell, _ step: Step) -> Bool {
    if cell.isEmpty { return true }
    return cell.form == .string && cell.start == cell.end && step.kind != .string && step.kind != .any
  }
}
