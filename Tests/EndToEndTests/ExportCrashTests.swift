import Foundation
import Sandbox
import TestKit
import Testing

/// Killed or interrupted, an export picks up where it was and its output is the same file.
@Suite(.inTurn) struct ExportCrashTests {
  static let jobs: [String: String] = [
    "effects": ExportJobs.job("effects", target: "out.csv.gz", slice: "2d"),
    "sessions": ExportJobs.job("customer-sessions", target: "out.ndjson", slice: "2d"),
    "inventory": ExportJobs.job(
      "customer-inventory", target: "out.csv", settings: "referrals: true",
      more: "  keys: { source: keys.csv, column: id }\n"),
  ]

  private func write(_ job: String, to place: Workplace) throws {
    try place.write("job.yaml", try #require(Self.jobs[job]))
    try place.write("keys.csv", "id\n" + (0..<2000).map { "customer-\($0 % 400 * 64)\n" }.joined())
  }

  private func name(_ job: String) -> String {
    job == "effects" ? "out/out.csv.gz" : job == "sessions" ? "out/out.ndjson" : "out/out.csv"
  }

  @Test(arguments: jobs.keys.sorted()) func killedAtAnyMomentTheOutputIsTheSameFile(job: String) async throws {
    let server = try await Server.startExports(20_000, latency: .milliseconds(1))
    let calm = try Workplace()
    try write(job, to: calm)
    let arguments = ["run", "job.yaml", "--report", "report.json"]
    let environment = server.exportEnvironment
    let first = try await calm.ferry(arguments, environment)
    #expect(first.exit == (job == "inventory" ? 1 : 0) || first.exit == 0, "\(first.err)")
    let place = try Workplace()
    try write(job, to: place)
    let kills = try await onThread { () throws -> Int in
      var dice = SplitMix64(seed: 20_261_121)
      var kills = 0
      for _ in 0..<25 {
        let running = try place.start(arguments, environment)
        usleep(UInt32.random(in: 20_000...400_000, using: &dice))
        if running.process.isRunning { kill(running.process.processIdentifier, SIGKILL) }
        running.process.waitUntilExit()
        guard running.process.terminationReason == .uncaughtSignal else { break }
        kills += 1
      }
      return kills
    }
    let last = try await place.ferry(arguments, environment)
    #expect(kills >= 3)
    #expect(last.exit == first.exit, "\(last.err)")
    #expect(try place.bytes(name(job)) == calm.bytes(name(job)))
    for key in ["read", "accepted", "rejected", "skipped"] { #expect(try place.report(key) == calm.report(key)) }
    let left = try FileManager.default.contentsOfDirectory(atPath: "\(place.folder)/out")
    #expect(left.count == 2, "\(left)")
    try await server.sandbox.stop()
  }

  @Test(arguments: [(SIGINT, Int32(130)), (SIGTERM, Int32(143))])
  func anInterruptedExportStopsAtOnceAndGoesOnLater(signal: Int32, exit: Int32) async throws {
    let server = try await Server.startExports(2000)
    let place = try Workplace()
    try write("effects", to: place)
    let stopped = try await onThread {
      let running = try place.start(["run", "job.yaml", "--report", "report.json"], server.exportEnvironment)
      return try running.stop(signal) { server.sandbox.statistics().count("exportEffects", status: 200) >= 2 }
    }
    #expect(stopped.exit == exit, "\(stopped.err)")
    #expect(try place.text("report.json").contains("\"status\": \"stopped\""))
    #expect(!FileManager.default.fileExists(atPath: "\(place.folder)/out/out.csv.gz"))
    let changed = try #require(Self.jobs["effects"]).replacingOccurrences(of: "slice: 2d", with: "slice: 15d")
    let resumed = try await place.ferry(["run", "job.yaml"], server.exportEnvironment)
    #expect(resumed.exit == 0 && resumed.err.contains("resuming run"), "\(resumed.err)")
    try place.write("job.yaml", changed)
    let again = try await place.ferry(["run", "job.yaml"], server.exportEnvironment)
    #expect(again.exit == 0 && !again.err.contains("resuming"), "\(again.err)")
    try await server.sandbox.stop()
  }

  @Test func anOutputThatSomebodyChangedIsBegunAnew() async throws {
    let server = try await Server.startExports(2000)
    let place = try Workplace()
    try write("sessions", to: place)
    _ = try await onThread {
      let running = try place.start(["run", "job.yaml"], server.exportEnvironment)
      return try running.stop(SIGKILL) { server.sandbox.statistics().count("exportCustomerSessions", status: 200) >= 3 }
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(place.folder)/out")
    let part = "out/" + (try #require(names.first { $0.hasSuffix(".part") }))
    try place.write(part, "x" + (try place.text(part).dropFirst()))
    let resumed = try await place.ferry(["run", "job.yaml"], server.exportEnvironment)
    #expect(resumed.exit == 0 && resumed.err.contains("starting over"), "\(resumed.err)")
    #expect(try place.text("out/out.ndjson").split(separator: "\n").count == 2000)
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(place.folder)/out").count == 2)
    try await server.sandbox.stop()
  }
}
