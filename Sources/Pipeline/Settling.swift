import Checkpoints
import Delivery
import Endpoints
import Jobs
import Records

extension Courier.Delivered {
  /// What this delivery settles, for the journal; records still pending are left out.
  var settlement: Settlement {
    var records = RecordRanges()
    for range in batch.records { records.insert(range) }
    var open = RecordRanges()
    for row in pending { open.insert(batch.rows[row].record) }
    // A record in doubt stays with its intent, until a person settles it.
    for fault in traffic.ending.inDoubt { open.insert(batch.rows[fault.row].record) }
    records.remove(contentsOf: open)
    return Settlement(
      sequence: batch.sequence, records: records, tallies: tallies,
      position: Position(file: batch.end.file, byte: batch.end.byte, line: batch.end.line, record: batch.end.record),
      requests: traffic.requests, retries: traffic.retries, bytesSent: traffic.bytesSent)
  }

  /// Whether the rows still pending are known not to have been carried out, so that no intent need stay open for them.
  ///
  /// Where some rows are in doubt, or the server said something nobody understands, all of them stay with the intent.
  var isUntouched: Bool {
    if case .unexpected? = traffic.stop { return false }
    return !traffic.isUncertain && !pending.isEmpty && traffic.ending.inDoubt.isEmpty
  }

  private var tallies: [FileTally] {
    var sums = TallySums()
    if pending.isEmpty, traffic.ending.rejected.isEmpty, traffic.ending.inDoubt.isEmpty, batch.isOfOneFile {
      if let file = batch.rows.first?.file { sums.add(Int(file)) { $0.accepted += batch.rows.count } }
    } else {
      for row in traffic.ending.accepted { sums.add(Int(batch.rows[row].file)) { $0.accepted += 1 } }
      for fault in traffic.ending.rejected { sums.add(Int(batch.rows[fault.row].file)) { $0.rejected += 1 } }
    }
    if traffic.unchanged > 0 { sums.change(traffic.unchanged) }
    for rejection in batch.rejections { sums.add(rejection.place.file) { $0.rejected += 1 } }
    for file in batch.skippedFiles { sums.add(file) { $0.skipped += 1 } }
    return sums.closed
  }

  /// The rows in doubt, for the counts; the journal has them in the open intent.
  var doubts: [FileTally] {
    var sums = TallySums()
    for fault in traffic.ending.inDoubt { sums.add(Int(batch.rows[fault.row].file)) { $0.inDoubt += 1 } }
    return sums.closed
  }

  /// Every rejection of the batch in the order of the source: ours and the server's.
  func rejections(of plan: ImportPlan) -> [Rejection] {
    let refused = traffic.ending.rejected.map { fault in
      let column = fault.pointer.map(plan.mapping.column(at:)) ?? ""
      return batch.rejection(of: fault.row, column: column, reason: fault.reason)
    }
    return (batch.rejections + refused).sorted { $0.place.record < $1.place.record }
  }
}

/// Counts by file; a batch has rows of one file, seldom of two.
private struct TallySums {
  private var entries: [FileTally] = []

  mutating func add(_ file: Int, _ change: (inout Tally) -> Void) {
    if let index = entries.firstIndex(where: { $0.file == file }) {
      change(&entries[index].tally)
    } else {
      var tally = Tally()
      change(&tally)
      entries.append(FileTally(file: file, tally: tally))
    }
  }

  /// Counts so many of the accepted rows as unchanged; which ones the server does not say.
  mutating func change(_ count: Int) {
    var left = count
    for index in entries.indices {
      let some = min(left, entries[index].tally.accepted)
      entries[index].tally.accepted -= some
      entries[index].tally.unchanged += some
      left -= some
    }
  }

  /// In the order of the files, what was read being what ended.
  var closed: [FileTally] {
    entries.sorted { $0.file < $1.file }.map { entry in
      var closed = entry
      let tally = entry.tally
      closed.tally.read = tally.accepted + tally.rejected + tally.unchanged + tally.skipped + tally.inDoubt
      return closed
    }
  }
}

/// Which batches are on their way, and which one a new batch has to wait for.
struct Flight {
  private var sequences: Set<Int> = []
  private var finished: Set<Int> = []
  /// Every batch before this one has come back; batches of several actions are cut, and leave, in another order than they
  /// were begun in.
  private(set) var oldestUnfinished: Int

  init(from sequence: Int) { oldestUnfinished = sequence }

  var count: Int { sequences.count }
  var isEmpty: Bool { sequences.isEmpty }
  private var oldest: Int? { sequences.min() }

  /// Whether the batch may leave: a place is free, every earlier batch with one of its keys is finished, and it is not
  /// too far ahead of the oldest one, whose keys must be remembered as long.
  func admits(_ batch: Batch, window: Int) -> Bool {
    guard sequences.count < window else { return false }
    guard batch.after.allSatisfy({ $0 < oldestUnfinished || finished.contains($0) }) else { return false }
    guard let oldest else { return true }
    return batch.sequence - oldest < max(64, 4 * window)
  }

  mutating func depart(_ batch: Batch) { sequences.insert(batch.sequence) }
  mutating func arrive(_ batch: Batch) {
    sequences.remove(batch.sequence)
    finished.insert(batch.sequence)
    while finished.remove(oldestUnfinished) != nil { oldestUnfinished += 1 }
  }
}
