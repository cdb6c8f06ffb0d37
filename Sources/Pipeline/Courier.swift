package import Delivery
import Endpoints
package import Jobs
import Checkpoints
package import Records
import Synchronization

/// Takes one batch to the server and back: the thin shell around `BatchDelivery`.
package struct Courier: Sendable {
  private let plan: ImportPlan
  private let requests: RequestMaker
  private let transport: any Transport
  private let clock: any RunClock
  private let pacer: PacerBox
  private let isStopped: @Sendable () -> Bool
  private let onEvent: @Sendable (RunEvent) -> Void

  /// A batch that came back.
  package struct Delivered: Sendable {
    package var batch: Batch
    package var ending: BatchDelivery.Ending
    /// Rows that were neither settled nor left in doubt.
    package var pending: [Int]
    package var requests = 0
    package var retries = 0
    package var bytesSent = 0
    /// Rows among the accepted that the server says it had already.
    package var unchanged = 0
    /// Whether some request may have been carried out though no answer said so.
    package var isUncertain = false
    package var stop: BatchDelivery.Stop?
  }

  package init(
    _ plan: ImportPlan, seed: UInt64, transport: any Transport, clock: any RunClock,
    isStopped: @escaping @Sendable () -> Bool, onEvent: @escaping @Sendable (RunEvent) -> Void
  ) {
    self.plan = plan
    requests = RequestMaker(plan, seed: seed)
    self.transport = transport
    self.clock = clock
    pacer = PacerBox(Pacer(requestsPerSecond: plan.requestsPerSecond))
    self.isStopped = isStopped
    self.onEvent = onEvent
  }

  /// What is written down before the batch leaves; nil where repeating it does no harm.
  func intent(for batch: Batch) -> Intent? {
    guard plan.endpoint.safety.needsIntent, !batch.rows.isEmpty else { return nil }
    let key = plan.endpoint.safety == .keyed ? requests.key(for: batch, turn: 0) : nil
    return batch.intent(at: clock.wall / 1_000_000_000, key: key)
  }

  /// Delivers the batch; failure is a value, so one bad batch never unwinds the others.
  package func deliver(_ batch: Batch) async -> Delivered {
    var delivered = Delivered(batch: batch, ending: .init(), pending: [])
    guard !batch.rows.isEmpty else { return delivered }
    var life = BatchDelivery(
      rows: batch.rows.count, safety: plan.endpoint.safety, backoff: plan.backoff, isWhole: plan.cut?.kind == .folds)
    var turn = 0
    let began = clock.now
    var step = life.start
    while true {
      let rows: [Int]?
      switch step {
      case .finished(let ending):
        delivered.ending = ending
        return delivered
      case .stopped(let stop, let ending):
        delivered.stop = stop
        return delivered.leaving(ending)
      case .pause(let pause, let next):
        onEvent(.retrying(sequence: batch.sequence, attempt: life.retries + 1, pause: pause, reason: life.lastReason))
        guard await wait(until: clock.now + pause.nanoseconds) else { return delivered.leaving(life.ending) }
        delivered.retries += 1
        rows = next
      case .send(let next):
        rows = next
      }
      guard await wait(until: pacer.reserve(at: clock.now)) else { return delivered.leaving(life.ending) }
      let (request, isLineARow) = requests.request(for: batch, rows: rows, turn: turn)
      delivered.requests += 1
      delivered.bytesSent += request.bodyCount
      let elapsed: () -> Duration = { .nanoseconds(clock.now - began) }
      switch await transport.send(request) {
      case .failure(let failure):
        if failure.stage == .unknown { delivered.isUncertain = true }
        step = life.handle(failure, elapsed: elapsed(), dice: clock.dice)
      case .success(let answer):
        turn += 1
        let sent = rows?.count ?? batch.rows.count
        let verdict = await read(answer, rows: sent, isLineARow: isLineARow, of: batch, &delivered)
        step = life.handle(verdict, elapsed: elapsed(), now: clock.wall / 1_000_000_000, dice: clock.dice)
      }
    }
  }

  /// What an answer means, after whatever look-up it asks for.
  private func read(
    _ answer: Answer, rows: Int, isLineARow: Bool, of batch: Batch, _ delivered: inout Delivered
  ) async -> Verdict {
    var verdict = plan.endpoint.verdict(on: answer, rows: rows)
    if case .exists(let reason) = verdict { verdict = await confirm(batch, reason, &delivered) }
    switch verdict {
    case .unavailable(_, let retryAfter, let execution):
      if execution == .unknown { delivered.isUncertain = true }
      if let retryAfter {
        pacer.hold(until: clock.now + retryAfter.delay(from: clock.wall / 1_000_000_000).nanoseconds)
      }
    case .refused(let reason, _) where !isLineARow:
      verdict = .refused(reason: reason, faults: [])
    case .accepted where plan.endpoint.reading.tellsAmount && !delivered.isUncertain:
      // After a lost answer the rows the server has already are ours.
      if let amount = answer.amount, (0..<rows).contains(amount) { delivered.unchanged += rows - amount }
    default: break
    }
    return verdict
  }

  /// Asks whether what the server says is there is there.
  private func confirm(_ batch: Batch, _ reason: String, _ delivered: inout Delivered) async -> Verdict {
    guard let request = requests.confirmation(for: batch) else { return .refused(reason: reason, faults: []) }
    guard await wait(until: pacer.reserve(at: clock.now)) else {
      return .unavailable(reason: reason, retryAfter: nil, execution: .unknown)
    }
    delivered.requests += 1
    switch await transport.send(request) {
    case .failure(let failure):
      return .unavailable(reason: "\(reason); asked for it: \(failure.reason)", retryAfter: nil, execution: .unknown)
    case .success(let answer) where answer.status == 200: return .accepted
    case .success(let answer) where answer.status == 404:
      return .unavailable(reason: "\(reason), but it is not there", retryAfter: nil, execution: .no)
    case .success(let answer):
      // Whatever is wrong with the look-up is not wrong with the row.
      return .unavailable(
        reason: "\(reason); asked for it: HTTP \(answer.status)",
        retryAfter: answer.retryAfter.flatMap(RetryAfter.init),
        execution: .unknown)
    }
  }

  /// Waits in short naps, so that a stop is noticed; false when the run is stopping.
  private func wait(until moment: Int) async -> Bool {
    while true {
      if isStopped() { return false }
      let now = clock.now
      if now >= moment { return true }
      await clock.sleep(until: min(moment, now + 100_000_000))
    }
  }
}

extension Courier.Delivered {
  /// The batch with only part of its rows settled.
  fileprivate func leaving(_ ending: BatchDelivery.Ending) -> Self {
    var copy = self
    copy.ending = ending
    var settled = Set(ending.accepted)
    settled.formUnion(ending.rejected.map(\.row))
    settled.formUnion(ending.inDoubt.map(\.row))
    copy.pending = batch.rows.indices.filter { !settled.contains($0) }
    return copy
  }
}

extension Duration {
  /// Whole nanoseconds; three centuries fit.
  package var nanoseconds: Int {
    Int(components.seconds) * 1_000_000_000 + Int(components.attoseconds / 1_000_000_000)
  }
}

/// The one pacer of a run, shared by the deliveries in flight.
private final class PacerBox: Sendable {
  private let pacer: Mutex<Pacer>
  init(_ pacer: Pacer) { self.pacer = Mutex(pacer) }
  func reserve(at now: Int) -> Int { pacer.withLock { $0.reserve(at: now) } }
  func hold(until moment: Int) { pacer.withLock { $0.hold(until: moment) } }
}
