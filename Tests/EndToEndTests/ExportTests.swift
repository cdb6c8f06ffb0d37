import Foundation
import Sandbox
import Testing

/// What is exported is what the server has, in every weather.
@Suite(.inTurn) struct ExportTests {
  private func run(
    _ place: Workplace, _ server: Server, _ job: String, exit: Int32 = 0, _ arguments: String...
  ) async throws -> Outcome {
    try place.write("job.yaml", job)
    let outcome = try await place.ferry(
      ["run", "job.yaml", "--report", "report.json"] + arguments, server.exportEnvironment)
    #expect(outcome.exit == exit, "\(outcome.err)")
    return outcome
  }

  /// The lines of everything the server has, asked for at once.
  private func everything(_ server: Server, _ export: String) throws -> [Substring] {
    let path = "/v1/applications/270/\(export)?dateFormat=ISO8601"
    var chunks = try TinyClient.get(path, port: server.sandbox.port)[...]
    var text: [UInt8] = []
    // Each chunk is its length in hexadecimal digits, a line end, its bytes, a line end.
    while let end = chunks.firstIndex(of: UInt8(ascii: "\r")),
      let count = Int(String(decoding: chunks[..<end], as: UTF8.self), radix: 16), count > 0
    {
      text += chunks.dropFirst(end + 2 - chunks.startIndex).prefix(count)
      chunks = chunks.dropFirst(end + 4 + count - chunks.startIndex)
    }
    return String(decoding: text, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
  }

  @Test func slicesPutTogetherAreWhatTheServerHas() async throws {
    let server = try await Server.startExports(3000)
    let place = try Workplace()
    _ = try await run(place, server, ExportJobs.job("effects", target: "effects.csv", slice: "7d"))
    let want = try everything(server, "export_effects")
    let got = try place.text("out/effects.csv").split(separator: "\n", omittingEmptySubsequences: false)
    #expect(got.count == want.count)
    // Ragged rows are padded; everything else passes as it is.
    #expect(
      zip(got, want).allSatisfy { $0 == $1 || $0.hasPrefix($1) && $0.dropFirst($1.count).allSatisfy { $0 == "," } })
    #expect(try place.report("accepted") == want.count - 2)
    #expect(try place.report("read") == (try place.report("accepted")) + (try place.report("skipped")))
    let manifest = try place.text("out/effects.csv.manifest.json")
    #expect(manifest.contains("\"rows\": \(want.count - 2),"))
    #expect(manifest.contains("\"bytes\": \(try place.text("out/effects.csv").utf8.count),"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(place.folder)/out").count == 2)
    try await server.sandbox.stop()
  }

  @Test func sessionsBecomeLinesOfJSONWithTheirCarts() async throws {
    let server = try await Server.startExports(500)
    let place = try Workplace()
    _ = try await run(place, server, ExportJobs.job("customer-sessions", target: "s.ndjson", slice: "30d"))
    let lines = try place.text("out/s.ndjson").split(separator: "\n")
    #expect(lines.count == 500)
    for line in lines {
      let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      #expect(object["cartitems"] is [Any] && object["attributes"] is [String: Any] && object["id"] is NSNumber)
      #expect(object["identifiers"] is [Any] || object["identifiers"] is NSNull)
    }
    try await server.sandbox.stop()
  }

  @Test(arguments: [
    "500:5%,429:2%,reset:1%,truncate:2%,seed=4", "truncate:every3,reset:every4,500:every5", "garbage:every4,429:every3",
  ]) func badWeatherChangesNothing(faults: String) async throws {
    let calm = try await Server.startExports(2000)
    let place = try Workplace()
    let job = ExportJobs.job("effects", target: "effects.csv.gz", slice: "3d")
    _ = try await run(place, calm, job)
    let stormy = try await Server.startExports(2000, faults: faults)
    let other = try Workplace()
    _ = try await run(other, stormy, job)
    #expect(try other.bytes("out/effects.csv.gz") == place.bytes("out/effects.csv.gz"))
    #expect(try other.report("sent") == stormy.sandbox.statistics().requests)
    try await calm.sandbox.stop()
    try await stormy.sandbox.stop()
  }

  @Test(arguments: ["", "repeat", "hasmore", "repeat,hasmore"])
  func everyItemOfAListIsWrittenOnce(words: String) async throws {
    let quirks = try #require(PagingQuirks(words: words))
    let server = try await Server.startExports(2500, quirks: quirks)
    let place = try Workplace()
    _ = try await run(
      place, server, ExportJobs.job("catalog-items", target: "items.csv", settings: "catalogId: 30"))
    let lines = try place.text("out/items.csv").split(separator: "\n")
    #expect(lines.count == 2501)
    #expect(Set(lines.dropFirst().compactMap { $0.split(separator: ",").first }).count == 2500)
    #expect(try place.report("skipped") == (words.contains("repeat") ? 1 : 0))
    try await server.sandbox.stop()
  }

  @Test func keysThatAreNotFoundAreRejectedWithTheirPlaceAndTheRestIsInOrder() async throws {
    let server = try await Server.startExports(2000, latency: .milliseconds(2))
    let place = try Workplace()
    let names = (0..<250).map { $0 == 77 ? "nobody" : $0 % 64 == 5 ? "customer-\($0)" : "customer-\(65 * 1 + 0)" }
    try place.write("keys.csv", "x,id\n" + names.map { "y,\($0)\n" }.joined())
    let job = ExportJobs.job(
      "customer-inventory", target: "i.ndjson", settings: "referrals: false",
      more: "  keys: { source: keys.csv, column: id }\n  delivery: { window: 8 }\n")
    _ = try await run(place, server, job, exit: 1)
    let lines = try place.text("out/i.ndjson").split(separator: "\n")
    let keys = try lines.map { line in
      let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      #expect(object["referrals"] == nil && object["coupons"] is [Any])
      return object["integrationId"] as? String ?? ""
    }
    #expect(keys == names.filter { $0 != "nobody" })
    let rejects = try place.rejects(of: "export")
    #expect(rejects.contains("y,nobody,keys.csv,79,id,HTTP 404: Customer profile nobody was not found"))
    #expect(try place.report("read") == 250)
    #expect(try place.report("rejected") == 1)
    try await server.sandbox.stop()
  }

  @Test func theNextRunTakesWhatIsNewAndLeavesTheLastFileAlone() async throws {
    let server = try await Server.startExports(1000)
    let place = try Workplace()
    let job = ExportJobs.job("effects", target: "effects-{date}.csv").replacingOccurrences(
      of: "since: 2026-09-01T00:00:00Z, until: 2026-10-01T00:00:00Z, slice: 2d",
      with: "since: last-run, overlap: 1d, first: 20d, until: 2026-09-20T00:00:00Z")
    let first = try await run(place, server, job)
    #expect(first.err.contains("no earlier run"))
    let rows = try place.report("accepted")
    #expect(rows > 1000)
    // The same end again: the day of overlap was written before.
    let second = try await run(place, server, job)
    #expect(second.err.contains("holds an earlier run's rows"))
    #expect(try place.report("accepted") == 0)
    #expect(try place.report("skipped") > 0)
    let later = job.replacingOccurrences(of: "until: 2026-09-20", with: "until: 2026-09-25")
    _ = try await run(place, server, later)
    #expect(try place.report("accepted") > 0)
    let files = try FileManager.default.contentsOfDirectory(atPath: "\(place.folder)/out")
      .filter { $0.hasSuffix(".csv") }.sorted()
    #expect(files.count == 3)
    let lines = try files.flatMap { try place.text("out/\($0)").split(separator: "\n").dropFirst() }
    let want = try everything(server, "export_effects").dropFirst().filter { $0 < "2026-09-25T" && !$0.isEmpty }
    #expect(lines.count == want.count)
    try await server.sandbox.stop()
  }

  @Test(arguments: [
    ("401:every1", Int32(77), "refused the key"), ("404:every1", 78, "HTTP 404"),
    ("400:every1", 78, "check 'settings'"),
    ("500:every1", 75, "gave up after 2 attempts"),
  ]) func everyEndHasItsExitStatus(faults: String, exit: Int32, words: String) async throws {
    let server = try await Server.startExports(10, faults: faults)
    let place = try Workplace()
    let job = ExportJobs.job("effects", target: "e.csv", slice: "30d", more: "  delivery: { attempts: 2 }\n")
    let outcome = try await run(place, server, job, exit: exit)
    #expect((outcome.out + outcome.err).contains(words), "\(outcome.out)\(outcome.err)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(place.folder)/out").allSatisfy { $0.hasPrefix(".") })
    #expect(try await place.ferry(["check", "job.yaml"]).exit == 0)
    try await server.sandbox.stop()
  }
}

extension Workplace {
  func bytes(_ name: String) throws -> Data { try Data(contentsOf: URL(filePath: "\(folder)/\(name)")) }

  @Test func aTrialAgainstTheSandboxDoesNotMoveTheNextWindow() async throws {
    let server = try await Server.startExports(200)
    let place = try Workplace()
    try place.write(
      "job.yaml",
      "name: nightly\nexport:\n  source: effects\n  settings: { applicationId: 270 }\n  target: out/e.csv\n"
        + "  window: { since: last-run, first: 3650d, until: 2026-10-01T00:00:00Z }\n")
    #expect(try await place.ferry(["run", "job.yaml", "--sandbox"]).exit == 0)
    let arguments = ["run", "job.yaml", "--report", "report.json"]
    #expect(try await place.ferry(arguments, server.exportEnvironment).exit == 0)
    let rows = try place.report("accepted")
    #expect(rows > 200)
    #expect(try await place.ferry(arguments, server.exportEnvironment).exit == 0)
    #expect(try place.report("accepted") == 0)
    try await server.sandbox.stop()
  }

  @Test(arguments: ["since: 2026-02-31", "since: 2027-01-01, until: now", "since: 1d, until: 2020-01-01"])
  func windowsThatCannotBeAreRefused(window: String) async throws {
    let place = try Workplace()
    try place.write(
      "job.yaml",
      "name: a\nexport: { source: effects, settings: { applicationId: 270 }, target: a.csv, window: { \(window) } }\n")
    let refused = try await place.ferry(["run", "job.yaml", "--sandbox"])
    #expect(refused.exit == 78, "\(refused.err)")
    #expect(refused.err.contains("since"))
  }

  @Test func aTargetThatCannotBeWrittenIsNoticedBeforeAnythingIsAskedFor() async throws {
    let place = try Workplace()
    let job = { (target: String) in
      "name: a\nexport: { source: effects, settings: { applicationId: 270 }, target: \(target) }\n"
    }
    try FileManager.default.createDirectory(atPath: "\(place.folder)/a.csv", withIntermediateDirectories: false)
    try place.write("job.yaml", job("a.csv"))
    let folder = try await place.ferry(["run", "job.yaml", "--sandbox"])
    #expect(folder.exit == 78 && folder.err.contains("is a folder"), "\(folder.err)")
    try place.write("job.yaml", job("job.yaml/b.csv"))
    #expect(try await place.ferry(["run", "job.yaml", "--sandbox"]).exit == 78)
  }
}
