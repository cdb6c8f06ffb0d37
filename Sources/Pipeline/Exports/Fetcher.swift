import Delivery
import Endpoints
import Jobs
import Records
import Synchronization

/// Carries reads to the server until they succeed or cannot: the one owner of their retries.
struct Fetcher: Sendable {
  /// What became of one read.
  struct Fetched: Sendable {
    enum Outcome: Sendable {
      /// The body is in the spool.
      case read
      /// The server says that what was asked for is wrong, or not there.
      case refused(String)
      case stopped(RunStop)
    }

    var outcome = Outcome.read
    var requests = 0
    var retries = 0
  }

  private let plan: ExportPlan
  private let world: ExportWorld
  private let pacer: PacerBox
  private let shared = Shared()

  /// Requests and retries so far, those of reads that came to nothing among them.
  var traffic: (requests: Int, retries: Int) { shared.traffic }

  init(_ plan: ExportPlan, _ world: ExportWorld) {
    self.plan = plan
    self.world = world
    pacer = PacerBox(Pacer(requestsPerSecond: plan.requestsPerSecond))
  }

  /// Reads `target` into `spool`.
  ///
  /// - `what`: what messages call it, such as `slice 3 of 30`.
  /// - `fault`: what is wrong with a body that came whole; a proxy's page of excuses, say, which may pass.
  func fetch(
    _ target: String, _ what: String, into spool: any Spool, fault: (any Spool) -> String? = { _ in nil }
  ) async -> Fetched {
    let clock = world.clock
    var life = BatchDelivery(rows: 1, safety: .safe, backoff: plan.backoff)
    var fetched = Fetched()
    let began = clock.now
    var step = life.start
    while true {
      switch step {
      case .finished(let ending):
        if let refusal = ending.rejected.first { fetched.outcome = .refused(refusal.reason) }
        return fetched
      case .stopped(let stop, _):
        // Others must not wait for a server that this one has given up.
        shared.stop(RunStop(stop))
        fetched.outcome = .stopped(RunStop(stop))
        return fetched
      case .pause(let pause, _):
        world.onEvent(.retryingRead(what, attempt: life.retries + 1, pause: pause, reason: life.lastReason))
        guard await wait(until: clock.now + pause.nanoseconds, &fetched) else { return fetched }
        fetched.retries += 1
        shared.count(retries: 1)
      case .send: break
      }
      guard await wait(until: pacer.reserve(at: clock.now), &fetched) else { return fetched }
      fetched.requests += 1
      shared.count(requests: 1)
      let request = Request(
        method: plan.endpoint.method, api: plan.endpoint.api, target: target, body: Self.nothing,
        stallSeconds: plan.stallSeconds)
      let outcome = await world.transport.download(request, into: spool)
      if let signal = world.interruption() {
        fetched.outcome = .stopped(.interrupted(signal: signal))
        return fetched
      }
      if let reason = spool.storageFailure {
        fetched.outcome = .stopped(.storage(reason))
        return fetched
      }
      step = next(&life, outcome, since: began) { fault(spool) }
    }
  }

  private static let nothing = ByteBuffer(capacity: 0)

  private func next(
    _ life: inout BatchDelivery, _ outcome: Result<Answer, TransportFailure>, since began: Int, fault: () -> String?
  ) -> BatchDelivery.Step {
    let clock = world.clock
    let elapsed = Duration.nanoseconds(clock.now - began)
    switch outcome {
    case .failure(let failure): return life.handle(failure, elapsed: elapsed, dice: clock.dice)
    case .success(let answer):
      var verdict = plan.endpoint.verdict(on: answer)
      if verdict == .accepted, let fault = fault() {
        verdict = .unavailable(reason: fault, retryAfter: nil, execution: .unknown)
      }
      let seconds = clock.wall / 1_000_000_000
      if case .unavailable(_, let retryAfter?, _) = verdict {
        pacer.hold(until: clock.now + retryAfter.delay(from: seconds).nanoseconds)
      }
      return life.handle(verdict, elapsed: elapsed, now: seconds, dice: clock.dice)
    }
  }

  /// Waits in short naps, so that a signal is noticed, or the end of another read; false once there is one.
  private func wait(until moment: Int, _ fetched: inout Fetched) async -> Bool {
    while true {
      if let signal = world.interruption() {
        fetched.outcome = .stopped(.interrupted(signal: signal))
        return false
      }
      if let reason = shared.reason {
        fetched.outcome = .stopped(reason)
        return false
      }
      let now = world.clock.now
      if now >= moment { return true }
      await world.clock.sleep(until: min(moment, now + 100_000_000))
    }
  }

  /// What the reads in flight know of one another: why the run stops, and what was sent.
  private final class Shared: Sendable {
    private struct State {
      var reason: RunStop?
      var requests = 0
      var retries = 0
    }

    private let state = Mutex(State())
    var reason: RunStop? { state.withLock { $0.reason } }
    var traffic: (requests: Int, retries: Int) { state.withLock { ($0.requests, $0.retries) } }
    func stop(_ reason: RunStop) { state.withLock { $0.reason = $0.reason ?? reason } }
    func count(requests: Int = 0, retries: Int = 0) {
      state.withLock {
        $0.requests += requests
        $0.retries += retries
      }
    }
  }

  /// The one pacer of a run, shared by the reads in flight.
  private final class PacerBox: Sendable {
    private let pacer: Mutex<Pacer>
    init(_ pacer: Pacer) { self.pacer = Mutex(pacer) }
    func reserve(at now: Int) -> Int { pacer.withLock { $0.reserve(at: now) } }
    func hold(until moment: Int) { pacer.withLock { $0.hold(until: moment) } }
  }
}
