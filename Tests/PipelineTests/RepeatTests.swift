import Checkpoints
import Delivery
import Endpoints
import Jobs
import Pipeline
import Records
import Synchronization
import TestKit
import Testing

/// What may be repeated on a condition: with the same key for a day, or when a look-up says so.
@Suite struct RepeatTests {
  private static let hour = 3600 * 1_000_000_000
  private static let sources = MemorySources(files: [("a.csv", "id,profile\ns0,ada\ns1,bob\ns2,cyd\n")])

  private static func sessions(window: Int = 1) throws -> ImportPlan {
    try World.plan(
      """
      name: t
      import:
        source: a.csv
        target: sessions.update
        map: { sessionId: id, profileId: profile }
        delivery: { window: \(window) }
      """)
  }

  private static func events() throws -> ImportPlan {
    try World.plan(
      """
      name: t
      import:
        source: a.csv
        target: events.track-v3
        settings: { type: visited }
        map: { integrationId: id, profileId: profile }
        delivery: { window: 1 }
      """)
  }

  /// What the requests for `s1` were sent with, when they are answered like this in turn, then with success.
  private func keys(_ answers: [Result<Answer, TransportFailure>]) async throws -> [String] {
    let clock = VirtualClock()
    let rest = Mutex(answers)
    let transport = ScriptedTransport(clock) { arrival in
      guard arrival.keys == ["s1"] else { return Say.yes }
      return rest.withLock { $0.isEmpty ? Say.yes : $0.removeFirst() }
    }
    let execution = try await World.run(try Self.sessions(), Self.sources, transport, clock: clock)
    #expect(execution.stop == nil)
    #expect(execution.counts.tally == Tally(read: 3, accepted: 3))
    return transport.arrivals.filter { $0.keys == ["s1"] }.compactMap(\.idempotencyKey)
  }

  @Test func theKeyStaysTheSameWhileTheOutcomeIsUnknown() async throws {
    let keys = try await keys([
      .failure(TransportFailure(.unknown, "reset")), Say.status(500), Say.status(504), Say.status(408),
      .failure(TransportFailure(.notSent, "refused")),
    ])
    #expect(keys.count == 6)
    #expect(Set(keys).count == 1)
    #expect(keys.allSatisfy { $0.utf8.count <= 255 })
  }

  @Test func aDefiniteAnswerMakesANewKey() async throws {
    let keys = try await keys([
      Say.status(429), Say.status(409, "updated at the same time"), .failure(TransportFailure(.unknown, "reset")),
    ])
    #expect(keys.count == 4)
    #expect(Set(keys).count == 3)
    #expect(keys[2] == keys[3], "nobody knows what became of the third")
    #expect(keys[1].hasPrefix(keys[0]) && keys[2].hasPrefix(keys[0]))
  }

  @Test func anAnswerToARepetitionSaysNothingAboutWhatItRepeats() async throws {
    let keys = try await keys([.failure(TransportFailure(.unknown, "reset")), Say.status(429), Say.status(409)])
    #expect(keys.count == 4)
    #expect(Set(keys).count == 1)
  }

  @Test func everyRequestHasAKeyOfItsOwn() async throws {
    let clock = VirtualClock()
    let transport = ScriptedTransport(clock) { _ in Say.yes }
    _ = try await World.run(try Self.sessions(), Self.sources, transport, clock: clock)
    #expect(Set(transport.arrivals.map { $0.idempotencyKey ?? "" }).count == 3)
  }

  /// What a kill leaves after `s1` was answered like this in turn, the last time not at all.
  private func killed(
    _ clock: VirtualClock, after answers: [Result<Answer, TransportFailure>] = []
  ) async throws -> (leftover: Leftover, lastKey: String?) {
    let disks = Disks()
    let rest = Mutex(answers)
    let found = Mutex<(Leftover, String?)?>(nil)
    let transport = ScriptedTransport(clock) { arrival in
      guard arrival.keys == ["s1"] else { return Say.yes }
      if let answer = rest.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) { return answer }
      found.withLock { $0 = $0 ?? (disks.durable, arrival.idempotencyKey) }
      return Say.yes
    }
    _ = try await World.run(try Self.sessions(), Self.sources, transport, clock: clock, disks: disks)
    return try #require(found.withLock { $0 })
  }

  @Test(arguments: [1, 22]) func resumedWithinTheDayTheKeyIsTheSame(_ hours: Int) async throws {
    let clock = VirtualClock()
    let (leftover, key) = try await killed(clock)
    await clock.sleep(until: clock.now + hours * Self.hour)
    let transport = ScriptedTransport(clock) { _ in Say.yes }
    let execution = try await World.resume(try Self.sessions(), Self.sources, transport, clock: clock, from: leftover)
    #expect(transport.arrivals.first { $0.keys == ["s1"] }?.idempotencyKey == key)
    #expect(execution.counts.tally == Tally(read: 3, accepted: 3))
  }

  @Test(arguments: [23, 24, 1000]) func resumedAfterTheDayTheRowIsInDoubt(_ hours: Int) async throws {
    let clock = VirtualClock()
    let (leftover, _) = try await killed(clock)
    await clock.sleep(until: clock.now + hours * Self.hour)
    let transport = ScriptedTransport(clock) { _ in Say.yes }
    let execution = try await World.resume(try Self.sessions(), Self.sources, transport, clock: clock, from: leftover)
    #expect(transport.sent == ["s2"])
    #expect(execution.counts.tally == Tally(read: 3, accepted: 2, inDoubt: 1))
  }

  @Test func theKeyInFlightAtAKillIsTheOneThatIsRepeated() async throws {
    let clock = VirtualClock()
    let (leftover, key) = try await killed(clock, after: [Say.status(429), Say.status(429)])
    let answers = Mutex([Say.status(429), .failure(TransportFailure(.unknown, "reset")), Say.yes])
    let transport = ScriptedTransport(clock) { arrival in
      arrival.keys == ["s1"] ? answers.withLock { $0.removeFirst() } : Say.yes
    }
    let execution = try await World.resume(try Self.sessions(), Self.sources, transport, clock: clock, from: leftover)
    let sent = transport.arrivals.filter { $0.keys == ["s1"] }.map(\.idempotencyKey)
    #expect(sent == [key, key, key], "whatever is answered to it: the one before the kill may have been carried out")
    #expect(execution.counts.tally == Tally(read: 3, accepted: 3))
  }

  // MARK: What carries its own id

  private func track(
    _ script: @escaping @Sendable (ScriptedTransport.Arrival, _ post: Int) -> Result<Answer, TransportFailure>
  ) async throws -> (requests: [String], Execution) {
    let clock = VirtualClock()
    let posts = Mutex(0)
    let transport = ScriptedTransport(clock) { arrival in
      guard arrival.keys == ["s1"] else { return Say.yes }
      return script(
        arrival,
        posts.withLock { count in
          if arrival.method == .post { count += 1 }
          return count
        })
    }
    let execution = try await World.run(try Self.events(), Self.sources, transport, clock: clock)
    #expect(execution.stop == nil)
    let mine = transport.arrivals.filter { $0.keys == ["s1"] }
    return (mine.map { "\($0.method.rawValue) \($0.target.prefix { $0 != "?" })" }, execution)
  }

  private static let post = "POST /v3/events"
  private static let look = "GET /v3/events/s1"

  @Test func whatExistsAlreadyIsAcceptedOnceALookUpFindsIt() async throws {
    let (requests, execution) = try await track { arrival, post in
      if arrival.method == .get { return Say.yes }
      return post == 1 ? .failure(TransportFailure(.unknown, "reset")) : Say.status(409, "event already exists")
    }
    #expect(requests == [Self.post, Self.post, Self.look])
    #expect(execution.counts.tally == Tally(read: 3, accepted: 3))
  }

  @Test(arguments: [("another", "visited", "profileId"), ("bob", "other", "type")])
  func anotherOfTheSameIdIsNoConfirmation(_ profile: String, _ type: String, _ field: String) async throws {
    let (_, execution) = try await track { arrival, _ in
      if arrival.method == .post { return Say.status(409, "event already exists") }
      let found = "{\"id\":1,\"integrationId\":\"s1\",\"profileId\":\"\(profile)\",\"type\":\"\(type)\"}"
      return .success(Answer(status: 200, body: Array(found.utf8)))
    }
    #expect(execution.counts.tally == Tally(read: 3, accepted: 2, rejected: 1))
    #expect(execution.rejectsText.contains("event already exists, and it is another: its '\(field)' differs"))
  }

  @Test func whatIsSaidToExistButIsNotThereIsSentAgain() async throws {
    let (requests, execution) = try await track { arrival, post in
      if arrival.method == .get { return Say.status(404) }
      return post == 1 ? Say.status(409, "event already exists") : Say.yes
    }
    #expect(requests == [Self.post, Self.look, Self.post])
    #expect(execution.counts.tally == Tally(read: 3, accepted: 3))
  }

  @Test(arguments: [401, 500]) func aLookUpThatFailsBlamesNoRow(_ status: Int) async throws {
    let (requests, execution) = try await track { arrival, post in
      if arrival.method == .get { return post == 1 ? Say.status(status) : Say.yes }
      return Say.status(409, "event already exists")
    }
    #expect(requests == [Self.post, Self.look, Self.post, Self.look])
    #expect(execution.counts.tally == Tally(read: 3, accepted: 3))
  }

  @Test func updatesThatMetAreSentAgainWithoutALookUp() async throws {
    let (requests, execution) = try await track { _, post in
      post < 3 ? Say.status(409, "the profile was updated at the same time") : Say.yes
    }
    #expect(requests == [Self.post, Self.post, Self.post])
    #expect(execution.counts.tally == Tally(read: 3, accepted: 3))
  }
}
