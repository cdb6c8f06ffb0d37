package import Delivery
package import Endpoints
package import Jobs
package import Checkpoints
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

  /// What went over the wire, and what it came to.
  package struct Traffic: Sendable {
    package var ending = BatchDelivery.Ending()
    package var requests = 0
    package var retries = 0
    package var bytesSent = 0
    /// Rows among the accepted that the server says it had already.
    package var unchanged = 0
    /// The rows the server says a replacing upload brought in.
    package var amount: Int?
    /// Whether some request may have been carried out though no answer said so.
    package var isUncertain = false
    /// The rows the last refusal named.
    package var faults: [RowFault] = []
    package var stop: BatchDelivery.Stop?
  }

  /// A batch that came back.
  package struct Delivered: Sendable {
    package var batch: Batch
    package var traffic = Traffic()
    /// Rows that were neither settled nor left in doubt.
    package var pending: [Int]
  }

  /// - `keys`: what requests were sent with whose outcome an earlier execution of the run did not learn.
  package init(
    _ plan: ImportPlan, seed: UInt64, keys: [Int: String] = [:], transport: any Transport, clock: any RunClock,
    isStopped: @escaping @Sendable () -> Bool, onEvent: @escaping @Sendable (RunEvent) -> Void
  ) {
    self.plan = plan
    requests = RequestMaker(plan, seed: seed, keys: keys)
    self.transport = transport
    self.clock = clock
    pacer = PacerBox(Pacer(requestsPerSecond: plan.requestsPerSecond))
    self.isStopped = isStopped
    self.onEvent = onEvent
  }

  /// What is written down before the batch leaves; nil where repeating it does no harm.
  private func intent(for batch: Batch, turn: Int) -> Intent? {
    guard plan.endpoint.safety.needsIntent, !batch.rows.isEmpty else { return nil }
    let key = plan.endpoint.safety == .keyed ? requests.key(for: batch, turn: turn) : nil
    return batch.intent(at: clock.wall / 1_000_000_000, key: key)
  }

  /// Delivers the batch; failure is a value, so one bad batch never unwinds the others.
  ///
  /// - `announce`: writes down that the batch is about to be sent, or is under another key; false when it cannot be. It is
  ///   asked when the pace allows the request and not before: what waits for its turn at a kill is not in doubt.
  package func deliver(_ batch: Batch, announce: (Intent) async -> Bool = { _ in true }) async -> Delivered {
    guard !batch.rows.isEmpty else { return Delivered(batch: batch, pending: []) }
    let life = BatchDelivery(
      rows: batch.rows.count, safety: plan.endpoint.safety, backoff: plan.backoff, isWhole: plan.cut?.kind == .folds)
    var announced: Int?
    let traffic = await carry(life, batch.sequence, isRepetition: requests.isRepetition(batch)) { rows, turn in
      let isNew = announced == nil || plan.endpoint.safety == .keyed && turn != announced
      if isNew, let intent = intent(for: batch, turn: turn) {
        guard await announce(intent) else { return nil }
        announced = turn
      }
      let (request, isLineARow) = requests.request(for: batch, rows: rows, turn: turn)
      let count = rows?.count ?? batch.rows.count
      return Parcel(
        request: request, rows: count, isLineARow: isLineARow, confirmation: requests.confirmation(for: batch))
    }
    return Delivered(batch: batch, traffic: traffic, pending: batch.pending(after: traffic.ending))
  }

  /// Sends a file that stands or falls as a whole: its one row in the ending is all of it.
  func upload(_ file: BodyFile, rows: Int, isLineARow: Bool) async -> Traffic {
    let life = BatchDelivery(rows: 1, safety: plan.endpoint.safety, backoff: plan.backoff, isWhole: true)
    return await carry(life, 0, isRepetition: false) { _, _ in
      Parcel(request: requests.request(for: file), rows: rows, isLineARow: isLineARow, confirmation: nil)
    }
  }

  /// One request and what is needed to read its answer.
  private struct Parcel {
    var request: Request
    var rows: Int
    var isLineARow: Bool
    var confirmation: Request?
  }

  /// - `isRepetition`: whether an earlier execution of the run may have sent it.
  /// - `make`: what is sent; nil when nothing may be.
  private func carry(
    _ start: BatchDelivery, _ sequence: Int, isRepetition: Bool,
    _ make: (_ rows: [Int]?, _ turn: Int) async -> Parcel?
  ) async -> Traffic {
    var life = start
    var traffic = Traffic()
    traffic.isUncertain = isRepetition
    var turn = 0
    let began = clock.now
    var step = life.start
    while true {
      let rows: [Int]?
      switch step {
      case .finished(let ending):
        traffic.ending = ending
        return traffic
      case .stopped(let stop, let ending):
        traffic.stop = stop
        traffic.ending = ending
        return traffic
      case .pause(let pause, let next):
        let event = RunEvent.retrying(
          sequence: sequence, attempt: life.retries + 1, pause: pause, reason: life.lastReason)
        // Words may have to wait for a terminal; the thread that sends must not.
        await withTaskExecutorPreference(globalConcurrentExecutor) { onEvent(event) }
        guard await wait(until: clock.now + pause.nanoseconds) else { return traffic.leaving(life) }
        traffic.retries += 1
        rows = next
      case .send(let next):
        rows = next
      }
      guard await wait(until: pacer.reserve(at: clock.now)) else { return traffic.leaving(life) }
      guard let parcel = await make(rows, turn) else { return traffic.leaving(life) }
      traffic.requests += 1
      traffic.bytesSent += parcel.request.bodyCount
      let outcome = await transport.send(parcel.request)
      let elapsed = Duration.nanoseconds(clock.now - began)
      switch outcome {
      case .failure(let failure):
        if failure.stage == .unknown { traffic.isUncertain = true }
        step = life.handle(failure, elapsed: elapsed, dice: clock.dice)
      case .success(let answer):
        let verdict = await read(answer, parcel, &traffic)
        // Once nobody knows what became of a request, only its own key keeps it from being carried out twice.
        if !traffic.isUncertain { turn += 1 }
        step = life.handle(verdict, elapsed: elapsed, now: clock.wall / 1_000_000_000, dice: clock.dice)
      }
    }
  }

  /// What an answer means, after whatever look-up it asks for.
  private func read(_ answer: Answer, _ parcel: Parcel, _ traffic: inout Traffic) async -> Verdict {
    var verdict = plan.endpoint.verdict(on: answer, rows: parcel.rows)
    if case .exists(let reason) = verdict { verdict = await confirm(parcel, reason, &traffic) }
    switch verdict {
    case .unavailable(_, let retryAfter, let execution):
      if execution == .unknown { traffic.isUncertain = true }
      if let retryAfter {
        pacer.hold(until: clock.now + retryAfter.delay(from: clock.wall / 1_000_000_000).nanoseconds)
      }
    case .refused(let reason, _) where !parcel.isLineARow:
      verdict = .refused(reason: reason, faults: [])
    case .refused(_, let faults):
      traffic.faults = faults
    case .accepted where plan.endpoint.reading.tellsAmount && plan.replaces: traffic.amount = answer.amount
    case .accepted where plan.endpoint.reading.tellsAmount && !traffic.isUncertain:
      // After a lost answer the rows the server has already are ours.
      if let amount = answer.amount, (0..<parcel.rows).contains(amount) { traffic.unchanged += parcel.rows - amount }
    default: break
    }
    return verdict
  }

  /// Asks whether what the server says is there is there.
  private func confirm(_ parcel: Parcel, _ reason: String, _ traffic: inout Traffic) async -> Verdict {
    guard let request = parcel.confirmation else { return .refused(reason: reason, faults: []) }
    guard await wait(until: pacer.reserve(at: clock.now)) else {
      return .unavailable(reason: reason, retryAfter: nil, execution: .unknown)
    }
    traffic.requests += 1
    switch await transport.send(request) {
    case .failure(let failure):
      return .unavailable(reason: "\(reason); asked for it: \(failure.reason)", retryAfter: nil, execution: .unknown)
    case .success(let answer) where answer.status == 200:
      guard let field = difference(between: parcel.request.body, and: answer) else { return .accepted }
      return .refused(reason: "\(reason), and it is another: its '\(field)' differs", faults: [])
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

  /// The first field in which what is there is not what was sent; what the answer does not tell is not held against it.
  private func difference(between body: ByteBuffer, and answer: Answer) -> String? {
    guard !plan.endpoint.reading.likeness.isEmpty, let sent = JSONValue(body.bytes(0..<body.count)),
      let found = JSONValue(answer.body)
    else { return nil }
    return plan.endpoint.reading.likeness.first { field in
      guard let own = sent[field], let other = found[field] else { return false }
      return own != other
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

extension Courier.Traffic {
  /// What is known when a delivery is left before its end.
  fileprivate func leaving(_ life: BatchDelivery) -> Self {
    var copy = self
    copy.ending = life.ending
    return copy
  }
}

extension Batch {
  /// The rows an ending says nothing about.
  fileprivate func pending(after ending: BatchDelivery.Ending) -> [Int] {
    // A row ends once; of a thousand, most often all were accepted.
    guard ending.accepted.count + ending.rejected.count + ending.inDoubt.count < rows.count else { return [] }
    var settled = Set(ending.accepted)
    settled.formUnion(ending.rejected.map(\.row))
    settled.formUnion(ending.inDoubt.map(\.row))
    return rows.indices.filter { !settled.contains($0) }
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
