import Checkpoints
import Delivery
import Jobs
package import Records
import Settings

/// What the loop of a run knows.
struct RunState {
  var walk: SourceWalk
  var flight: Flight
  var stop: RunStop?
  /// Rows the server took, refused, and rows rejected for any reason, by this execution.
  var accepted = 0
  var refused = 0
  var rejected = 0
  /// Rows sent that remove something.
  var removals = 0
  /// The sequence of the next settlement that is of no batch.
  var sequence = 0
  /// Batches that wait for one in flight, in their order.
  var parked: [Batch] = []
  var isAtEnd = false
  /// Records in batches that never left, or came back unsettled.
  var undelivered = 0
  private var format: RejectsFormat?

  init(_ walk: consuming SourceWalk) {
    flight = Flight(from: walk.firstSequence)
    self.walk = walk
  }

  /// Counts the records of a batch that will not leave.
  mutating func leave(_ batch: Batch) { undelivered += batch.records.reduce(0) { $0 + $1.count } }

  /// The lines of a rejects file, its head before the first ones of the run.
  mutating func lines(for rejections: [Rejection], _ plan: ImportPlan, _ files: SourceFiles) -> [UInt8] {
    var lines: [UInt8] = []
    for rejection in rejections {
      let file = rejection.place.file
      let columns = walk.columns[file] ?? []
      let format = self.format ?? plan.rejectsFormat(path: files.paths[file], columns: columns)
      if self.format == nil {
        self.format = format
        if !walk.hasRejects { lines += format.head }
      }
      lines += format.line(for: rejection, path: files.paths[file], columns: columns)
    }
    return lines
  }

  /// Law one: every record read ended once or is pending.
  ///
  /// Anything else is an error of ours, and said.
  func leak(_ counts: Progress.Counts) -> RunStop? {
    let pending = undelivered + walk.recordsHeld
    guard counts.settledNow + pending == walk.recordsRead, counts.settled.isClosed else {
      return .unexpected(
        "the sums do not close: \(walk.recordsRead) rows read, \(counts.settledNow) settled, \(pending) pending; "
          + "this is an error in ferry")
    }
    return nil
  }
}

extension ImportPlan {
  /// How the rejects of a source are written.
  package func rejectsFormat(path: String, columns: [String]) -> RejectsFormat {
    switch format ?? SourceFormat(path: path) ?? .ndjson {
    case .ndjson: .ndjson
    case .csv(let dialect): .csv(dialect, columns: columns.filter { !ReservedColumn.contains($0) })
    }
  }
}

extension Batch {
  /// What is written down before a batch leaves that must not be sent twice.
  func intent(at seconds: Int, key: String?) -> Intent {
    var parts: [FileRecords] = []
    for row in rows {
      if parts.last?.file != Int(row.file) { parts.append(FileRecords(file: Int(row.file), records: RecordRanges())) }
      parts[parts.count - 1].records.insert(row.record)
    }
    return Intent(sequence: sequence, parts: parts, idempotencyKey: key ?? "", bodyDigest: digest, at: seconds)
  }
}

extension RunStop {
  init(_ stop: BatchDelivery.Stop) {
    switch stop {
    case .unavailable(let reason): self = .unavailable(reason)
    case .unauthorized(let reason):
      self = .unauthorized("\(reason): the API refused the key; check that it is right, alive and allowed to do this")
    case .notFound(let reason):
      self = .notFound("\(reason): the API knows no such path; check the ids in 'settings' and the URL")
    case .unexpected(let reason): self = .unexpected(reason)
    case .unusable(let reason): self = .unusable(reason)
    }
  }

  init(_ failure: SourceWalk.Failure, rows: Int) {
    switch failure {
    case .columns(let issues, let job): self = .badColumns(issues.map { "\(job):\($0)" })
    case .source(let failure): self.init(failure, rows: rows)
    }
  }

  package init(_ failure: SourceFailure, rows: Int) {
    switch failure {
    case .missing(let path): self = .source("source \(path) does not exist", isMissing: true)
    case .unreadable(let path, let reason): self = .source("source \(path) cannot be read: \(reason)", isMissing: true)
    case .damaged(let path, let reason, let bytes):
      self = .source(
        "source \(path) is damaged after \(bytes) bytes of text and \(rows) rows: \(reason)", isMissing: true)
    case .badHeader(let path, let line, let reason): self = .badColumns(["\(path):\(line): error: \(reason)"])
    }
  }

  /// The exit status, for schedulers: see the README.
  package var exit: Int32 {
    switch self {
    case .guarded: 2
    case .source: 66
    case .unexpected: 70
    case .unavailable, .storage: 75
    case .unauthorized: 77
    case .notFound, .badColumns, .unusable: 78
    case .interrupted(let signal): 128 + signal
    }
  }

  /// The status in the run report.
  package var status: RunReport.Status {
    if case .guarded = self { .guarded } else { .stopped }
  }
}
