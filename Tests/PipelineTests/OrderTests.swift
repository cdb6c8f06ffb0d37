import Checkpoints
import Delivery
import Endpoints
import Jobs
import Pipeline
import Records
import Synchronization
import TestKit
import Testing

@Suite struct OrderTests {
  /// Rows `key,n` with `n` counting the rows of a key.
  private static func rows(_ count: Int, keys: Int, seed: UInt64) -> String {
    var random = SplitMix64(seed: seed)
    var counts: [Int: Int] = [:]
    var text = "id,n\n"
    for _ in 0..<count {
      let key = Int.random(in: 0..<keys, using: &random)
      counts[key, default: 0] += 1
      text += "k\(key),\(counts[key, default: 0])\n"
    }
    return text
  }

  @Test(arguments: ["keep", "last", "first"], [1, 2, 3, 4] as [UInt64])
  func aKeyIsNeverInTwoRequestsAtOnceAndItsOrderIsTheFiles(_ rule: String, _ seed: UInt64) async throws {
    let plan = try World.profiles(window: 8, rows: 5, duplicates: rule)
    let clock = VirtualClock()
    let random = Mutex(SplitMix64(seed: seed))
    let transport = ScriptedTransport(clock) { arrival in
      let (naps, dice) = random.withLock { (Int.random(in: 0..<40, using: &$0), Int.random(in: 0..<20, using: &$0)) }
      for _ in 0..<naps { await Task.yield() }
      if dice == 0 { return Say.status(503) }
      return dice < 3 && arrival.keys.count > 1 ? Say.status(400) : Say.yes
    }
    let sources = MemorySources(files: [("a.csv", Self.rows(600, keys: 80, seed: seed))])
    let execution = try await World.run(plan, sources, transport, clock: clock)
    #expect(execution.stop == nil)
    #expect(transport.collisions.isEmpty)
    #expect(transport.mostInFlight > 1)
    #expect(transport.mostInFlight <= 8)
    expectOrder(transport.arrivals)
    if rule == "keep" { #expect(execution.counts.tally.skipped == 0) }
    #expect(execution.counts.tally.isClosed)
  }

  /// Every key's numbers come in ascending order; a row sent again may repeat its number.
  private func expectOrder(
    _ arrivals: [ScriptedTransport.Arrival], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var last: [String: Int] = [:]
    for arrival in arrivals {
      for (key, row) in zip(arrival.keys, arrival.rows) {
        let value = row["attributes"]?["n"] ?? row["payload"]?["price"]
        let number = value?.text.flatMap { Int($0) } ?? 0
        #expect(number >= last[key, default: 0], "\(key)", sourceLocation: sourceLocation)
        last[key] = number
      }
    }
  }

  @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
  func rowsOfSeveralActionsKeepTheOrderOfTheirKeys(_ seed: UInt64) async throws {
    let plan = try World.plan(
      """
      name: t
      import:
        source: a.csv
        target: catalog.sync
        settings: { catalogId: 1, replaceIfExists: true, createIfNotExists: true, allowAll: true }
        map: { action: action, sku: id, price: n, product.name: id }
        duplicates: keep
        delivery: { window: 8, batchRows: 4 }
      """)
    var random = SplitMix64(seed: seed)
    var counts: [Int: Int] = [:]
    var text = "action,id,n\n"
    for _ in 0..<600 {
      let key = Int.random(in: 0..<150, using: &random)
      counts[key, default: 0] += 1
      // Patches are rare, so that their batch stays open while many others leave.
      let action = Int.random(in: 0..<20, using: &random) == 0 ? "PATCH" : "ADD"
      text += "\(action),k\(key),\(counts[key, default: 0])\n"
    }
    let naps = Mutex(SplitMix64(seed: seed))
    let clock = VirtualClock()
    let transport = ScriptedTransport(clock) { _ in
      for _ in 0..<naps.withLock({ Int.random(in: 0..<40, using: &$0) }) { await Task.yield() }
      return Say.yes
    }
    let execution = try await World.run(plan, MemorySources(files: [("a.csv", text)]), transport, clock: clock)
    #expect(execution.stop == nil)
    #expect(execution.counts.tally.accepted == 600)
    #expect(transport.collisions.isEmpty)
    expectOrder(transport.arrivals)
    for arrival in transport.arrivals { #expect(Set(arrival.keys).count == arrival.keys.count) }
  }
}
