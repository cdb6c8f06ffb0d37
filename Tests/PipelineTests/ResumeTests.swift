import Checkpoints
import Delivery
import Endpoints
import Jobs
import Pipeline
import Records
import Synchronization
import TestKit
import Testing

/// A crash at some moment: what the disks held, and what the server had taken by then.
private struct Crash: Sendable {
  var name: String
  var leftover: Leftover
  var taken: [String]
}

@Suite struct ResumeTests {
  private static let ids = (0..<40).map { $0 % 7 == 3 ? "x\($0)" : $0 % 11 == 5 ? "\($0)r" : "\($0)" }
  private static let sources = MemorySources(files: [
    ("a.csv", World.csv(Array(ids[..<23]))), ("b.csv", World.csv(Array(ids[23...]))),
  ])
  private static let good = ids.filter { !$0.hasPrefix("x") && !$0.hasSuffix("r") }
  private static let bad = ids.filter { $0.hasPrefix("x") || $0.hasSuffix("r") }

  private static func plan(_ safety: RepeatSafety) throws -> ImportPlan {
    var plan = try World.profiles(window: 3, rows: 4)
    plan.endpoint.safety = safety
    return plan
  }

  /// Checks that what follows the crash loses nothing, and repeats nothing it must not.
  private func goOn(
    _ crash: Crash, _ plan: ImportPlan, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let what = Comment(rawValue: crash.name)
    let past = try JournalCodec.recover(crash.leftover.journal)
    if let past {
      #expect(crash.leftover.rejects.count >= past.rejectsBytes, what, sourceLocation: sourceLocation)
    }
    let clock = VirtualClock()
    let transport = ScriptedTransport(clock) { Say.judging($0) }
    let execution = try await World.resume(plan, Self.sources, transport, clock: clock, from: crash.leftover)
    #expect(execution.stop == nil, what, sourceLocation: sourceLocation)
    let sentNow = Set(transport.sent)
    // Settled rows, those in doubt among them, are never sent again.
    if let past {
      let passed = Self.ids.indices.filter { past.accounted.contains($0) }.map { Self.ids[$0] }
      #expect(sentNow.isDisjoint(with: passed), what, sourceLocation: sourceLocation)
    }
    let tally = execution.counts.tally
    #expect(tally.isClosed, what, sourceLocation: sourceLocation)
    #expect(tally.read == Self.ids.count, what, sourceLocation: sourceLocation)
    #expect(tally.pending == 0, what, sourceLocation: sourceLocation)
    // Nothing is lost: every good row was taken, before or after, or is held in doubt.
    let doubtful = Set(Self.ids.indices.filter { past?.inDoubt.contains($0) ?? false }.map { Self.ids[$0] })
    let all = Set(crash.taken + transport.accepted).union(doubtful)
    #expect(all.isSuperset(of: Self.good), what, sourceLocation: sourceLocation)
    #expect(tally.inDoubt == doubtful.count, what, sourceLocation: sourceLocation)
    if plan.endpoint.safety == .unsafe {
      // Nothing is doubled.
      let both = crash.taken + transport.accepted
      #expect(both.count == Set(both).count, what, sourceLocation: sourceLocation)
    } else {
      #expect(doubtful.isEmpty, what, sourceLocation: sourceLocation)
    }
    // Every rejected row stands in the rejects file once, and nothing else does.
    let rejected = rejectedIDs(execution.rejectsText)
    #expect(rejected.count == tally.rejected, what, sourceLocation: sourceLocation)
    #expect(
      Set(rejected) == Set(Self.bad).subtracting(doubtful), what, sourceLocation: sourceLocation)
    #expect(rejected.count == Set(rejected).count, what, sourceLocation: sourceLocation)
    let recovery = try #require(
      try JournalCodec.recover(execution.disks.journal.durable), sourceLocation: sourceLocation)
    #expect(recovery.tally == tally, what, sourceLocation: sourceLocation)
    #expect(recovery.rejectsBytes == execution.disks.rejects.durable.count, what, sourceLocation: sourceLocation)
  }

  /// A run of which the disks and the server are looked at before and after every request is answered.
  private func crashes(_ plan: ImportPlan) async throws -> [Crash] {
    let disks = Disks()
    let clock = VirtualClock()
    let crashes = Mutex<[Crash]>([])
    let taken = Mutex<[String]>([])
    let random = Mutex(SplitMix64(seed: 9))
    let transport = ScriptedTransport(clock) { arrival in
      func look(_ when: String) {
        // What the server took is looked at first: taking more afterwards would not be of this moment.
        let seen = taken.withLock { $0 }
        let views = [("kill", disks.cached), ("power cut", disks.durable)]
        crashes.withLock { list in
          for (kind, leftover) in views {
            list.append(Crash(name: "\(kind) \(when) request \(arrival.number)", leftover: leftover, taken: seen))
          }
        }
      }
      look("before")
      for _ in 0..<random.withLock({ Int.random(in: 0..<20, using: &$0) }) { await Task.yield() }
      let answer = Say.judging(arrival)
      if answer == Say.yes { taken.withLock { $0 += arrival.keys } }
      look("after")
      return answer
    }
    let execution = try await World.run(plan, Self.sources, transport, clock: clock, disks: disks)
    #expect(execution.stop == nil)
    let list = crashes.withLock { $0 }
    #expect(list.count == transport.arrivals.count * 4)
    return list
      + [
        Crash(name: "kill at the end", leftover: disks.cached, taken: transport.accepted),
        Crash(name: "power cut at the end", leftover: disks.durable, taken: transport.accepted),
      ]
  }

  @Test func aSafeRunKilledAtAnyRequestGoesOnAndLosesNothing() async throws {
    let plan = try Self.plan(.safe)
    for crash in try await crashes(plan) { try await goOn(crash, plan) }
  }

  @Test func anUnsafeRunKilledAtAnyRequestNeitherLosesNorDoublesARow() async throws {
    let plan = try Self.plan(.unsafe)
    for crash in try await crashes(plan) { try await goOn(crash, plan) }
  }

  @Test(arguments: [RepeatSafety.safe, .unsafe], [false, true])
  func aDiskThatFailsAtAnyOperationStopsTheRunAndItGoesOn(_ safety: RepeatSafety, _ isJournal: Bool) async throws {
    let plan = try Self.plan(safety)
    var operation = 2
    while true {
      operation += 1
      for synced in [false, true] {
        let bad = FaultyDisk(failingAt: isJournal ? operation : operation - 2, syncsBeforeFailing: synced)
        let disks = isJournal ? Disks(journal: bad) : Disks(rejects: bad)
        let clock = VirtualClock()
        let transport = ScriptedTransport(clock) { Say.judging($0) }
        let execution = try await World.run(plan, Self.sources, transport, clock: clock, disks: disks)
        guard bad.fired else {
          // How many writes there are depends on how many outcomes come together; more than the first ones failed.
          #expect(operation > 4)
          return
        }
        guard case .storage? = execution.stop else {
          Issue.record("operation \(operation) failed and the run ended with \(String(describing: execution.stop))")
          return
        }
        #expect(execution.stop?.exit == 75)
        for (kind, leftover) in [("kill", disks.cached), ("power cut", disks.durable)] {
          try await goOn(
            Crash(name: "\(kind) after operation \(operation)", leftover: leftover, taken: transport.accepted), plan)
        }
      }
    }
  }

  @Test func theIntentOfAnUnsafeBatchIsDurableBeforeTheServerSeesIt() async throws {
    let plan = try Self.plan(.unsafe)
    let disks = Disks()
    let clock = VirtualClock()
    let unannounced = Mutex<[String]>([])
    let transport = ScriptedTransport(clock) { arrival in
      let recovery = try? JournalCodec.recover(disks.journal.durable)
      let announced = recovery?.inDoubt ?? RecordRanges()
      for key in arrival.keys {
        let isThere = Self.ids.firstIndex(of: key).map(announced.contains) ?? false
        if !isThere { unannounced.withLock { $0.append(key) } }
      }
      return Say.judging(arrival)
    }
    let execution = try await World.run(plan, Self.sources, transport, clock: clock, disks: disks)
    #expect(execution.stop == nil)
    #expect(unannounced.withLock { $0 }.isEmpty)
    #expect(transport.arrivals.count > 8)
  }

  @Test func whatCountsIsDurable() async throws {
    let plan = try World.profiles(window: 1, rows: 3)
    let disks = Disks()
    let clock = VirtualClock()
    let transport = ScriptedTransport(clock) { Say.judging($0) }
    let progress = try await World.run(plan, Self.sources, transport, clock: clock, disks: disks)
    let recovery = try #require(try JournalCodec.recover(disks.journal.durable))
    #expect(recovery.settledTallies == progress.counts.tallies)
    #expect(recovery.requests == progress.counts.requests)
    #expect(disks.rejects.durable == disks.rejects.cached)
  }

  @Test func anUnknownOutcomeOfAnUnsafeBatchIsHeldInDoubtAcrossRuns() async throws {
    let plan = try Self.plan(.unsafe)
    let clock = VirtualClock()
    let transport = ScriptedTransport(clock) { arrival in
      arrival.keys.contains("8") ? .failure(TransportFailure(.unknown, "reset")) : Say.judging(arrival)
    }
    let execution = try await World.run(plan, Self.sources, transport, clock: clock)
    #expect(execution.stop == nil)
    #expect(execution.counts.tally.inDoubt > 0)
    #expect(execution.counts.tally.isClosed)
    let recovery = try #require(try JournalCodec.recover(execution.disks.journal.durable))
    #expect(recovery.tally == execution.counts.tally)
    let again = ScriptedTransport(clock) { Say.judging($0) }
    let second = try await World.resume(plan, Self.sources, again, clock: clock, from: execution.disks.durable)
    #expect(again.arrivals.isEmpty)
    #expect(second.counts.tally == execution.counts.tally)
  }

  @Test(arguments: [RepeatSafety.safe, .unsafe], 1...12)
  func anInterruptedRunLeavesTheRestPendingAndGoesOn(_ safety: RepeatSafety, _ at: Int) async throws {
    let plan = try Self.plan(safety)
    let clock = VirtualClock()
    let signal = Mutex<Int32?>(nil)
    let transport = ScriptedTransport(clock) { arrival in
      if arrival.number == at { signal.withLock { $0 = 15 } }
      return Say.judging(arrival)
    }
    let execution = try await World.run(
      plan, Self.sources, transport, clock: clock, interruption: { signal.withLock { $0 } })
    guard execution.stop != nil else {
      #expect(at > 8)
      return
    }
    #expect(execution.stop == .interrupted(signal: 15))
    #expect(execution.stop?.exit == 143)
    let tally = execution.counts.tally
    #expect(tally.isClosed)
    #expect(tally.inDoubt == 0)
    let recovery = try #require(try JournalCodec.recover(execution.disks.journal.durable))
    #expect(recovery.inDoubt.isEmpty, "every request was answered, so nothing is in doubt")
    try await goOn(
      Crash(name: "interrupted at \(at)", leftover: execution.disks.durable, taken: transport.accepted), plan)
  }

  @Test(arguments: [RepeatSafety.safe, .unsafe])
  func aRefusedKeyLeavesRowsPendingNotInDoubt(_ safety: RepeatSafety) async throws {
    let plan = try Self.plan(safety)
    let clock = VirtualClock()
    let transport = ScriptedTransport(clock) { arrival in
      arrival.number > 3 ? Say.status(401) : Say.judging(arrival)
    }
    let execution = try await World.run(plan, Self.sources, transport, clock: clock)
    #expect(execution.stop?.exit == 77)
    let recovery = try #require(try JournalCodec.recover(execution.disks.journal.durable))
    #expect(recovery.inDoubt.isEmpty, "the server said no, so nothing is in doubt")
    try await goOn(
      Crash(name: "the key refused", leftover: execution.disks.durable, taken: transport.accepted), plan)
  }
}
