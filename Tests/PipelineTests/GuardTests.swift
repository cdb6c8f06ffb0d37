import Checkpoints
import Delivery
import Endpoints
import Jobs
import Pipeline
import Records
import Synchronization
import TestKit
import Testing

@Suite struct GuardTests {
  private static func ids(_ count: Int, _ name: (Int) -> String = { "\($0)" }) -> MemorySources {
    MemorySources(files: [("a.csv", World.csv((0..<count).map(name)))])
  }

  @Test func moreRejectsThanTheJobAllowsStopTheRun() async throws {
    let plan = try World.profiles(window: 1, guards: "maxRejects: 3")
    let clock = VirtualClock()
    let transport = ScriptedTransport(clock) { Say.judging($0) }
    let sources = Self.ids(100) { $0 % 5 == 4 ? "x\($0)" : $0 % 5 == 3 ? "\($0)r" : "\($0)" }
    let execution = try await World.run(plan, sources, transport, clock: clock)
    #expect(execution.stop?.exit == 2)
    #expect(execution.stop?.status == .guarded)
    #expect(execution.stop?.reason.contains("guards.maxRejects") == true)
    #expect(execution.counts.tally.rejected == 4)
    #expect(execution.counts.tally.isClosed)
    #expect(execution.events.contains { if case .stopping = $0 { true } else { false } })
  }

  @Test func rejectsOfAnInterruptedExecutionCountWhenItIsResumed() async throws {
    let plan = try World.profiles(window: 1, guards: "maxRejects: 3")
    let clock = VirtualClock()
    let sources = Self.ids(100) { $0 % 10 == 4 ? "x\($0)" : "\($0)" }
    let sent = Mutex(0)
    let transport = ScriptedTransport(clock) { _ in
      sent.withLock { $0 += 1 }
      return Say.yes
    }
    let first = try await World.run(plan, sources, transport, clock: clock) { sent.withLock { $0 } > 4 ? 15 : nil }
    #expect(first.stop == .interrupted(signal: 15))
    let before = first.counts.tally.rejected
    #expect((1...3).contains(before))
    let second = try await World.resume(plan, sources, transport, clock: clock, from: first.disks.durable)
    #expect(second.stop?.exit == 2)
    #expect(second.counts.tally.rejected == 4)
  }

  @Test func exactlyTheAllowedRejectsDoNotStopTheRun() async throws {
    let plan = try World.profiles(window: 1, guards: "maxRejects: 20")
    let clock = VirtualClock()
    let transport = ScriptedTransport(clock) { Say.judging($0) }
    let execution = try await World.run(
      plan, Self.ids(100) { $0 % 5 == 4 ? "x\($0)" : "\($0)" }, transport, clock: clock)
    #expect(execution.stop == nil)
    #expect(execution.counts.tally == Tally(read: 100, accepted: 80, rejected: 20))
  }

  @Test func aShareOfRejectsIsJudgedFromAThousandRowsOn() async throws {
    let plan = try World.profiles(window: 1, rows: 100, guards: "maxRejects: 10%")
    let clock = VirtualClock()
    let transport = ScriptedTransport(clock) { Say.judging($0) }
    let few = try await World.run(
      plan, Self.ids(900) { $0 % 2 == 0 ? "x\($0)" : "\($0)" }, transport, clock: clock)
    #expect(few.stop == nil)
    let many = try await World.run(
      plan, Self.ids(3000) { $0 % 2 == 0 ? "x\($0)" : "\($0)" }, transport, clock: clock)
    #expect(many.stop?.exit == 2)
    #expect(many.counts.tally.read < 1500)
    let allowed = try await World.run(
      plan, Self.ids(3000) { $0 % 10 == 0 ? "x\($0)" : "\($0)" }, transport, clock: clock)
    #expect(allowed.stop == nil)
  }

  private static func removals(_ most: Int) throws -> ImportPlan {
    try World.plan(
      """
      name: t
      import:
        source: a.csv
        target: catalog.sync
        settings: { catalogId: 1, action: REMOVE }
        map: { sku: id }
        delivery: { batchRows: 5 }
        guards: { maxRemovals: \(most) }
      """)
  }

  @Test func moreRemovalsThanTheJobAllowsAreNotSent() async throws {
    let clock = VirtualClock()
    let transport = ScriptedTransport(clock) { _ in Say.yes }
    let execution = try await World.run(try Self.removals(12), Self.ids(30), transport, clock: clock)
    #expect(execution.stop?.exit == 2)
    #expect(execution.stop?.reason.contains("guards.maxRemovals") == true)
    #expect(transport.sent.count == 10)
    #expect(execution.counts.tally.isClosed)
    #expect(execution.counts.tally.accepted == 10)
    let allowed = try await World.run(try Self.removals(30), Self.ids(30), transport, clock: clock)
    #expect(allowed.stop == nil)
    #expect(allowed.counts.tally.accepted == 30)
  }

  @Test func aServerThatRefusesEverythingIsGivenUpOn() async throws {
    let plan = try World.profiles(window: 1, rows: 100)
    let clock = VirtualClock()
    let transport = ScriptedTransport(clock) { Say.faults(Array($0.keys.indices)) }
    let execution = try await World.run(plan, Self.ids(5000), transport, clock: clock)
    #expect(execution.stop?.exit == 2)
    #expect(execution.stop?.reason.contains("refused every one") == true)
    #expect(transport.arrivals.count == 10)
    #expect(execution.counts.tally.rejected == 1000)
    #expect(execution.counts.tally.isClosed)
  }

  @Test(arguments: [(401, 77), (403, 77), (404, 78), (302, 70)] as [(Int, Int32)])
  func aFatalAnswerStopsWithItsExitStatus(_ status: Int, _ exit: Int32) async throws {
    let plan = try World.profiles(window: 2)
    let clock = VirtualClock()
    let transport = ScriptedTransport(clock) { $0.number < 4 ? Say.yes : Say.status(status, "word") }
    let execution = try await World.run(plan, Self.ids(100), transport, clock: clock)
    #expect(execution.stop?.exit == exit)
    #expect(execution.stop?.status == .stopped)
    #expect(execution.stop?.reason.contains("HTTP \(status): word") == true)
    #expect(execution.counts.tally.accepted == 15)
    #expect(execution.counts.tally.rejected == 0)
    #expect(execution.counts.tally.isClosed)
    #expect(transport.arrivals.count <= 5)
    #expect(execution.counts.requests == transport.arrivals.count)
  }

  @Test(arguments: ["attempts: 4", "patience: 30s"]) func aServerThatStaysAwayEndsInTempFailure(_ budget: String)
    async throws
  {
    let plan = try World.profiles(window: 2, delivery: budget)
    let clock = VirtualClock()
    let transport = ScriptedTransport(clock) { _ in .failure(TransportFailure(.notSent, "connection refused")) }
    let execution = try await World.run(plan, Self.ids(100), transport, clock: clock)
    #expect(execution.stop?.exit == 75)
    #expect(execution.stop?.reason.contains("connection refused") == true)
    #expect(execution.counts.tally.accepted == 0)
    #expect(execution.counts.tally.pending == execution.counts.tally.read)
    #expect(execution.counts.requests == transport.arrivals.count)
    if budget.hasPrefix("patience") { #expect(clock.now <= 60_000_000_000) }
    if budget.hasPrefix("attempts") { #expect(transport.arrivals.count <= 8) }
  }

  @Test func anInterruptionEndsALongPauseAtOnce() async throws {
    let plan = try World.profiles(window: 1)
    let clock = VirtualClock()
    let signal = Mutex<Int32?>(nil)
    let transport = ScriptedTransport(clock) { _ in Say.status(429, retryAfter: "600") }
    let execution = try await World.run(
      plan, Self.ids(20), transport, clock: clock, interruption: { signal.withLock { $0 } },
      onEvent: { if case .retrying = $0 { signal.withLock { $0 = 2 } } })
    #expect(execution.stop == .interrupted(signal: 2))
    #expect(execution.stop?.exit == 130)
    #expect(clock.now < 1_000_000_000)
    #expect(execution.counts.tally.pending == execution.counts.tally.read)
  }
}
