import Foundation
import Sandbox
import Testing
import TestKit

/// Killed, interrupted, locked out: a run picks up where it was.
@Suite(.inTurn) struct CrashTests {
  /// Law three, with the real binary: killed at seeded moments and run again, every row arrives, and rows that were
  /// journaled as accepted before a kill are not sent again.
  @Test func killedAtAnyMomentARunResumesWithoutLosingOrRepeatingARow() async throws {
    let server = try await Server.start(latency: .milliseconds(10))
    let place = try Workplace()
    let rows = 6000
    try place.write("job.yaml", Jobs.catalog(more: "  delivery: { batchRows: 20, window: 3 }"))
    let bad = Jobs.rows(rows).replacingOccurrences(of: "SKU-999,9.50", with: "SKU-999,nine")
    try place.write("catalog.csv", bad)
    let arguments = ["run", "job.yaml", "--report", "report.json"]
    let environment = server.environment
    let (kills, ended) = try await onThread { () throws -> (Int, Int32?) in
      var dice = SplitMix64(seed: 20_261_121)
      var kills = 0
      for _ in 0..<25 {
        let running = try place.start(arguments, environment)
        usleep(UInt32.random(in: 20_000...150_000, using: &dice))
        if running.process.isRunning { kill(running.process.processIdentifier, SIGKILL) }
        running.process.waitUntilExit()
        guard running.process.terminationReason == .uncaughtSignal else {
          return (kills, running.process.terminationStatus)
        }
        kills += 1
      }
      return (kills, nil)
    }
    // A last time without a kill, unless a run came to its end between two of them.
    let exit: Int32
    if let ended { exit = ended } else { exit = try await place.ferry(arguments, environment).exit }
    #expect(kills >= 3)
    #expect(exit == 1)
    #expect(try place.report("read") == rows)
    #expect(try place.report("accepted") == rows - 1)
    #expect(try place.report("rejected") == 1)
    #expect(try place.report("pending") == 0)
    #expect(try await server.items().count == rows - 1)
    // Only what was on the wire or not yet journaled at a kill may have been sent twice: a few batches each time.
    let accepted = server.sandbox.statistics().accepted["syncCatalog"] ?? 0
    #expect(accepted >= rows - 1 && accepted <= rows + kills * 40 * 20)
    #expect(try place.rejects(of: "catalog").split(separator: "\n").count == 2)
    try await server.sandbox.stop()
  }

  @Test(arguments: [(SIGINT, Int32(130)), (SIGTERM, Int32(143))])
  func anInterruptedRunLeavesACleanCheckpointAndResumes(signal: Int32, exit: Int32) async throws {
    let server = try await Server.start(latency: .milliseconds(20))
    let place = try Workplace()
    try place.write("job.yaml", Jobs.catalog(more: "  delivery: { batchRows: 10 }"))
    try place.write("catalog.csv", Jobs.rows(3000))
    let stopped = try await onThread {
      let running = try place.start(["run", "job.yaml", "--report", "report.json"], server.environment)
      return try running.stop(signal) { server.sandbox.statistics().count("syncCatalog", status: 200) >= 3 }
    }
    #expect(stopped.exit == exit, "\(stopped.err)")
    let before = try place.report("accepted")
    #expect(before > 0 && before < 3000)
    #expect(try place.text("report.json").contains("\"status\": \"stopped\""))
    #expect(try place.report("read") == before + place.report("pending"))
    // Everything the server took is in the journal: the drained window lost nothing.
    #expect(server.sandbox.statistics().accepted["syncCatalog"] == before)
    try await server.sandbox.stop()
    let elsewhere = try await Server.start()
    let refused = try await place.ferry(["run", "job.yaml"], elsewhere.environment)
    #expect(refused.exit == 2 && refused.err.contains("while it talked to \(server.sandbox.url)"), "\(refused.err)")
    try await elsewhere.sandbox.stop()
    let quick = try await Server.start(port: server.sandbox.port)
    let resumed = try await place.ferry(["run", "job.yaml", "--report", "report.json"], quick.environment)
    #expect(resumed.exit == 0, "\(resumed.err)")
    #expect(resumed.err.contains("resuming run"))
    #expect(try place.report("accepted") == 3000)
    #expect(quick.sandbox.statistics().accepted["syncCatalog"] == 3000 - before)
    try await quick.sandbox.stop()
  }

  @Test func aChangedSourceIsNoticedBeforeAResume() async throws {
    let (place, server) = try await interrupted()
    try place.write("catalog.csv", Jobs.rows(3001))
    let refused = try await place.ferry(["run", "job.yaml"], server.environment)
    #expect(refused.exit == 2)
    #expect(refused.err.contains("grew from"))
    #expect(refused.err.contains("--fresh"))
    #expect(try await place.ferry(["run", "job.yaml", "--fresh"], server.environment).exit == 0)
    try await server.sandbox.stop()
  }

  @Test func aResumedRunIsNotCutShortByALimit() async throws {
    let (place, server) = try await interrupted()
    let refused = try await place.ferry(["run", "job.yaml", "--limit", "5"], server.environment)
    #expect(refused.exit == 64)
    #expect(refused.err.contains("finish it without --limit, or start over with --fresh"), "\(refused.err)")
    #expect(try await place.ferry(["run", "job.yaml", "--report", "report.json"], server.environment).exit == 0)
    #expect(try place.report("accepted") == 3000)
    try await server.sandbox.stop()
  }

  @Test func aChangedJobIsNoticedBeforeAResume() async throws {
    let (place, server) = try await interrupted()
    try place.write("job.yaml", Jobs.catalog(more: "  delivery: { batchRows: 20 }"))
    let refused = try await place.ferry(["run", "job.yaml"], server.environment)
    #expect(refused.exit == 2)
    #expect(refused.err.contains("the job file changed"))
    try await server.sandbox.stop()
  }

  @Test func aDamagedJournalIsNotBelieved() async throws {
    let (place, server) = try await interrupted()
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(place.folder)/.ferry/catalog")
    let journal = ".ferry/catalog/" + (try #require(names.first { $0.hasSuffix(".journal") }))
    try place.write(journal, try place.text(journal).replacingOccurrences(of: "settled seq=1 ", with: "settled seq=7 "))
    let refused = try await place.ferry(["run", "job.yaml"], server.environment)
    #expect(refused.exit == 70)
    #expect(refused.err.contains("damaged at line"))
    try await server.sandbox.stop()
  }

  @Test func oneRunAtATimeHoldsTheLockAndSaysWho() async throws {
    let server = try await Server.start(latency: .milliseconds(50))
    let place = try Workplace()
    try place.write("job.yaml", Jobs.catalog(more: "  delivery: { batchRows: 10 }"))
    try place.write("catalog.csv", Jobs.rows(2000))
    try await onThread {
      let first = try place.start(["run", "job.yaml"], server.environment)
      while server.sandbox.statistics().count("syncCatalog", status: 200) < 1 { usleep(1000) }
      let second = try place.start(["run", "job.yaml"], server.environment).stop(SIGKILL) { false }
      #expect(second.exit == 75)
      #expect(second.err.contains("another run holds the lock: pid \(first.process.processIdentifier)"))
      _ = try first.stop(SIGKILL) { true }
      let before = server.sandbox.statistics().requests
      // The lock went with its holder: the next one gets to the server.
      let third = try place.start(["run", "job.yaml"], server.environment)
      _ = try third.stop(SIGKILL) { server.sandbox.statistics().requests >= before + 4 }
      #expect(server.sandbox.statistics().requests >= before + 4)
    }
    try await server.sandbox.stop()
  }

  /// A run that was interrupted after some batches.
  private func interrupted() async throws -> (Workplace, Server) {
    let server = try await Server.start(latency: .milliseconds(20))
    let place = try Workplace()
    try place.write("job.yaml", Jobs.catalog(more: "  delivery: { batchRows: 10 }"))
    try place.write("catalog.csv", Jobs.rows(3000))
    let stopped = try await onThread {
      let running = try place.start(["run", "job.yaml"], server.environment)
      return try running.stop(SIGINT) { server.sandbox.statistics().count("syncCatalog", status: 200) >= 5 }
    }
    #expect(stopped.exit == 130)
    try await server.sandbox.stop()
    return (place, try await Server.start(port: server.sandbox.port))
  }
}
