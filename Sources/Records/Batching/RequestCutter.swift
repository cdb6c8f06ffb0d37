/// Cuts batches into requests of other shapes than one array: a row each, or the rows of one address.
///
/// Requests with a value in common that is serial wait for one another, in the order of the source; the sequence numbers
/// of requests are its own.
package struct RequestCutter {
  let cut: RequestCut
  private var nextSequence: Int
  private var serials = KeyTable()
  /// Every request before this one is finished: its keys are forgotten.
  package var oldestUnfinished: Int
  private var spare: [Batch] = []

  /// The batch being cut, its rows in the order they are sent, and how far that has come.
  private var parent: Batch?
  private var empty: Batch?
  private var groups: [[Int]] = []
  private var cursor = 0
  var fold: OpenFold?
  /// Records of the batch being cut that are no rows, in their order, and how many of them were met.
  var strays: [Stray] = []
  var straysMet = 0
  /// The last record before the next row, when it is no row.
  var lastStray: Stray?
  /// Whether a line of another object came since the last one of the open object.
  var isParted = false
  /// Addresses met lately, to notice one that comes again, and their number so far.
  var folded = KeyTable()
  var addresses = 0
  private var isFinished = false
  var end = SourcePlace(file: 0, byte: 0, line: 1, record: 0)
  var ready: [Batch] = []
  /// Records of the batch being cut that went into requests already.
  var handed = 0

  package init(_ cut: RequestCut, firstSequence: Int) {
    self.cut = cut
    nextSequence = firstSequence
    oldestUnfinished = firstSequence
  }

  /// Takes a batch to be cut.
  package mutating func take(_ batch: Batch) {
    end = batch.end
    cursor = 0
    switch cut.kind {
    case .rows: groups = []
    case .groups: groups = grouped(batch)
    case .folds:
      groups = []
      strays = Stray.all(of: batch)
      straysMet = 0
    }
    parent = batch
  }

  /// Says that no batch follows.
  ///
  /// - `isCut`: whether there would have been more, had the job not said where to stop.
  package mutating func finish(isCut: Bool) {
    isFinished = true
    if isCut { fold?.object("reading stopped in the middle of its lines") }
  }

  /// The next request; nil when another batch is wanted, or none is left.
  package mutating func next() -> Batch? {
    while ready.isEmpty {
      if parent == nil {
        guard isFinished, let last = fold.take() else { return nil }
        ready.append(last.closed(cut, at: end))
      } else {
        step()
      }
    }
    return ready.removeFirst()
  }

  /// The memory of a batch that was cut whole, to be filled again.
  package mutating func emptied() -> Batch? { empty.take() }

  package mutating func recycle(_ batch: Batch) {
    // What one large request needed is not kept for the many small ones.
    if spare.count < 64, batch.body.capacity + batch.source.capacity <= 1 << 18 { spare.append(batch) }
  }

  /// Records that are in no request yet.
  package var heldRecords: Int {
    var held = ready.reduce(0) { $0 + Self.count($1.records) } + (fold.map { Self.count($0.batch.records) } ?? 0)
    if let parent { held += Self.count(parent.records) - handed }
    return held
  }

  private static func count(_ records: [Range<Int>]) -> Int { records.reduce(0) { $0 + $1.count } }

  // MARK: Cutting

  private mutating func step() {
    guard let batch = parent else { return }
    let count = cut.kind == .groups ? groups.count : batch.rows.count
    if cut.kind == .folds { meetStrays(before: cursor < count ? batch.rows[cursor].record : .max) }
    guard cursor < count else {
      leaveRest(of: batch)
      parent = nil
      empty = batch
      handed = 0
      return
    }
    let index = cursor
    cursor += 1
    switch cut.kind {
    case .rows: send([index], of: batch)
    case .groups: send(groups[index], of: batch)
    case .folds: add(index, of: batch)
    }
  }

  /// The rows of each address, at most as many as a request may hold, in the order their first ones came.
  private func grouped(_ batch: Batch) -> [[Int]] {
    var groups: [[Int]] = []
    var places: [UInt64: Int] = [:]
    let bytes = batch.body
    for index in batch.rows.indices {
      let address = RequestRow(bytes, batch.bodyRange(of: index)).address
      var hash = bytes.hash(address)
      while let place = places[hash] {
        let other = RequestRow(bytes, batch.bodyRange(of: groups[place][0])).address
        if batch.body.isEqual(address, other) { break }
        hash &+= 1
      }
      if let place = places[hash], groups[place].count < cut.maximumRows {
        groups[place].append(index)
      } else {
        places[hash] = groups.count
        groups.append([index])
      }
    }
    return groups
  }

  mutating func open() -> Batch {
    var batch = spare.popLast() ?? Batch(bodyCapacity: 1 << 10, sourceCapacity: 1 << 10)
    batch.open(sequence: nextSequence, variant: 0, head: cut.head, tail: cut.tail)
    nextSequence += 1
    return batch
  }

  /// Makes a request of rows with one address.
  private mutating func send(_ rows: [Int], of batch: Batch) {
    var request = open()
    for index in rows {
      let row = RequestRow(batch.body, batch.bodyRange(of: index))
      if request.rows.isEmpty { request.address = batch.body.bytes(row.address) }
      claim(row.serials, of: batch, for: &request)
      request.append(batch, index, item: row.item, blank: cut.kind == .rows ? [.openBrace, .closeBrace] : [])
    }
    handed += rows.count
    request.close(at: end)
    ready.append(request)
  }

  /// Lets the request wait for the one that last had one of the serial values.
  mutating func claim(_ values: [Range<Int>], of batch: Batch, for request: inout Batch) {
    for value in values where RequestRow.isSaid(value, in: batch.body) {
      let hash = RequestRow.hash(of: value, in: batch.body)
      let entry = KeyTable.Entry(hash: hash, sequence: request.sequence, row: 0)
      let previous = serials.take(entry, oldest: oldestUnfinished)
      if !previous.isFree, previous.sequence >= oldestUnfinished, previous.sequence != request.sequence {
        request.wait(for: previous.sequence)
      }
    }
  }

  /// The records of a batch that are no rows of it: rejected and skipped ones.
  private mutating func leaveRest(of batch: Batch) {
    guard !batch.rejections.isEmpty || !batch.skippedFiles.isEmpty else { return }
    var rest = open()
    rest.rejections = batch.rejections
    rest.skippedFiles = batch.skippedFiles
    var rows = batch.rows.makeIterator()
    var row = rows.next()
    for record in batch.records.joined() {
      while let known = row, known.record < record { row = rows.next() }
      if row?.record != record { rest.note(record) }
    }
    rest.close(at: end)
    ready.append(rest)
  }
}
