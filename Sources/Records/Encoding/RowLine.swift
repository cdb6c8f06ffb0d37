/// A row in which every mapped column says something: constant bytes and cells by turns.
///
/// Most rows of most files are like that. Which objects are there and where the commas stand is settled here, once, so that
/// such a row costs half of what going through the steps of its template does.
struct RowLine: Sendable {
  /// A set of forms a cell may have, looked up once a value.
  struct Forms: BitwiseCopyable, Sendable {
    private var bits: UInt16 = 0

    mutating func insert(_ form: Cell.Form) { bits |= 1 << UInt16(form.rawValue) }
    @inline(__always) func contains(_ form: Cell.Form) -> Bool { bits &>> UInt16(form.rawValue) & 1 != 0 }
  }

  /// A cell, and the constant bytes before it.
  struct Slot: BitwiseCopyable, Sendable {
    /// Forms whose bytes are copied.
    fileprivate(set) var copied = Forms()
    /// Forms whose bytes are copied if they are the JSON value wanted.
    fileprivate(set) var judged = Forms()
    fileprivate(set) var literalStart: UInt32 = 0
    fileprivate(set) var literalEnd: UInt32 = 0
    let cell: Int32
    let byteLimit: UInt32
    let isKey: Bool

    @inline(__always) var literal: Range<Int> {
      unsafe Range(uncheckedBounds: (Int(literalStart), Int(literalEnd)))
    }
  }

  /// What else is known of a slot, looked up when it is needed.
  struct Detail: BitwiseCopyable, Sendable {
    /// The step of the template that writes what takes more than a copy.
    let step: Int
    let kind: RowTemplate.ValueKindCode
    /// Whether there are quotes around it: they are constant bytes.
    let isText: Bool
    /// Forms in whose bytes characters are escaped.
    fileprivate(set) var escaped = Forms()
  }

  private(set) var slots: [Slot] = []
  private(set) var details: [Detail] = []
  private(set) var literals: [UInt8] = []
  /// The constant bytes after the last cell.
  private(set) var end = 0..<0
  /// Whether rows can be written this way at all: no value is composed of several, or is whatever members are left.
  private(set) var isPossible = true

  init(_ source: [RowTemplate.Step], literals bytes: [UInt8]) {
    // Where the literal that is being put together starts; where each open object does.
    var start = 0
    var marks: [Int] = []
    for (index, step) in source.enumerated() {
      switch step.code {
      case .composed, .rest:
        isPossible = false
        return
      case .literal: literals += bytes[step.literal]
      case .open:
        marks.append(literals.count)
        literals += bytes[step.literal]
      case .close:
        let mark = marks.removeLast()
        if literals.last == .comma {
          literals[literals.count - 1] = step.closing
          literals.append(.comma)
        } else {
          literals.removeLast(literals.count - mark)
        }
      case .end:
        takeBackComma()
        literals += [step.closing, .comma]
      case .member:
        let isText = add(step, index)
        literals += bytes[step.literal]
        if isText { literals.append(.quote) }
        slots[slots.count - 1].literalStart = UInt32(start)
        slots[slots.count - 1].literalEnd = UInt32(literals.count)
        start = literals.count
        literals += isText ? [.quote, .comma] : [.comma]
      }
    }
    takeBackComma()
    end = start..<literals.count
    literals += [UInt8](repeating: 0, count: ByteBuffer.slack)
  }

  /// Adds a slot and answers whether there are quotes around it.
  private mutating func add(_ step: RowTemplate.Step, _ index: Int) -> Bool {
    let isText = Cell.Form.allCases.contains { step.ways[$0] == .quoted || step.ways[$0] == .escaped }
    var slot = Slot(cell: step.cell, byteLimit: step.byteLimit, isKey: step.isKey)
    var detail = Detail(step: index, kind: step.kind, isText: isText)
    for form in Cell.Form.allCases {
      switch step.ways[form] {
      case .quoted: slot.copied.insert(form)
      case .escaped: detail.escaped.insert(form)
      // Between quotes it would be text.
      case .bare where !isText: slot.copied.insert(form)
      case .judged where !isText: slot.judged.insert(form)
      default: break
      }
    }
    slots.append(slot)
    details.append(detail)
    return isText
  }

  private mutating func takeBackComma() {
    if literals.last == .comma { literals.removeLast() }
  }
}

extension RowTemplate {
  /// Appends one row to `buffer` as a line; when it is none the buffer and the key are as they were and the answer is false.
  @inline(never)
  func encodeLine(
    _ bytes: Span<UInt8>, _ cells: Span<Cell>, into buffer: ByteBuffer, recordBytes: Int, key: inout Key
  ) -> Bool {
    precondition(cells.count >= cellCount, "the record has fewer cells than the template was compiled for")
    let mark = buffer.count
    let (slotList, detailList, literalBytes) = (line.slots, line.details, line.literals)
    let slots = slotList.span
    let details = detailList.span
    let literals = literalBytes.span
    var json = JSONWriter(buffer, room: room(forRecordOf: recordBytes))
    var (hash, keyStart, keyEnd) = (key.hash, key.start, key.end)
    for index in slots.indices {
      let slot = unsafe slots[unchecked: index]
      let cell = unsafe cells[unchecked: Int(slot.cell)]
      json.append(literals, slot.literal)
      let start = json.count
      if slot.copied.contains(cell.form), cell.isShort(slot.byteLimit) {
        json.append(bytes, cell.range)
      } else if slot.judged.contains(cell.form), isValue(details[index].kind, bytes, cell) {
        json.append(bytes, cell.range)
      } else if details[index].escaped.contains(cell.form), cell.isShort(slot.byteLimit) {
        json.append(escaped: bytes, cell.range, isDoubled: cell.form == .doubled)
      } else {
        json.commit(to: buffer)
        if !writeSlowly(cell, details[index], bytes, buffer) {
          buffer.count = mark
          return false
        }
        json.resume(after: buffer)
      }
      if slot.isKey {
        // The hash is of the whole value: its quotes belong to the literals around it.
        let quotes = details[index].isText ? 1 : 0
        json.write(ahead: .quote)
        if keyEnd == 0 { (keyStart, keyEnd) = (start &- quotes, json.count &+ quotes) }
        hash = json.hash(start &- quotes..<json.count &+ quotes, basis: hash)
        key.slots.prefetch(hash)
      }
    }
    json.append(literals, line.end)
    json.commit(to: buffer)
    (key.hash, key.start, key.end) = (hash, keyStart, keyEnd)
    return true
  }

  /// Appends a value that takes more than a copy; false when it says nothing or cannot be written, or has quotes around it.
  @inline(never)
  private func writeSlowly(_ cell: Cell, _ slot: RowLine.Detail, _ bytes: Span<UInt8>, _ buffer: ByteBuffer) -> Bool {
    !slot.isText && !isEmpty(cell, slot.kind) && writeSlowly(cell, slot.step, bytes, buffer) == .none
  }
}
