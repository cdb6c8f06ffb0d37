/// Collects rows into batches: the loop that runs once a row.
///
/// Several batches are open at once when rows of several variants are mixed; a row whose key is in another open batch
/// makes that one be cut first, so rows of one key are always sent in the order of the file.
package struct BatchAssembler {
  var plan = RowPlan(variants: [], columns: [])
  private var templates = HeldTemplates(RowPlan(variants: [], columns: []))
  let rules: BatchRules
  /// The batch rows go into now, kept out of the array so that a row does not pay for reaching into it.
  var active: Batch
  var activeIndex = 0
  /// The open batches of the other variants; the place of the active one holds a closed batch.
  var open: [Batch] = []
  private var ready: [Batch] = []
  private var spare: [Batch] = []
  private var keys = KeyTable()
  /// The latest batch of rows without keys beside others with keys: it may touch any item, so it keeps its place among them.
  private var latestSweeping = -1
  /// Whether the open batches are of such rows.
  private var isSweeping = false
  /// Rows to be written step by step before one is tried as a line again: where one was none, more are.
  private var rowsBeforeLine = 0
  /// Whether some open batch is overdue: full of rejections, or left behind by the others.
  var needsCut = false
  private var nextSequence: Int
  var file = 0
  /// Records settled by an earlier execution, ascending; they are read and passed over.
  private let settled: [Range<Int>]
  private var settledCursor = 0
  /// The number of the next record of the run.
  package internal(set) var nextRecord: Int
  /// Records that were settled before and passed over now.
  package private(set) var passedOver = 0
  /// Records after this many are not read.
  private let recordLimit: Int
  /// Every batch before this one is finished: its keys are forgotten.
  package var oldestUnfinished: Int

  /// - `firstSequence`: the sequence of the first batch, above every one an earlier execution used.
  /// - `settled`: the records an earlier execution settled.
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
    active = Batch(bodyCapacity: 5 << 16, sourceCapacity: 1 << 18)
  }

  /// Takes the records of a file from here on; the columns of every file may stand in another order.
  package mutating func use(_ plan: RowPlan, file: Int) {
    self.plan = plan
    templates = HeldTemplates(plan)
    self.file = file
    while open.count < plan.variants.count { open.append(Batch(bodyCapacity: 0, sourceCapacity: 0)) }
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
      if needsCut { cutOverdue(&reader) }
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
    (open.filter(\.isOpen) + [active].filter(\.isOpen) + ready).reduce(0) { total, batch in
      batch.records.reduce(total) { $0 + $1.count }
    }
  }

  /// The variants with an open batch, the oldest first.
  private var openInOrder: [Int] {
    open.indices.filter { sequence(of: $0) >= 0 }.sorted { sequence(of: $0) < sequence(of: $1) }
  }

  func sequence(of index: Int) -> Int { index == activeIndex ? active.sequence : open[index].sequence }

  // MARK: One row

  @inline(__always)
  private mutating func add<Decoder>(_ reader: inout RecordReader<Decoder>) {
    let record = nextRecord
    nextRecord &+= 1
    if isSettled(record) { return noteSettled(record, &reader, isReadable: true) }
    var target = 0
    if let selector = plan.selector {
      guard let found = variant(selector, record, &reader) else { return }
      target = found
    }
    if plan.isSwept, isSweeping || !plan.variants[target].hasKey { keepOrder(target, record, &reader) }
    activate(target)
    while true {
      let mark = active.body.count
      var key = RowTemplate.Key()
      key.slots = keys.slots
      let isFirst = active.rows.isEmpty
      if !isFirst { active.body.append(.comma) }
      let start = active.body.count
      guard encode(target, &key, &reader) else {
        active.body.count = mark
        return rejectRow(record, target, &reader)
      }
      let size = active.body.count &+ active.tail.count
      if size > rules.maximumBytes {
        active.body.count = mark
        if isFirst { return rejectOversized(record, size, target, &reader) }
        cut(target, at: place(&reader, before: record))
        activate(target)
        continue
      }
      if plan.variants[target].hasKey, key.end != 0 {
        // Until the key is granted the row is not part of the batch, which may be cut meanwhile.
        let end = active.body.count
        active.body.count = mark
        switch claim(key, record, target, &reader) {
        case .granted: active.body.count = end
        case .refused: return
        case .again: continue
        }
      }
      take(record, target, body: start..<active.body.count, key, &reader)
      return
    }
  }

  @inline(__always)
  private mutating func encode<Decoder>(
    _ target: Int, _ key: inout RowTemplate.Key, _ reader: inout RecordReader<Decoder>
  ) -> Bool {
    // Captured by itself: a closure that reached it through `self` would be given a copy of the whole assembler, once a row.
    let body = active.body
    let isInTurn = rowsBeforeLine == 0
    let (isWritten, isLine) = templates.withTemplate(target) { template in
      let size = reader.end &- reader.start
      if isInTurn, template.line.isPossible,
        template.encodeLine(reader.buffer.span, reader.cells.span, into: body, recordBytes: size, key: &key)
      {
        return (true, true)
      }
      return (
        template.encode(
          reader.buffer.span, reader.cells.span, reader.decoder.rest.span, into: body, recordBytes: size, key: &key),
        false
      )
    }
    if !isLine { rowsBeforeLine = isInTurn ? 15 : rowsBeforeLine &- 1 }
    return isWritten
  }

  /// Adds a written row to its batch and cuts the batch when it is full.
  @inline(__always)
  private mutating func take<Decoder>(
    _ record: Int, _ target: Int, body: Range<Int>, _ key: RowTemplate.Key, _ reader: inout RecordReader<Decoder>
  ) {
    let sourceStart = active.source.count
    active.source.append(reader.buffer.span, reader.start..<reader.end)
    active.rows.append(
      BatchRow(
        bodyStart: UInt32(truncatingIfNeeded: body.lowerBound), bodyEnd: UInt32(truncatingIfNeeded: body.upperBound),
        sourceStart: UInt32(truncatingIfNeeded: sourceStart),
        sourceEnd: UInt32(truncatingIfNeeded: active.source.count),
        keyStart: UInt32(truncatingIfNeeded: key.start), keyEnd: UInt32(truncatingIfNeeded: key.end),
        file: Int32(truncatingIfNeeded: file), isSuperseded: false, record: record, line: reader.recordLine,
        byte: reader.recordByte))
    active.note(record)
    if active.rows.count >= rules.maximumRows { cut(target, at: place(&reader, before: nextRecord)) }
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
    _ key: RowTemplate.Key, _ record: Int, _ target: Int, _ reader: inout RecordReader<Decoder>
  ) -> Claim {
    let entry = KeyTable.Entry(hash: key.hash, sequence: active.sequence, row: active.rows.count)
    let previous = keys.take(entry, oldest: oldestUnfinished)
    if previous.isFree || previous.sequence < oldestUnfinished { return .granted }
    let claim = settle(previous, key, record, target, &reader)
    if claim != .granted { keys.restore(previous) }
    return claim
  }

  @inline(never)
  private mutating func settle<Decoder>(
    _ entry: KeyTable.Entry, _ key: RowTemplate.Key, _ record: Int, _ target: Int, _ reader: inout RecordReader<Decoder>
  ) -> Claim {
    guard entry.sequence == active.sequence else {
      if let other = open.indices.first(where: { sequence(of: $0) == entry.sequence }) {
        cut(other, at: place(&reader, before: record))
      }
      active.wait(for: entry.sequence)
      return .granted
    }
    let earlier = active.rows[Int(entry.row)]
    let isSame = active.body.isEqual(Int(earlier.keyStart)..<Int(earlier.keyEnd), key.start..<key.end)
    switch plan.variants[target].duplicates {
    case .last where isSame:
      active.rows[Int(entry.row)].isSuperseded = true
      active.hasSuperseded = true
      active.skippedFiles.append(Int(earlier.file))
      return .granted
    case .first where isSame:
      active.skippedFiles.append(file)
      active.note(record)
      return .refused
    case .reject where isSame:
      let words = "the same key is on line \(earlier.line) already, and the job says 'duplicates: reject'"
      reject(record, target, [Problem(column: "", words: words)], &reader)
      return .refused
    default:
      // Also for two keys that share a hash: nothing may be dropped for an accident.
      let previous = active.sequence
      cut(target, at: place(&reader, before: record))
      activate(target)
      active.wait(for: previous)
      return .again
    }
  }

  /// Whether an earlier execution settled the record.
  ///
  /// Records come in ascending order.
  @inline(__always)
  mutating func isSettled(_ record: Int) -> Bool {
    if settledCursor == settled.count { return false }
    while settledCursor < settled.count, settled[settledCursor].upperBound <= record { settledCursor += 1 }
    guard settledCursor < settled.count, settled[settledCursor].contains(record) else { return false }
    passedOver += 1
    return true
  }

  /// Notes a settled record at either end of its range, where records are folded.
  ///
  /// The lines of one object are settled together or not at all, so open ones beside a settled one are a remainder.
  @inline(never)
  mutating func noteSettled<Decoder>(_ record: Int, _ reader: inout RecordReader<Decoder>, isReadable: Bool) {
    let range = settled[settledCursor]
    guard let template = plan.variants.first?.address,
      record == range.lowerBound || record == range.upperBound - 1
    else { return }
    activate(activeIndex)
    let address = isReadable ? address(of: template, &reader) : nil
    active.settledStrays.append(
      Stray(record: record, line: reader.recordLine, address: address.map(RequestRow.plain), isSettled: true))
  }

  // MARK: Opening and cutting

  private mutating func fresh() -> Batch {
    spare.popLast() ?? Batch(bodyCapacity: 5 << 16, sourceCapacity: 1 << 18)
  }

  /// Makes the variant's batch the active one, opening it when need be.
  @inline(__always)
  mutating func activate(_ target: Int) {
    if target != activeIndex { exchange(target) }
    if !active.isOpen { openBatch(target) }
  }

  /// Cuts the open batches a row must not overtake or be overtaken by: see `RowPlan.isSwept`.
  @inline(never)
  private mutating func keepOrder<Decoder>(_ target: Int, _ record: Int, _ reader: inout RecordReader<Decoder>) {
    isSweeping = !plan.variants[target].hasKey
    for index in openInOrder where index != target && (isSweeping || !plan.variants[index].hasKey) {
      cut(index, at: place(&reader, before: record))
    }
  }

  @inline(never)
  private mutating func exchange(_ target: Int) {
    swap(&active, &open[activeIndex])
    swap(&active, &open[target])
    activeIndex = target
  }

  @inline(never)
  private mutating func openBatch(_ target: Int) {
    let variant = plan.variants[target]
    if active.body.capacity == 0 { active = fresh() }
    active.open(sequence: nextSequence, variant: target, head: variant.head, tail: variant.tail)
    nextSequence += 1
    if open.count > 1 { needsCut = true }
    guard plan.isSwept else { return }
    if !variant.hasKey {
      for sequence in oldestUnfinished..<max(active.sequence, oldestUnfinished) { active.wait(for: sequence) }
      latestSweeping = active.sequence
    } else if latestSweeping >= oldestUnfinished {
      active.wait(for: latestSweeping)
    }
  }

  /// Cuts what has waited long enough, so that neither rejections nor the spread of open batches grow without bound.
  @inline(never)
  mutating func cutOverdue<Decoder>(_ reader: inout RecordReader<Decoder>) {
    needsCut = false
    for index in openInOrder
    where (index == activeIndex ? active : open[index]).hasManyRejections(of: rules.maximumRows)
      || sequence(of: index) < nextSequence - rules.spread
    {
      cut(index, at: place(&reader, before: nextRecord))
    }
  }

  mutating func cut(_ target: Int, at end: SourcePlace) {
    var batch = fresh()
    if target == activeIndex { swap(&batch, &active) } else { swap(&batch, &open[target]) }
    batch.close(at: end)
    ready.append(batch)
  }

  /// Where the reader stands, every record before `record` having been read.
  func place<Decoder>(_ reader: inout RecordReader<Decoder>, before record: Int) -> SourcePlace {
    record == nextRecord
      ? SourcePlace(file: file, byte: reader.byte, line: reader.line, record: record)
      : SourcePlace(file: file, byte: reader.recordByte, line: reader.recordLine, record: record)
  }
}
