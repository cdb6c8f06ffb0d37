package import Delivery
package import Endpoints
import Jobs
package import Records
import Synchronization

/// Takes one batch to the server and back: the thin shell around `BatchDelivery`.
package struct Courier: Sendable {
  private let endpoint: ImportEndpoint
  private let target: String
  private let safety: RepeatSafety
  private let backoff: Backoff
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
    package var stop: BatchDelivery.Stop?
  }

  package init(
    _ endpoint: ImportEndpoint, target: String, backoff: Backoff, requestsPerSecond: Double?,
    transport: any Transport, clock: any RunClock, isStopped: @escaping @Sendable () -> Bool,
    onEvent: @escaping @Sendable (RunEvent) -> Void
  ) {
    self.endpoint = endpoint
    self.target = target
    safety = endpoint.safety
    self.backoff = backoff
    self.transport = transport
    self.clock = clock
    pacer = PacerBox(Pacer(requestsPerSecond: requestsPerSecond))
    self.isStopped = isStopped
    self.onEvent = onEvent
  }

  /// Delivers the batch; failure is a value, so one bad batch never unwinds the others.
  package func deliver(_ batch: Batch) async -> Delivered {
    var delivered = Delivered(batch: batch, ending: .init(), pending: [])
    guard !batch.rows.isEmpty else { return delivered }
    var life = BatchDelivery(rows: batch.rows.count, safety: safety, backoff: backoff)
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
      let body = rows.map(batch.body(of:)) ?? batch.body
      delivered.requests += 1
      delivered.bytesSent += body.count
      let outcome = await transport.send(
        Request(
          method: endpoint.method, api: endpoint.api, target: target, body: body,
          stallSeconds: endpoint.limits.stallSeconds, needsFreshConnection: !safety.isRepeatable))
      step = next(&life, outcome, rows: rows?.count ?? batch.rows.count, since: began)
    }
  }

  private func next(
    _ life: inout BatchDelivery, _ outcome: Result<Answer, TransportFailure>, rows: Int, since began: Int
  ) -> BatchDelivery.Step {
    let elapsed = Duration.nanoseconds(clock.now - began)
    switch outcome {
    case .failure(let failure):
      return life.handle(failure, elapsed: elapsed, dice: clock.dice)
    case .success(let answer):
      let verdict = endpoint.verdict(on: answer, rows: rows)
      let seconds = clock.wall / 1_000_000_000
      if case .unavailable(_, let retryAfter?, _) = verdict {
        pacer.hold(until: clock.now + retryAfter.delay(from: seconds).nanoseconds)
      }
      return life.handle(verdict, elapsed: elapsed, now: seconds, dice: clock.dice)
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
