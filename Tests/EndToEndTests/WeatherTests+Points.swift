import Foundation
import Sandbox
import Testing

/// Points add up, so nothing about them may be sent twice: what nobody knows is held in doubt, and nothing else is.
extension WeatherTests {
  /// In doubt are exactly the rows whose acknowledgement did not come: lost, broken off, or an answer that says anything.
  @Test(arguments: [
    nil, "500:first1,429:after=1:first1,reset:after=2:first1,429:after=6:every5", "lost:after=1:every4",
    "502:after=1:every4:applied", "429:every3:retry-after=0", "truncate:every3",
  ])
  func pointsAreInDoubtOnlyWhereNobodyKnows(faults: String?) async throws {
    let cargo = Cargo.points(15)
    let server = try await Server.start(faults: faults)
    let place = try Workplace()
    try cargo.prepare(place)
    let outcome = try await place.ferry(["run", "job.yaml", "--report", "report.json", "-q"], server.environment)
    let counted = server.sandbox.statistics()
    let doubts = counted.faults.filter { $0.key != "429" }.values.reduce(0, +)
    #expect(outcome.exit == (doubts > 0 ? 1 : 0), "\(outcome.out)\(outcome.err)")
    #expect(try place.report("inDoubt") == doubts)
    #expect(try place.report("accepted") == cargo.rows - doubts)
    #expect(try place.report("sent") == counted.requests)
    try place.expectClosedSum(rows: cargo.rows)
    // What was refused or broken off before it was read is not there; everything else is, once, in its order.
    let unapplied = (counted.faults["500"] ?? 0) + (counted.faults["reset"] ?? 0)
    try await expectBookings(of: cargo, on: server, missing: unapplied...unapplied)
    try await server.sandbox.stop()
  }

  @Test func pointsAreNeverSentTwiceHoweverOftenTheRunIsKilled() async throws {
    let cargo = Cargo.points(40)
    let server = try await Server.start(latency: .milliseconds(100))
    let place = try Workplace()
    try cargo.prepare(place)
    let (kills, exit) = try await place.runKilling(cargo, server, seed: 33)
    #expect(kills >= 10)
    let doubts = try place.report("inDoubt")
    #expect(exit == (doubts > 0 ? 1 : 0))
    // What a kill put in doubt had reached the server, but for a few it caught between the journal and the wire.
    let unsent = cargo.rows - server.sandbox.statistics().requests
    #expect((0...doubts).contains(unsent))
    #expect(try place.report("accepted") == cargo.rows - doubts)
    try place.expectClosedSum(rows: cargo.rows)
    try await expectBookings(of: cargo, on: server, missing: 0...doubts)
    try await server.sandbox.stop()
  }

  /// Every booking is one of the source, once and in its order; so many are missing, and the balances say the same.
  private func expectBookings(of cargo: Cargo, on server: Server, missing: ClosedRange<Int>) async throws {
    let landed = try await onThread { try cargo.landed(server) }
    for (profile, names) in landed {
      let wanted = try #require(cargo.expected[profile])
      #expect(names == wanted.filter(names.contains), "\(profile)")
      let points = names.reduce(0) { $0 + (Double($1.dropFirst(2)) ?? 0) + 1.25 }
      #expect(try await onThread { try server.balance(of: profile) } == points)
    }
    #expect(missing.contains(cargo.rows - landed.values.reduce(0) { $0 + $1.count }))
  }
}
