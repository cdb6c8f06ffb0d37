import Checkpoints
import Delivery
import Endpoints
import Records

extension Courier.Delivered {
  /// What this delivery settles, for the journal; records still pending are left out.
  var settlement: Settlement {
    var records = RecordRanges()
    for range in batch.records { records.insert(range) }
    var open = RecordRanges()
    for row in pending { open.insert(batch.rows[row].record) }
    // A record in doubt stays with its intent, until a person settles it.
    for fault in ending.inDoubt { open.insert(batch.rows[fault.row].record) }
    records.remove(contentsOf: open)
    return Settlement(
      sequence: batch.sequence, records: records, tallies: tallies,
      position: Position(file: batch.end.file, byte: batch.end.byte, line: batch.end.line, record: batch.end.record),
      requests: requests, retries: retries, bytesSent: bytesSent)
  }

  private var tallies: [FileTally] {
    var byFile: [Int: Tally] = [:]
    for row in ending.accepted { byFile[Int(batch.rows[row].file), default: Tally()].accepted += 1 }
    for fault in ending.rejected { byFile[Int(batch.rows[fault.row].file), default: Tally()].rejected += 1 }
    for rejection in batch.rejections { byFile[rejection.place.file, default: Tally()].rejected += 1 }
    for file in batch.skippedFiles { byFile[file, default: Tally()].skipped += 1 }
    return byFile.sorted { $0.key < $1.key }.map { file, tally in
      var closed = tally
      closed.read = tally.accepted + tally.rejected + tally.skipped
      return FileTally(file: file, tally: closed)
    }
  }

  /// The rows in doubt, for the counts; the journal has them in the open intent.
  var doubts: [FileTally] {
    var byFile: [Int: Int] = [:]
    for fault in ending.inDoubt { byFile[Int(batch.rows[fault.row].file), default: 0] += 1 }
    return byFile.sorted { $0.key < $1.key }.map { FileTally(file: $0, tally: Tally(read: $1, inDoubt: $1)) }
  }

  /// Every rejection of the batch in the order of the source: ours and the server's.
  var rejections: [Rejection] {
    let refused = ending.rejected.map { batch.rejection(of: $0.row, reason: $0.reason) }
    return (batch.rejections + refused).sorted { $0.place.record < $1.place.record }
  }
}

/// Which batches are on their way, and which one a new batch has to wait for.
struct Flight {
  private var sequences: Set<Int> = []

  var count: Int { sequences.count }
  var isEmpty: Bool { sequences.isEmpty }
  var oldest: Int? { sequences.min() }

  /// Whether the batch may leave: a place is free, no earlier batch holds one of its keys, and it is not too far ahead
  /// of the oldest one, whose keys must be remembered as long.
  func admits(_ batch: Batch, window: Int) -> Bool {
    guard sequences.count < window else { return false }
    if batch.after.contains(where: sequences.contains) { return false }
    guard let oldest else { return true }
    return batch.sequence - oldest < max(64, 4 * window)
  }

  mutating func depart(_ batch: Batch) { sequences.insert(batch.sequence) }
  mutating func arrive(_ batch: Batch) { sequences.remove(batch.sequence) }
}
