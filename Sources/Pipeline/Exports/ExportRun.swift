package import Checkpoints
package import Jobs
package import Records
import Endpoints

/// An export from the first answer to the last: ask, translate, write, journal, part by part.
///
/// Everything blocks here but the network, so it runs on a thread of its own.
package struct ExportRun<File: AppendOnlyFile & ~Copyable> {
  private let plan: ExportPlan
  private let header: ExportHeader
  private let world: ExportWorld
  private let output: any ExportFile
  private let ledger: ExportLedger<File>
  private let progress: Progress
  private let filter: ExportFilter
  private let buffer = ByteBuffer(capacity: 1 << 19)
  /// What the journal of an earlier execution says.
  private let past: ExportRecovery?

  package init(
    _ plan: ExportPlan, _ header: ExportHeader, past: ExportRecovery?, filter: ExportFilter, output: any ExportFile,
    ledger: ExportLedger<File>, progress: Progress, world: ExportWorld
  ) {
    self.plan = plan
    self.header = header
    self.past = past
    self.filter = filter
    self.output = output
    self.ledger = ledger
    self.progress = progress
    self.world = world
  }

  /// Writes what is left; the last part, or why there is none.
  package func run() async -> Result<ExportSummary, ExportEnd> {
    var summary = ExportSummary(past)
    if past?.last?.isLast == true { return .success(summary) }
    let fetcher = Fetcher(plan, world)
    do throws(ExportStop) {
      let feed = try makeFeed(fetcher)
      var part = newPart(summary)
      while true {
        let step = try await feed.next()
        try name(feed, &summary)
        try write(step, feed.rejects, &part, &summary)
        if step.endsPart || step.isLast {
          try commit(&part, step, &summary)
          if step.isLast { return .success(summary) }
          part = newPart(summary)
        }
      }
    } catch {
      summary.close(sent: fetcher.traffic)
      return .failure(ExportEnd(stop: error.stop, summary: summary))
    }
  }

  private func newPart(_ summary: ExportSummary) -> ExportPart {
    ExportPart(sequence: summary.parts, tally: Tally())
  }

  private func makeFeed(_ fetcher: Fetcher) throws(ExportStop) -> any ExportFeed {
    let next = past?.last?.next ?? 0
    switch plan.endpoint.kind {
    case .download:
      return SliceFeed(
        plan, fetcher, filter, window: header.window, spool: try spool(isLong: true), from: next, header: past?.columns)
    case .pages(let size, _):
      return PageFeed(plan, fetcher, filter, size: size, spool: try spool(isLong: false), from: next)
    case .lookup(let key, _):
      guard let rule = plan.keys else { throw ExportStop(.unexpected("a look-up without keys; an error in ferry")) }
      do throws(SourceFailure) {
        return try KeyFeed(plan, rule, fetcher, filter, world, name: key, from: next)
      } catch {
        throw ExportStop(RunStop(error, rows: 0))
      }
    }
  }

  private func spool(isLong: Bool) throws(ExportStop) -> any Spool {
    do throws(FileFailure) { return try world.spool(isLong) } catch { throw ExportStop(error) }
  }

  /// The header line of a CSV output comes from the first answer and is journaled before anything counts.
  ///
  /// A run that ends between the two knows its columns and has no header line: the output itself says whether one is due.
  private func name(_ feed: any ExportFeed, _ summary: inout ExportSummary) throws(ExportStop) {
    guard let columns = summary.columns ?? feed.header else { return }
    if summary.columns == nil {
      summary.columns = columns
      try storing { () throws(FileFailure) in try ledger.name(columns: columns) }
    }
    guard plan.format == .csv, output.textBytes == 0 else { return }
    try storing { () throws(FileFailure) in
      buffer.removeAll()
      buffer.append(columns + [.lineFeed])
      try output.write(buffer)
    }
  }

  private func write(
    _ step: FeedStep, _ rejects: FeedRejects, _ part: inout ExportPart, _ summary: inout ExportSummary
  ) throws(ExportStop) {
    part.requests += step.requests
    part.retries += step.retries
    part.bytesReceived += step.bytesReceived
    part.tally.read += step.rejections.count
    part.tally.rejected += step.rejections.count
    try storing { () throws(FileFailure) in try keep(step.rejections, rejects) }
    guard let text = step.text else { return }
    var goesOn = true
    while goesOn {
      buffer.removeAll()
      do throws(SourceFailure) {
        goesOn = try text.fill(buffer)
      } catch {
        throw ExportStop(RunStop(error, rows: text.counts.read))
      }
      try storing { () throws(FileFailure) in
        try output.write(buffer)
        try keep(text.takeRejections(), rejects)
      }
      progress.update { $0.readNow = summary.readNow + part.tally.read + text.counts.read }
      if let signal = world.interruption() { throw ExportStop(.interrupted(signal: signal)) }
    }
    part.add(text.counts)
    summary.unknownColumns += text.counts.unknownColumns.filter { !summary.unknownColumns.contains($0) }
  }

  private func commit(
    _ part: inout ExportPart, _ step: FeedStep, _ summary: inout ExportSummary
  ) throws(ExportStop) {
    if let leak = part.leak { throw ExportStop(leak) }
    part.next = step.next
    part.isLast = step.isLast
    try storing { () throws(FileFailure) in
      try output.endPart()
      try ledger.write(ids: filter.takeRemembered())
      part.outputBytes = output.byteCount
      part.textBytes = output.textBytes
      part.outputChecksum = output.checksum
      try ledger.commit(part)
    }
    summary.add(part)
    let settled = part
    progress.update {
      $0.settle(FileTally(file: 0, tally: settled.tally))
      $0.requests += settled.requests
      $0.retries += settled.retries
    }
  }

  private func keep(_ rejections: [Rejection], _ rejects: FeedRejects) throws(FileFailure) {
    try ledger.write(rejects: rejects.lines(for: rejections, isFirst: !ledger.hasRejects))
    if let first = rejections.first {
      world.onEvent(.rejected(count: rejections.count, file: rejects.path, line: first.place.line))
    }
  }

  private func storing(_ body: () throws(FileFailure) -> Void) throws(ExportStop) {
    do throws(FileFailure) { try body() } catch { throw ExportStop(error) }
  }
}
