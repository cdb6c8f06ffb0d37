package import Checkpoints
package import Jobs
package import Records
package import Settings

/// How the files of a run are reached.
package struct SourceFiles: Sendable {
  /// In the order they are read.
  package var paths: [String]
  /// The text of a file from a byte on.
  package var open: @Sendable (_ path: String, _ byte: Int) throws(SourceFailure) -> any ByteSource

  package init(
    paths: [String], open: @escaping @Sendable (String, Int) throws(SourceFailure) -> any ByteSource
  ) {
    self.paths = paths
    self.open = open
  }
}

/// The files of a run, one after another, as batches.
package struct SourceWalk {
  package enum Failure: Error {
    case source(SourceFailure)
    case columns([Issue], job: String)
  }

  private let plan: ImportPlan
  private let files: SourceFiles
  /// The sequence of the first batch.
  let firstSequence: Int
  private var assembler: BatchAssembler
  /// Where the rows of a batch do not share one request.
  private var cutter: RequestCutter?
  private var stream: RecordStream?
  private var index: Int
  private var start: Position
  private var isFinished = false
  private var isDrained = false
  /// Bytes of text in the files read to their end.
  private var bytesBefore = 0
  /// Where the file read last ended: going on from its beginning would send it again.
  private var lastEnd = (byte: 0, line: 1)
  /// Whether an earlier execution has begun the rejects file.
  package var hasRejects = false
  /// The columns of each file opened so far.
  package private(set) var columns: [Int: [String]] = [:]

  /// - `start`: where reading begins.
  /// - `settled`: records an earlier execution settled; they are read and passed over.
  /// - `recordLimit`: records after this many are not read.
  package init(
    _ plan: ImportPlan, _ files: SourceFiles, from start: Position = .start, settled: RecordRanges = RecordRanges(),
    firstSequence: Int = 0, recordLimit: Int = .max
  ) {
    self.plan = plan
    self.files = files
    self.start = start
    self.firstSequence = firstSequence
    index = start.file
    assembler = BatchAssembler(
      plan.rules, firstSequence: firstSequence, firstRecord: start.record,
      settled: settled.ranges.filter { $0.upperBound > start.record }, recordLimit: recordLimit)
    cutter = plan.cut.map { RequestCutter($0, firstSequence: firstSequence) }
  }

  /// The rows of the next request, or nil at the end.
  package mutating func next() throws(Failure) -> Batch? {
    guard cutter != nil else { return try nextBatch() }
    while true {
      if let request = cutter?.next() { return request }
      if let empty = cutter?.emptied() { assembler.recycle(empty) }
      if let batch = try nextBatch() {
        assembler.oldestUnfinished = batch.sequence + 1
        cutter?.take(batch)
      } else if isDrained {
        return nil
      } else {
        cutter?.finish(isCut: assembler.isAtLimit)
        isDrained = true
      }
    }
  }

  private mutating func nextBatch() throws(Failure) -> Batch? {
    while true {
      if let batch = assembler.next() { return batch }
      if isFinished { return nil }
      if stream != nil {
        if try fill() { continue }
        if stream?.byte == 0, !assembler.isAtLimit {
          let reason = "it is empty; expected at least one record"
          throw .source(.unreadable(path: files.paths[index], reason: reason))
        }
        bytesBefore += stream?.byte ?? 0
        lastEnd = (stream?.byte ?? 0, stream?.line ?? 1)
        stream = assembler.isAtLimit ? stream : nil
        if !assembler.isAtLimit { index += 1 }
      }
      if assembler.isAtLimit || index >= files.paths.count {
        assembler.finish(at: place)
        isFinished = true
      } else if stream == nil {
        try open()
      }
    }
  }

  package mutating func recycle(_ batch: Batch) {
    if cutter == nil { assembler.recycle(batch) } else { cutter?.recycle(batch) }
  }

  /// Forgets the keys of every batch before this one.
  package mutating func forget(before sequence: Int) {
    if cutter == nil { assembler.oldestUnfinished = sequence } else { cutter?.oldestUnfinished = sequence }
  }

  /// Records read now, those settled before aside.
  package var recordsRead: Int { assembler.nextRecord - start.record - assembler.passedOver }
  /// Records that were read and are in no batch handed out.
  package var recordsHeld: Int { assembler.heldRecords + (cutter?.heldRecords ?? 0) }
  package var bytesRead: Int { bytesBefore + (stream?.byte ?? 0) }

  /// Where reading stands.
  var position: Position { Position(file: place.file, byte: place.byte, line: place.line, record: place.record) }

  private var place: SourcePlace {
    SourcePlace(
      file: min(index, max(0, files.paths.count - 1)), byte: stream?.byte ?? lastEnd.byte,
      line: stream?.line ?? lastEnd.line,
      record: assembler.nextRecord)
  }

  private mutating func fill() throws(Failure) -> Bool {
    do throws(SourceFailure) {
      return try stream?.fill(&assembler) ?? false
    } catch {
      throw .source(error)
    }
  }

  private mutating func open() throws(Failure) {
    let path = files.paths[index]
    let isResumed = index == start.file && start.byte > 0
    let format = plan.format ?? SourceFormat(path: path) ?? .csv(CSVDialect())
    do throws(SourceFailure) {
      stream = try openStream(path, format, isResumed: isResumed)
    } catch {
      throw .source(error)
    }
    let names = stream?.columns ?? []
    columns[index] = names
    switch plan.rows(columns: names, format: format, path: path) {
    case .success(let rows): assembler.use(rows, file: index)
    case .failure(let missing): throw .columns(missing.issues, job: plan.path)
    }
  }

  private func openStream(
    _ path: String, _ format: SourceFormat, isResumed: Bool
  ) throws(SourceFailure) -> RecordStream {
    let byte = isResumed ? start.byte : 0
    let line = isResumed ? start.line : 1
    switch format {
    case .ndjson:
      return RecordStream(
        ndjson: plan.mapping.columns, keepsRest: plan.mapping.keepsRest, source: try files.open(path, byte), byte: byte,
        line: line)
    case .csv(let dialect):
      if !isResumed { return try RecordStream(csv: dialect, source: try files.open(path, 0), path: path) }
      let names: [String]
      if let named = dialect.columns {
        names = named
      } else {
        names = try RecordStream(csv: dialect, source: try files.open(path, 0), path: path).columns
      }
      return RecordStream(csv: dialect, columns: names, source: try files.open(path, byte), byte: byte, line: line)
    }
  }
}
