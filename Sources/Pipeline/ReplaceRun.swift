package import Checkpoints
package import Delivery
package import Jobs
import Endpoints
import Records

/// An import that takes the place of what is there: all rows in one file, sent when every one of them is known to be good.
///
/// Nothing is sent before the source has been read to its end, so an interrupted run has done nothing and is simply begun
/// again; rejected rows are settled as they are found.
package struct ReplaceRun<File: AppendOnlyFile & ~Copyable>: Sendable {
  private let plan: ImportPlan
  private let files: SourceFiles
  private let ledger: Ledger<File>
  private let progress: Progress
  private let clock: any RunClock
  private let courier: Courier
  private let interruption: @Sendable () -> Int32?
  private let onEvent: @Sendable (RunEvent) -> Void
  private let last: LastUpload?
  private let announce: @Sendable () throws(FileFailure) -> Void

  /// - `announce`: notes, before the first byte is sent, that what is there may change.
  /// - `last`: what the job's last upload was, to compare with; nil when there was none or the job is to start over.
  package init(
    _ plan: ImportPlan, _ files: SourceFiles, ledger: Ledger<File>, progress: Progress, seed: UInt64,
    transport: any Transport, clock: any RunClock, last: LastUpload?,
    announce: @escaping @Sendable () throws(FileFailure) -> Void = {},
    interruption: @escaping @Sendable () -> Int32?, onEvent: @escaping @Sendable (RunEvent) -> Void
  ) {
    self.plan = plan
    self.files = files
    self.ledger = ledger
    self.progress = progress
    self.interruption = interruption
    self.onEvent = onEvent
    self.last = last
    self.announce = announce
    self.clock = clock
    courier = Courier(
      plan, seed: seed, transport: transport, clock: clock, isStopped: { interruption() != nil }, onEvent: onEvent)
  }

  /// Reads, spools, uploads and journals; answers why it stopped, and what was put in place.
  ///
  /// - `executor`: where the journal's blocking writes run.
  package func run(
    _ walk: consuming SourceWalk, through spool: consuming UploadSpool<File>, writingOn executor: any TaskExecutor
  ) async -> (stop: RunStop?, uploaded: LastUpload?) {
    let writer = Task(executorPreference: executor) { [ledger] in await ledger.run() }
    var state = RunState(walk)
    var uploaded: LastUpload?
    await fill(&spool, &state)
    if state.stop == nil { state.stop = objection(to: spool, state) }
    if state.stop == nil {
      let candidate = LastUpload(target: plan.target, digest: spool.digest, rows: spool.rows)
      if last == candidate {
        settle(spool, .init(), &state) { $0.unchanged = $1 }
        uploaded = candidate
      } else if await upload(&spool, &state) {
        uploaded = candidate
      }
    }
    ledger.close()
    await writer.value
    if let failure = ledger.failure { return (.storage("\(failure)"), nil) }
    return (state.stop ?? state.leak(progress.current), uploaded)
  }

  /// Reads every row into the spool; what is rejected on the way is settled.
  private func fill(_ spool: inout UploadSpool<File>, _ state: inout RunState) async {
    while state.stop == nil {
      while ledger.isBehind { await clock.sleep(until: clock.now + 1_000_000) }
      do {
        guard let batch = try state.walk.next() else { return }
        state.sequence = batch.sequence + 1
        try spool.append(batch)
        state.undelivered += batch.rows.count
        let rejected = Courier.Delivered(batch: batch, pending: Array(batch.rows.indices))
        state.rejected += batch.rejections.count
        if !rejected.settlement.records.isEmpty {
          ledger.settle(
            .init(settlement: rejected.settlement, rejects: state.lines(for: batch.rejections, plan, files)))
        }
        progress.update {
          $0.readNow = state.walk.recordsRead
          $0.sourceBytes = state.walk.bytesRead
        }
        state.walk.forget(before: batch.sequence + 1)
        state.walk.recycle(batch)
      } catch let failure as SourceWalk.Failure {
        state.stop = RunStop(failure, rows: state.walk.recordsRead)
      } catch {
        state.stop = .storage("\(error)")
      }
      if state.stop == nil, let signal = interruption() { state.stop = .interrupted(signal: signal) }
    }
  }

  /// Why the rows must not take the place of what is there.
  private func objection(to spool: borrowing UploadSpool<File>, _ state: RunState) -> RunStop? {
    let most = plan.guards.maximumRejects ?? .count(0)
    if most.isExceeded(by: state.rejected, of: state.walk.recordsRead) {
      return .guarded(
        "\(state.rejected) rows were rejected and the upload would replace what is there without them; mend them and "
          + "run again, allow some with 'guards.maxRejects', or go on without them with --resume")
    }
    if spool.rows == 0 {
      return .guarded("the source has no rows: uploading nothing would empty what is there, so nothing was sent")
    }
    if spool.rows > plan.endpoint.limits.items {
      return .guarded(
        "the source has \(spool.rows) rows, more than the \(plan.endpoint.limits.items) the API takes, and this upload "
          + "cannot be cut")
    }
    let kept = 1 - (plan.guards.maximumShrink ?? 0.5)
    if let last, last.target == plan.target, Double(spool.rows) < Double(last.rows) * kept {
      return .guarded(
        "the source has \(spool.rows) rows where the last upload had \(last.rows); if that is right, run with --fresh "
          + "or raise 'guards.maxShrink'")
    }
    return nil
  }

  /// Sends the file; true when the server took it.
  private func upload(_ spool: inout UploadSpool<File>, _ state: inout RunState) async -> Bool {
    let body: BodyFile
    do throws(FileFailure) {
      body = try spool.finish()
    } catch {
      state.stop = .storage("\(error)")
      return false
    }
    do throws(FileFailure) {
      try announce()
    } catch {
      state.stop = .storage("\(error)")
      return false
    }
    let sent = await courier.upload(body, rows: spool.rows, isLineARow: spool.isLineARow)
    guard !sent.ending.accepted.isEmpty else {
      state.stop = refusal(spool, sent, &state)
      return false
    }
    // A value that is there twice is imported once; where the server says nothing, there is nothing to hold it to.
    let distinct = sent.amount.map { $0 == spool.rows } ?? true ? spool.rows : spool.countDistinctRows()
    let taken = sent.amount ?? distinct
    guard taken == distinct else {
      note(sent, &state)
      state.stop = .guarded(
        "the server took the file, and says that \(taken) values were imported where it has \(distinct): look "
          + "at what is there now, then upload it again with --fresh")
      return false
    }
    // In which file a value stood first is all the same.
    var left = distinct
    settle(spool, sent, &state) { tally, rows in
      tally.accepted = min(left, rows)
      tally.unchanged = rows - tally.accepted
      left -= tally.accepted
    }
    return true
  }

  /// Settles every row of the spool, as `share` spreads each file's rows over its tally.
  private func settle(
    _ spool: borrowing UploadSpool<File>, _ sent: Courier.Traffic, _ state: inout RunState,
    _ share: (inout Tally, Int) -> Void
  ) {
    var records = RecordRanges()
    var tallies: [FileTally] = []
    for part in spool.parts {
      records.insert(contentsOf: part.records)
      var tally = Tally(read: part.records.count)
      share(&tally, part.records.count)
      tallies.append(FileTally(file: part.file, tally: tally))
    }
    state.undelivered -= spool.rows
    ledger.settle(
      .init(
        settlement: Settlement(
          sequence: state.sequence, records: records, tallies: tallies, position: state.walk.position,
          requests: sent.requests, retries: sent.retries, bytesSent: sent.bytesSent), rejects: []))
  }

  /// Takes down what was sent, though no row is settled by it.
  private func note(_ sent: Courier.Traffic, _ state: inout RunState) {
    ledger.settle(
      .init(
        settlement: Settlement(
          sequence: state.sequence, records: RecordRanges(), tallies: [], position: state.walk.position,
          requests: sent.requests, retries: sent.retries, bytesSent: sent.bytesSent), rejects: []))
    state.sequence += 1
  }

  /// What a refused upload means: rows the server named are rejected, and a person decides about the others.
  private func refusal(
    _ spool: borrowing UploadSpool<File>, _ sent: Courier.Traffic, _ state: inout RunState
  ) -> RunStop {
    note(sent, &state)
    if let stop = sent.stop { return RunStop(stop) }
    guard let reason = sent.ending.rejected.first?.reason else {
      return interruption().map { .interrupted(signal: $0) } ?? .unexpected("the upload came back without an outcome")
    }
    let named = sent.faults.compactMap { fault in spool.record(ofRow: fault.row).map { ($0, fault.reason) } }
    let rejections = Guilty(named, plan, files).rejections()
    for rejection in rejections {
      let records = RecordRanges(rejection.place.record..<rejection.place.record + 1)
      let tally = FileTally(file: rejection.place.file, tally: Tally(read: 1, rejected: 1))
      state.undelivered -= 1
      ledger.settle(
        .init(
          settlement: Settlement(
            sequence: state.sequence, records: records, tallies: [tally], position: state.walk.position),
          rejects: state.lines(for: [rejection], plan, files)))
    }
    let rest = rejections.isEmpty ? "" : "; mend the rejected rows and run again, or go on without them with --resume"
    return .guarded("the server refused the file, and nothing was replaced: \(reason)\(rest)")
  }
}
