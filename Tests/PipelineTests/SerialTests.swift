import Checkpoints
import Delivery
import Endpoints
import Jobs
import Pipeline
import Records
import Synchronization
import TestKit
import Testing

/// Rows of one profile follow one another; those of others do not wait for them.
@Suite struct SerialTests {
  enum Target: String, Sendable, CaseIterable {
    case events = "events.track-v3"
    case sessions = "sessions.update"
    case points = "points.add"

    var plan: String {
      let map =
        switch self {
        case .events: "settings: { type: visited }\n  map: { integrationId: id, profileId: profile }"
        case .sessions: "map: { sessionId: id, profileId: profile, attributes.n: id }"
        case .points: "settings: { loyaltyProgramId: 33 }\n  map: { integrationId: profile, points: n, name: id }"
        }
      return "name: t\nimport:\n  source: a.csv\n  target: \(rawValue)\n  \(map)\n  delivery: { window: 6 }\n"
    }

    /// The profile a request is about, and the row.
    func subject(_ arrival: ScriptedTransport.Arrival) -> (profile: String, row: Int) {
      let object = self == .sessions ? arrival.body?["customerSession"] : arrival.body
      switch self {
      case .events, .sessions:
        return (object?["profileId"]?.text ?? "?", Int(arrival.keys[0].dropFirst()) ?? -1)
      case .points:
        return (Self.profile(arrival.target), Int((object?["name"]?.text ?? "?").dropFirst()) ?? -1)
      }
    }

    private static func profile(_ target: String) -> String {
      let parts = target.split(separator: "/")
      return parts.firstIndex(of: "profile").map { String(parts[$0 + 1]) } ?? "?"
    }
  }

  private struct Log: Sendable {
    var open: [String: Int] = [:]
    /// Rows of each profile, in the order their first requests came.
    var order: [String: [Int]] = [:]
    var overlaps: [String] = []
    var tries: [Int: Int] = [:]
    /// Profiles on the wire at once, at most.
    var most = 0
    var random: SplitMix64
  }

  @Test(arguments: Target.allCases, [1, 2, 3] as [UInt64])
  func requestsOfOneProfileNeverOverlapAndKeepTheirOrderAlsoWhenRetried(_ target: Target, _ seed: UInt64) async throws {
    var random = SplitMix64(seed: seed)
    var rows: [String: [Int]] = [:]
    var text = "id,profile,n\n"
    for row in 0..<300 {
      // One profile has a third of all rows, so that looking ahead is worth something.
      let profile = Int.random(in: 0..<3, using: &random) == 0 ? "busy" : "q\(Int.random(in: 0..<25, using: &random))"
      rows[profile, default: []].append(row)
      text += "r\(row),\(profile),1\n"
    }
    let clock = VirtualClock()
    let log = Mutex(Log(random: random))
    let transport = ScriptedTransport(clock) { arrival in
      let (profile, row) = target.subject(arrival)
      let (naps, dice, tries) = log.withLock { log in
        log.tries[row, default: 0] += 1
        if log.open[profile] != nil { log.overlaps.append("\(profile): \(row)") }
        log.open[profile] = row
        if log.tries[row] == 1 { log.order[profile, default: []].append(row) }
        log.most = max(log.most, log.open.count)
        return (
          Int.random(in: 0..<30, using: &log.random), Int.random(in: 0..<10, using: &log.random), log.tries[row] ?? 0
        )
      }
      for _ in 0..<naps { await Task.yield() }
      log.withLock { $0.open[profile] = nil }
      if tries > 5 { return Say.yes }
      return dice == 0
        ? Say.status(429) : dice == 1 ? .failure(TransportFailure(.notSent, "connection refused")) : Say.yes
    }
    let plan = try World.plan(target.plan)
    let execution = try await World.run(plan, MemorySources(files: [("a.csv", text)]), transport, clock: clock)
    #expect(execution.stop == nil)
    #expect(execution.counts.tally == Tally(read: 300, accepted: 300))
    #expect(execution.counts.retries > 20)
    let seen = log.withLock { $0 }
    #expect(seen.overlaps.isEmpty)
    #expect(seen.order == rows)
    #expect(seen.most > 1)
    #expect(transport.mostInFlight <= 6)
  }

  @Test func aBusyProfileDoesNotHoldTheOthersUp() async throws {
    // The first row is answered only when everybody else's was: that needs the rows behind its own to be overtaken.
    let text = "id,profile,n\nr0,busy,1\nr1,busy,1\nr2,busy,1\n" + (3..<12).map { "r\($0),q\($0),1\n" }.joined()
    let clock = VirtualClock()
    let others = Mutex(0)
    let transport = ScriptedTransport(clock) { arrival in
      let (profile, row) = Target.events.subject(arrival)
      if profile != "busy" { others.withLock { $0 += 1 } }
      if row == 0 { for _ in 0..<100_000 where others.withLock({ $0 }) < 9 { await Task.yield() } }
      return Say.yes
    }
    let execution = try await World.run(
      try World.plan(Target.events.plan), MemorySources(files: [("a.csv", text)]), transport, clock: clock)
    #expect(execution.counts.tally == Tally(read: 12, accepted: 12))
    let order = transport.arrivals.map { Target.events.subject($0).row }
    #expect(order.filter { $0 < 3 } == [0, 1, 2])
    #expect(Set(order.prefix(10)) == Set([0] + (3..<12)), "the rows of the busy profile come last")
  }
}
