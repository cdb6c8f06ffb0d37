package import Checkpoints
package import Delivery
package import Jobs
import Endpoints
import Records
import Settings
import Synchronization

/// An import from the first record to the last: rows are synchronous, batches are asynchronous.
///
/// The loop pulls a batch, waits until it may leave, starts its delivery, and settles what has come back. Nothing is queued
/// beyond the window: while it is full, nothing is pulled.
package struct ImportRun<File: AppendOnlyFile & ~Copyable>: Sendable {
  private let plan: ImportPlan
  private let files: SourceFiles
  private let ledger: Ledger<File>
  private let progress: Progress
  private let clock: any RunClock
  private let interruption: @Sendable () -> Int32?
  private let onEvent: @Sendable (RunEvent) -> Void
  private let courier: Courier
  private let stopper: Stopper
  private let earlier: Tally

  /// - `earlier`: what earlier executions of the run count towards its guards.
  /// - `seed`: tells this run's requests from those of others; the same when it is resumed.
  /// - `keys`: the `Idempotency-Key`s of batches that an earlier execution may have sent: see `Recovery.repeatedKeys`.
  package init(
    _ plan: ImportPlan, _ files: SourceFiles, ledger: Ledger<File>, progress: Progress, seed: UInt64 = 0,
    earlier: Tally = Tally(), keys: [Int: String] = [:], transport: any Transport, clock: any RunClock,
    interruption: @escaping @Sendable () -> Int32?, onEvent: @escaping @Sendable (RunEvent) -> Void
  ) {
    self.plan = plan
    self.files = files
    self.ledger = ledger
    self.progress = progress
    self.clock = clock
    self.interruption = interruption
    self.onEvent = onEvent
    self.earlier = earlier
    let stopper = Stopper()
    self.stopper = stopper
    courier = Courier(
      plan, seed: seed, keys: keys, transport: transport, clock: clock,
      isStopped: { stopper.isSet || interruption() != nil }, onEvent: onEvent)
  }

  /// Reads, delivers and journals until the end or a stop; nil means the end.
  ///
  /// - `writer`: where the journal's blocking writes run.
  /// - `deliverer`: where deliveries run, which block nothing: best the thread that sends.
  package func run(
    _ walk: consuming SourceWalk, writingOn writer: any TaskExecutor, deliveringOn deliverer: any TaskExecutor
  ) async -> RunStop? {
    let writing = Task(executorPreference: writer) { [ledger] in await ledger.run() }
    let state = await carry(walk, deliverer)
    ledger.close()
    await writing.value
    if let failure = ledger.failure { return .storage("\(failure)") }
    return state.stop ?? state.leak(progress.current)
  }

  private func carry(_ walk: consuming SourceWalk, _ deliverer: any TaskExecutor) async -> RunState {
    var state = RunState(walk)
    state.rejected = earlier.rejected
    state.accepted = earlier.accepted
    await withTaskGroup(of: Courier.Delivered.self) { group in
      while let batch = await admitted(&state, &group) {
        while ledger.isBehind { await clock.sleep(until: clock.now + 1_000_000) }
        noteStop(&state, before: batch)
        if state.stop != nil {
          state.leave(batch)
          break
        }
        state.flight.depart(batch)
        group.addTask(executorPreference: deliverer) { [courier, ledger] in
          await courier.deliver(batch) { await ledger.intend($0) }
        }
      }
      while let delivered = await group.next() { settle(delivered, &state) }
    }
    for batch in state.parked { state.leave(batch) }
    return state
  }

  /// The next batch that may leave, waiting for one; nil at the end or at a stop.
  ///
  /// Batches that wait for one in flight are parked and overtaken, within bounds.
  private func admitted(_ state: inout RunState, _ group: inout TaskGroup<Courier.Delivered>) async -> Batch? {
    while state.stop == nil {
      if let index = state.parked.firstIndex(where: { state.flight.admits($0, window: plan.window) }) {
        return state.parked.remove(at: index)
      }
      if !state.isAtEnd, state.parked.count < maximumParked {
        if let batch = pull(&state) { state.parked.append(batch) } else { state.isAtEnd = true }
      } else if let delivered = await group.next() {
        settle(delivered, &state)
      } else {
        return nil
      }
    }
    return nil
  }

  /// Batches that may wait: one of many rows, or requests of few.
  private var maximumParked: Int { plan.cut == nil ? 1 : 4 * plan.window }

  /// The next batch; a failing source stops the run.
  private func pull(_ state: inout RunState) -> Batch? {
    noteStop(&state, before: nil)
    guard state.stop == nil else { return nil }
    do {
      state.walk.forget(before: state.flight.oldestUnfinished)
      let batch = try state.walk.next()
      progress.update {
        $0.readNow = state.walk.recordsRead
        $0.sourceBytes = state.walk.bytesRead
      }
      return batch
    } catch {
      // A source that waits for more is given up when a signal comes.
      state.stop = interruption().map { .interrupted(signal: $0) } ?? RunStop(error, rows: state.walk.recordsRead)
      stopper.set()
      return nil
    }
  }

  private func settle(_ delivered: Courier.Delivered, _ state: inout RunState) {
    state.flight.arrive(delivered.batch)
    state.undelivered += delivered.pending.count
    state.accepted += delivered.traffic.ending.accepted.count
    state.refused += delivered.traffic.ending.rejected.count
    let rejections = delivered.rejections(of: plan)
    state.rejected += rejections.count
    let settlement = delivered.settlement
    let doubts = delivered.doubts
    if !settlement.records.isEmpty || delivered.traffic.requests > 0 || delivered.isUntouched {
      ledger.settle(
        .init(
          settlement: settlement, rejects: state.lines(for: rejections, plan, files), doubts: doubts,
          withdrawnAt: delivered.isUntouched && plan.endpoint.safety.needsIntent ? clock.wall / 1_000_000_000 : nil))
    }
    if let first = rejections.first {
      onEvent(.rejected(count: rejections.count, file: files.paths[first.place.file], line: first.place.line))
    }
    if let stop = delivered.traffic.stop, state.stop == nil { halt(RunStop(stop), &state) }
    judge(&state)
    state.walk.recycle(delivered.batch)
  }

  /// Guards: enough is enough.
  private func judge(_ state: inout RunState) {
    guard state.stop == nil else { return }
    if let most = plan.guards.maximumRejects,
      most.isExceeded(by: state.rejected, of: earlier.read + state.walk.recordsRead)
    {
      halt(
        .guarded("\(state.rejected) rows were rejected, more than the \(most.words) 'guards.maxRejects' allows"), &state
      )
    } else if state.refused >= (plan.cut == nil ? 1000 : 100), state.accepted == 0 {
      halt(
        .guarded(
          "the server refused every one of the first \(state.refused) rows; look at the reasons in the rejects file"),
        &state)
    }
  }

  private func noteStop(_ state: inout RunState, before batch: Batch?) {
    guard state.stop == nil else { return }
    if let signal = interruption() {
      state.stop = .interrupted(signal: signal)
    } else if let failure = ledger.failure {
      halt(.storage("\(failure)"), &state)
    } else if let batch, let most = plan.guards.maximumRemovals, isRemoval(batch) {
      state.removals += batch.rows.count
      if state.removals > most {
        halt(.guarded("more rows remove something than the \(most) 'guards.maxRemovals' allows"), &state)
      }
    }
  }

  private func isRemoval(_ batch: Batch) -> Bool {
    plan.endpoint.actions?.removals.contains(plan.actions[batch.variant]) ?? false
  }

  private func halt(_ stop: RunStop, _ state: inout RunState) {
    state.stop = stop
    stopper.set()
    onEvent(.stopping(stop.reason))
  }

}

/// Says to every delivery that the run is stopping.
private final class Stopper: Sendable {
  private let flag = Atomic<Bool>(false)
  var isSet: Bool { flag.load(ordering: .acquiring) }
  func set() { flag.store(true, ordering: .releasing) }
}
