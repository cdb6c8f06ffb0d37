/// Collects rows into batches: the loop that runs once a row.
///
/// Several batches are open at once when rows of several variants are mixed; a row whose key is in another open batch
/// makes that one be cut first, so rows of one key are always sent in the order of the file.
package struct BatchAssembler {
  private var plan = RowPlan(variants: [], columns: [])
  private let rules: BatchRules
  private var open: [Batch] = []
  private var ready: [Batch] = []
  private var spare: [Batch] = []
  private var keys = KeyTable()
  /// The batch that takes records which belong to none, such as malformed ones.
  private var current = 0
  /// Whether some open batch is overdue: full of rejections, or left behind by the others.
  private var needsCut = false
  private var nextSequence: Int
  private var file = 0
  /// Records settled by an earlier execution, ascending; they are read and passed over.
  private let settled: [Range<Int>]
  private var settledCursor = 0
  /// The number of the next record of the run.
  package private(set) var nextRecord: Int
  /// Records that were settled before and passed over now.
  package private(set) var passedOver = 0
  /// Records after this many are not read.
  private let recordLimit: Int
  /// Every batch before this one is finished: its keys are forgotten.
  package var oldestUnfinished: Int

  /// - Parameters:
  ///   - firstSequence: the sequence of the first batch, above every one an earlier execution used.
  ///   - settled: the records an earlier execution settled.
  package init(
    _ rules: BatchRules, firstSequence: Int = 0, firstRecord: Int = 0, settled: [Range<Int>] = [],
    recordLimit: Int = .max
  ) {
    self.rules = rules
    self.settled = settled
    self.recordLimit = recordLimit
    nextSequence = firstSequence
    oldestUnfinished = firstSequence
    nextRecord = firstRecord
  }

  /// Takes the records of a file from here on; the columns of every file may stand in another order.
  package mutating func use(_ plan: RowPlan, file: Int) {
    self.plan = plan
    self.file = file
    while open.count < plan.variants.count { open.append(fresh()) }
  }

  /// Gives a finished batch's memory back.
  package mutating func recycle(_ batch: Batch) {
    var batch = batch
    batch.sequence = -1
    spare.append(batch)
  }

  /// Whether the limit of records to read is reached.
  package var isAtLimit: Bool { nextRecord >= recordLimit }

  /// Reads until a batch is ready (true) or the file or the limit ends (false).
  mutating func fill<Decoder>(from reader: inout RecordReader<Decoder>) throws(SourceFailure) -> Bool {
    while ready.isEmpty {
      if nextRecord >= recordLimit { return false }
      switch try reader.next() {
      case .end: return false
      case .record: add(&reader)
      case .rejected:
        rejectMalformed(&reader)
        try reader.finishRejection()
      }
      if needsCut { cutOverdue(reader) }
    }
    return true
  }

  /// The next batch that is ready.
  package mutating func next() -> Batch? {
    ready.isEmpty ? nil : ready.removeFirst()
  }

  /// Cuts every open batch: the sources are at their end.
  package mutating func finish(at end: SourcePlace) {
    for index in openInOrder { cut(index, at: end) }
  }

  /// Records read into batches that were not handed out.
  package var heldRecords: Int {
    (open.filter(\.isOpen) + ready).reduce(0) { total, batch in batch.records.reduce(total) { $0 + $1.count } }
  }

  private var openInOrder: [Int] {
    open.indices.filter { open[$0].isOpen }.sorted { open[$0].sequence < open[$1].sequence }
  }

  // MARK: One row

  @inline(__always)
  private mutating func add<Decoder>(_ reader: inout RecordReader<Decoder>) {
    let record = nextRecord
    nextRecord &+= 1
    if isSettled(record) { return }
    var target = 0
    if let selector = plan.selector {
      guard let found = variant(selector, record, reader) else { return }
      target = found
    }
    ensureOpen(target)
    while true {
      let room = plan.variants[target].template.room(forRecordOf: reader.end &- reader.start)
      var key = RowTemplate.Key()
      let isFirst = open[target].rows.isEmpty
      var json = JSONWriter(open[target].body, room: room)
      if !isFirst { json.append(.comma) }
      let start = json.count
      let isGood = plan.variants[target].template.encode(
        reader.buffer.span, reader.cells.span, reader.decoder.rest, into: &json, key: &key)
      guard isGood else { return rejectRow(record, target, reader) }
      let size = json.count &+ open[target].tail.count
      if size > rules.maximumBytes {
        if isFirst { return rejectOversized(record, size, target, reader) }
        cut(target, at: place(reader, before: record))
        ensureOpen(target)
        continue
      }
      if plan.variants[target].hasKey {
        switch claim(key, record, target, json, reader) {
        case .granted: break
        case .refused: return
        case .again: continue
        }
      }
      let end = json.count
      json.commit()
      take(record, target, body: start..<end, key, reader)
      return
    }
  }

  /// Adds a written row to its batch and cuts the batch when it is full.
  @inline(__always)
  private mutating func take<Decoder>(
    _ record: Int, _ target: Int, body: Range<Int>, _ key: RowTemplate.Key, _ reader: RecordReader<Decoder>
  ) {
    let sourceStart = open[target].source.count
    open[target].source.append(reader.buffer.span, reader.start..<reader.end)
    open[target].rows.append(
      BatchRow(
        bodyStart: UInt32(truncatingIfNeeded: body.lowerBound), bodyEnd: UInt32(truncatingIfNeeded: body.upperBound),
        sourceStart: UInt32(truncatingIfNeeded: sourceStart),
        sourceEnd: UInt32(truncatingIfNeeded: open[target].source.count),
        keyStart: UInt32(truncatingIfNeeded: key.start), keyEnd: UInt32(truncatingIfNeeded: key.end),
        file: Int32(truncatingIfNeeded: file), isSuperseded: false, record: record, line: reader.recordLine,
        byte: reader.recordByte))
    open[target].note(record)
    current = target
    if open[target].rows.count >= rules.maximumRows { cut(target, at: place(reader, before: nextRecord)) }
  }

  private enum Claim {
    case granted
    /// The row is accounted for and must not be added.
    case refused
    /// The batch was cut; the row goes into the one opened after it.
    case again
  }

  /// Settles who owns the key.
  @inline(__always)
  private mutating func claim<Decoder>(
    _ key: RowTemplate.Key, _ record: Int, _ target: Int, _ json: borrowing JSONWriter,
    _ reader: RecordReader<Decoder>
  ) -> Claim {
    let slot = keys.slot(for: key.hash)
    let entry = keys[slot]
    if entry.sequence >= oldestUnfinished {
      let claim = settle(entry, key, record, target, json, reader)
      if claim != .granted { return claim }
    }
    keys.set(
      slot, KeyTable.Entry(hash: key.hash, sequence: open[target].sequence, row: open[target].rows.count),
      oldest: oldestUnfinished)
    return .granted
  }

  @inline(never)
  private mutating func settle<Decoder>(
    _ entry: KeyTable.Entry, _ key: RowTemplate.Key, _ record: Int, _ target: Int, _ json: borrowing JSONWriter,
    _ reader: RecordReader<Decoder>
  ) -> Claim {
    guard entry.sequence == open[target].sequence else {
      if let other = open.indices.first(where: { open[$0].sequence == entry.sequence }) {
        cut(other, at: place(reader, before: record))
      }
      open[target].wait(for: entry.sequence)
      return .granted
    }
    let earlier = open[target].rows[entry.row]
    let isSame = open[target].body.isEqual(Int(earlier.keyStart)..<Int(earlier.keyEnd), key.start..<key.end)
    switch plan.variants[target].duplicates {
    case .last where isSame:
      open[target].rows[entry.row].isSuperseded = true
      open[target].hasSuperseded = true
      open[target].skippedFiles.append(Int(earlier.file))
      return .granted
    case .first where isSame:
      open[target].skippedFiles.append(file)
      open[target].note(record)
      return .refused
    case .reject where isSame:
      let words = "the same key is on line \(earlier.line) already, and the job says 'duplicates: reject'"
      reject(record, target, [Problem(column: "", words: words)], reader)
      return .refused
    default:
      // Also for two keys that share a hash: nothing may be dropped for an accident.
      let previous = open[target].sequence
      cut(target, at: place(reader, before: record))
      ensureOpen(target)
      open[target].wait(for: previous)
      return .again
    }
  }

  /// Whether an earlier execution settled the record. Records come in ascending order.
  @inline(__always)
  private mutating func isSettled(_ record: Int) -> Bool {
    if settledCursor == settled.count { return false }
    while settledCursor < settled.count, settled[settledCursor].upperBound <= record { settledCursor += 1 }
    guard settledCursor < settled.count, settled[settledCursor].contains(record) else { return false }
    passedOver += 1
    return true
  }

  // MARK: Rejections

  /// The batch whose word picks it, or nil when the record was rejected for its word.
  private mutating func variant<Decoder>(_ selector: Int, _ record: Int, _ reader: RecordReader<Decoder>) -> Int? {
    let word = CellText.of(reader.cells[selector], in: reader.buffer.span, quote: plan.variants[0].template.quote)
    let name = String(decoding: word, as: UTF8.self)
    if let found = plan.variants.firstIndex(where: { $0.name == name }) { return found }
    let known = plan.variants.map(\.name).joined(separator: ", ")
    let words =
      "'\(plan.selectorField)' is \(name.isEmpty ? "empty" : "'\(name.prefix(40))'"), expected one of \(known)"
    ensureOpen(current)
    reject(record, current, [Problem(column: plan.selectorColumn, words: words)], reader)
    return nil
  }

  @inline(never)
  private mutating func rejectRow<Decoder>(_ record: Int, _ target: Int, _ reader: RecordReader<Decoder>) {
    let problems = plan.variants[target].template.problems(
      reader.buffer.span, reader.cells.span, recordBytes: reader.end - reader.start)
    reject(record, target, problems, reader)
  }

  private mutating func rejectOversized<Decoder>(
    _ record: Int, _ size: Int, _ target: Int, _ reader: RecordReader<Decoder>
  ) {
    let words = "the row alone takes \(size) bytes as JSON, more than the \(rules.maximumBytes) of a request"
    reject(record, target, [Problem(column: "", words: words)], reader)
  }

  private mutating func reject<Decoder>(
    _ record: Int, _ target: Int, _ problems: [Problem], _ reader: RecordReader<Decoder>
  ) {
    append(
      Rejection(
        place: SourcePlace(file: file, byte: reader.recordByte, line: reader.recordLine, record: record),
        column: problems.map(\.column).filter { !$0.isEmpty }.joined(separator: ", "),
        reason: problems.map(\.words).joined(separator: "; "), original: original(reader), isReadable: true),
      to: target, reader)
  }

  private mutating func rejectMalformed<Decoder>(_ reader: inout RecordReader<Decoder>) {
    let record = nextRecord
    nextRecord += 1
    if isSettled(record) { return }
    let fault = reader.fault
    let column = fault.field.map { plan.columns.indices.contains($0) ? plan.columns[$0] : "field \($0 + 1)" }
    ensureOpen(current)
    append(
      Rejection(
        place: SourcePlace(file: file, byte: reader.recordByte, line: reader.recordLine, record: record),
        column: column ?? "", reason: "\(fault.kind.words) (byte \(reader.faultByte) of the file)",
        original: original(reader), isReadable: false),
      to: current, reader)
  }

  private mutating func append<Decoder>(_ rejection: Rejection, to target: Int, _ reader: RecordReader<Decoder>) {
    open[target].rejections.append(rejection)
    open[target].note(rejection.place.record)
    if open[target].rejections.count >= rules.maximumRows { needsCut = true }
  }

  /// The current record without its line end.
  private func original<Decoder>(_ reader: RecordReader<Decoder>) -> [UInt8] {
    var bytes = Array(reader.buffer[reader.start..<reader.end])
    if bytes.last == .lineFeed { bytes.removeLast() }
    if bytes.last == .carriageReturn { bytes.removeLast() }
    return bytes
  }

  // MARK: Opening and cutting

  private mutating func fresh() -> Batch {
    spare.popLast() ?? Batch(bodyCapacity: 1 << 18, sourceCapacity: 1 << 18)
  }

  @inline(__always)
  private mutating func ensureOpen(_ target: Int) {
    if !open[target].isOpen { openBatch(target) }
  }

  @inline(never)
  private mutating func openBatch(_ target: Int) {
    let variant = plan.variants[target]
    open[target].open(sequence: nextSequence, variant: target, head: variant.head, tail: variant.tail)
    nextSequence += 1
    if open.count > 1 { needsCut = true }
  }

  /// Cuts what has waited long enough, so that neither rejections nor the spread of open batches grow without bound.
  @inline(never)
  private mutating func cutOverdue<Decoder>(_ reader: RecordReader<Decoder>) {
    needsCut = false
    for index in openInOrder
    where open[index].rejections.count >= rules.maximumRows || open[index].sequence < nextSequence - rules.spread {
      cut(index, at: place(reader, before: nextRecord))
    }
  }

  private mutating func cut(_ target: Int, at end: SourcePlace) {
    var batch = fresh()
    swap(&batch, &open[target])
    batch.close(at: end)
    ready.append(batch)
  }

  /// Where the reader stands, every record before `record` having been read.
  private func place<Decoder>(_ reader: RecordReader<Decoder>, before record: Int) -> SourcePlace {
    record == nextRecord
      ? SourcePlace(file: file, byte: reader.byte, line: reader.line, record: record)
      : SourcePlace(file: file, byte: reader.recordByte, line: reader.recordLine, record: record)
  }
}
