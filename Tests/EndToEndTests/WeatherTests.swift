import Foundation
import Sandbox
import TestKit
import Testing

/// What arrives is what was sent, once and in order, in any weather and however often the run is killed.
@Suite(.inTurn) struct WeatherTests {
  /// A request that failed is sent again where that does no harm; every request the server counted is one of ours.
  @Test(arguments: Cargo.all(scale: 1), Weather.allCases)
  func whatArrivesIsTheSourceInAnyWeather(cargo: Cargo, weather: Weather) async throws {
    let server = try await Server.start(faults: weather.faults(for: cargo))
    let place = try Workplace()
    try cargo.prepare(place)
    let outcome = try await place.ferry(["run", "job.yaml", "--report", "report.json", "-q"], server.environment)
    #expect(outcome.exit == 0, "\(outcome.out)\(outcome.err)")
    let counted = server.sandbox.statistics()
    #expect(try place.report("sent") == counted.requests)
    #expect(weather == .calm || !counted.faults.isEmpty, "no fault hit")
    #expect(counted.mismatchedReplays == 0)
    #expect(try place.report("accepted") == cargo.rows)
    try place.expectClosedSum(rows: cargo.rows)
    let landed = try await onThread { try cargo.landed(server) }
    #expect(landed == cargo.expected)
    try await server.sandbox.stop()
  }

  /// Killed 25 times at seeded moments, most of them with requests in flight.
  @Test(arguments: Cargo.all(scale: 3))
  func whatArrivesIsTheSourceHoweverOftenTheRunIsKilled(cargo: Cargo) async throws {
    // A run takes so long that it is still there when it is to be killed, however busy the machine.
    let server = try await Server.start(latency: .milliseconds(max(6, min(1500, 8000 / cargo.requests))))
    let place = try Workplace()
    try cargo.prepare(place)
    let (kills, exit) = try await place.runKilling(cargo, server, seed: 20_261_121)
    #expect(kills >= 10)
    #expect(exit == 0)
    #expect(try place.report("accepted") + place.report("unchanged") == cargo.rows)
    try place.expectClosedSum(rows: cargo.rows)
    let landed = try await onThread { try cargo.landed(server) }
    #expect(landed == cargo.expected)
    #expect(server.sandbox.statistics().mismatchedReplays == 0)
    try await server.sandbox.stop()
  }
}

extension Workplace {
  /// Law one: every row of the report ends once, and none is left.
  func expectClosedSum(rows: Int) throws {
    let parts = try ["accepted", "rejected", "unchanged", "skipped", "inDoubt", "pending"].map { try report($0) }
    #expect(try report("read") == rows)
    #expect(parts.reduce(0, +) == rows, "\(parts)")
    #expect(parts.last == 0)
  }

  /// Runs the job again and again, killing it at 25 seeded moments, then to its end.
  ///
  /// One kill in five falls anywhere from the start of the process on; the others after some of its requests, most of
  /// them with others in flight.
  func runKilling(_ cargo: Cargo, _ server: Server, seed: UInt64) async throws -> (kills: Int, exit: Int32) {
    let arguments = ["run", "job.yaml", "--report", "report.json", "-q"]
    let (kills, ended) = try await onThread { () throws -> (Int, Int32?) in
      var dice = SplitMix64(seed: seed)
      for kills in 0..<25 {
        let step = Int.random(in: 1...(cargo.requests == 1 ? 1 : max(2, cargo.requests / 25)), using: &dice)
        let wanted = server.sandbox.statistics().requests + step
        let running = try self.start(arguments, server.environment)
        let isAnywhere = Int.random(in: 0..<5, using: &dice) == 0
        let pause = UInt32.random(in: 0...(isAnywhere ? 80_000 : 12_000), using: &dice)
        while !isAnywhere, running.process.isRunning, server.sandbox.statistics().requests < wanted { usleep(500) }
        usleep(pause)
        if running.process.isRunning { kill(running.process.processIdentifier, SIGKILL) }
        running.process.waitUntilExit()
        guard running.process.terminationReason == .uncaughtSignal else {
          return (kills, running.process.terminationStatus)
        }
      }
      return (25, nil)
    }
    if let ended { return (kills, ended) }
    return (kills, try await ferry(arguments, server.environment).exit)
  }
}
