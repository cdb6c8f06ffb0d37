import Foundation
import Sandbox
import Testing

/// What arrived is what was in the file, in every weather.
@Suite(.inTurn) struct ArrivalTests {
  @Test func whatArrivesIsWhatTheFileHolds() async throws {
    let server = try await Server.start()
    let place = try Workplace()
    try place.write("job.yaml", Jobs.catalog())
    try place.write("catalog.csv", Jobs.rows(2500))
    let outcome = try await place.ferry(["run", "job.yaml", "--report", "report.json"], server.environment)
    #expect(outcome.exit == 0, "\(outcome.err)")
    let items = try await server.items()
    #expect(items.count == 2500)
    let item = try #require(items["SKU-1234"])
    #expect((item["price"] as? NSNumber)?.doubleValue == 64.5)
    #expect((item["product"] as? [String: Any])?["name"] as? String == "Shoe, 1234")
    #expect(try place.report("sent") == 3)
    try await server.sandbox.stop()
  }

  /// Answers that fail, connections that break, acknowledgements that get lost after the effect: nothing is lost, nothing
  /// is rejected, and every request that reached the server is one we counted.
  @Test(arguments: [
    "500:5%,seed=1", "429:5%,seed=2", "reset:5%,seed=3", "lost:every20", "truncate:5%,seed=4", "garbage:every15",
    "503:every9,reset:every17,lost:every20,seed=5",
  ])
  func nothingIsLostInBadWeather(faults: String) async throws {
    let server = try await Server.start(faults: faults)
    let place = try Workplace()
    try place.write("job.yaml", Jobs.catalog(more: "  delivery: { batchRows: 50, window: 4 }"))
    try place.write("catalog.csv", Jobs.rows(2000))
    let outcome = try await place.ferry(["run", "job.yaml", "--report", "report.json", "-q"], server.environment)
    #expect(outcome.exit == 0, "\(outcome.err)")
    #expect(try place.report("accepted") == 2000)
    #expect(try await server.items().count == 2000)
    let statistics = server.sandbox.statistics()
    #expect(statistics.overlappingCatalogRequests == 0)
    #expect(try place.report("sent") == statistics.statuses["syncCatalog"]?.values.reduce(0, +))
    try await server.sandbox.stop()
  }

  /// The server refuses rows it knows better; its words reach them and only them.
  @Test func theServersWordReachesTheRow() async throws {
    let server = try await Server.start()
    let place = try Workplace()
    try place.write("job.yaml", Jobs.catalog())
    try place.write("catalog.csv", Jobs.rows(300))
    #expect(try await place.ferry(["run", "job.yaml"], server.environment).exit == 0)
    // PATCH of items that do not exist is refused, one by one, with a pointer.
    try place.write("patch.yaml", Jobs.catalog(source: "patch.csv", action: "PATCH"))
    try place.write("patch.csv", Jobs.rows(310))
    let outcome = try await place.ferry(
      ["run", "patch.yaml", "--report", "report.json", "--fresh"], server.environment)
    #expect(outcome.exit == 1, "\(outcome.err)")
    #expect(try place.report("accepted") == 300)
    #expect(try place.report("rejected") == 10)
    let rejects = try place.rejects(of: "catalog")
    #expect(rejects.contains("SKU-305,35.50,\"Shoe, 305\",35,patch.csv,307,"))
    #expect(rejects.contains("HTTP 400"))
    try await server.sandbox.stop()
  }

  @Test func mendedRejectsAreSentWithRetry() async throws {
    let server = try await Server.start()
    let place = try Workplace()
    try place.write("job.yaml", Jobs.catalog())
    try place.write("catalog.csv", Jobs.rows(20).replacingOccurrences(of: "SKU-7,7.50", with: "SKU-7,7,50"))
    #expect(try await place.ferry(["run", "job.yaml"], server.environment).exit == 1)
    #expect(try await server.items().count == 19)
    let path = try place.rejectsPath(of: "catalog")
    let head = try #require(try place.text(path).split(separator: "\n").first)
    try place.write(path, "\(head)\nSKU-7,7.50,Shoe,37,,,,,\n")
    let outcome = try await place.ferry(["retry", "job.yaml", "--report", "report.json"], server.environment)
    #expect(outcome.exit == 0, "\(outcome.err)")
    #expect(try place.report("accepted") == 1)
    #expect(try await server.items().count == 20)
    try await server.sandbox.stop()
  }

  /// What an interrupted retry has left is known only to that retry.
  @Test func anInterruptedRetryGoesOnWithItsOwnRejects() async throws {
    let server = try await Server.start(latency: .milliseconds(20))
    let place = try Workplace()
    try place.write("job.yaml", Jobs.catalog(more: "  delivery: { batchRows: 2 }"))
    try place.write("catalog.csv", Jobs.rows(600).replacingOccurrences(of: ".50,", with: ".x,"))
    #expect(try await place.ferry(["run", "job.yaml"], server.environment).exit == 1)
    let path = try place.rejectsPath(of: "catalog")
    try place.write(path, try place.text(path).replacingOccurrences(of: ".x,", with: ".50,"))
    let stopped = try await onThread {
      let running = try place.start(["retry", "job.yaml"], server.environment)
      return try running.stop(SIGINT) { server.sandbox.statistics().count("syncCatalog", status: 200) >= 5 }
    }
    #expect(stopped.exit == 130, "\(stopped.err)")
    let refused = try await place.ferry(["run", "job.yaml"], server.environment)
    #expect(refused.exit == 2 && refused.err.contains("go on with it by 'ferry retry'"), "\(refused.err)")
    let resumed = try await place.ferry(["retry", "job.yaml"], server.environment)
    #expect(resumed.exit == 0 && resumed.err.contains("resuming run"), "\(resumed.err)")
    #expect(try await server.items().count == 600)
    #expect(server.sandbox.statistics().accepted["syncCatalog"] == 600)
    try await server.sandbox.stop()
  }

  /// The rows a run has left would be forgotten if its rejects were the next source.
  @Test func rejectsAreNotRetriedBeforeTheirRunIsFinished() async throws {
    let server = try await Server.start(latency: .milliseconds(20))
    let place = try Workplace()
    try place.write("job.yaml", Jobs.catalog(more: "  delivery: { batchRows: 2 }"))
    try place.write("catalog.csv", Jobs.rows(600).replacingOccurrences(of: "SKU-3,3.50", with: "SKU-3,x"))
    let stopped = try await onThread {
      let running = try place.start(["run", "job.yaml"], server.environment)
      return try running.stop(SIGINT) { server.sandbox.statistics().count("syncCatalog", status: 200) >= 5 }
    }
    #expect(stopped.exit == 130)
    let refused = try await place.ferry(["retry", "job.yaml"], server.environment)
    #expect(refused.exit == 2 && refused.err.contains("finish it with 'ferry run'"), "\(refused.err)")
    #expect(try await place.ferry(["run", "job.yaml"], server.environment).exit == 1)
    try await server.sandbox.stop()
  }

  /// A line of a cart, sent by itself, would take the place of those that were sent before.
  @Test func linesThatAreFoldedAreNotRetriedApart() async throws {
    let place = try Workplace()
    let map = "{ sessionId: s, profileId: p, cartItems.sku: k, cartItems.quantity: q, cartItems.name: k }"
    try place.write("job.yaml", "name: s\nimport: { source: s.csv, target: sessions.update, map: \(map) }\n")
    try place.write("s.csv", "s,p,k,q\nA,p,x,1\nA,p,y,1\nB,p,x,1\nA,p,z,1\n")
    #expect(try await place.ferry(["run", "job.yaml", "--sandbox"]).exit == 1)
    let refused = try await place.ferry(["retry", "job.yaml", "--sandbox"])
    #expect(refused.exit == 64 && refused.err.contains("would take their place"), "\(refused.err)")
  }

  @Test func rejectsOfAReplacingUploadAreNotRetriedAlone() async throws {
    let server = try await Server.start()
    let place = try Workplace()
    let job = "name: items\nimport:\n  source: items.csv\n  target: collection.import\n"
    try place.write(
      "job.yaml", job + "  settings: { collectionId: 7 }\n  map: { item: sku }\n  guards: { maxRejects: 1 }\n")
    try place.write("items.csv", "sku\nA\n\"\"\nB\n")
    #expect(try await place.ferry(["run", "job.yaml"], server.environment).exit == 1)
    let refused = try await place.ferry(["retry", "job.yaml"], server.environment)
    #expect(refused.exit == 64 && refused.err.contains("in place of everything"), "\(refused.err)")
    try await server.sandbox.stop()
  }

  /// A trial against the sandbox inside, or another account, says nothing about what this one has.
  @Test func whatOneServerHasIsNotTakenForWhatAnotherHas() async throws {
    let server = try await Server.start()
    let place = try Workplace()
    let job = "name: items\nimport:\n  source: items.csv\n  target: collection.import\n"
    try place.write("job.yaml", job + "  settings: { collectionId: 7 }\n  map: { item: sku }\n")
    try place.write("items.csv", "sku\nA\nB\n")
    let arguments = ["run", "job.yaml", "--report", "report.json"]
    for _ in 0..<2 {
      #expect(try await place.ferry(arguments + ["--sandbox"]).exit == 0)
      #expect(try place.report("accepted") == 2)
    }
    for unchanged in [0, 2] {
      #expect(try await place.ferry(arguments, server.environment).exit == 0)
      #expect(try place.report("unchanged") == unchanged)
    }
    let other = try await Server.start()
    #expect(try await place.ferry(arguments, other.environment).exit == 0)
    #expect(try place.report("accepted") == 2)
    try await server.sandbox.stop()
    try await other.sandbox.stop()
  }

  /// An upload whose outcome nobody knows may have taken the place of the last one.
  @Test func nothingIsUnchangedAfterAnUploadOfUnknownOutcome() async throws {
    let server = try await Server.start(faults: "lost:after=1:first=3")
    let place = try Workplace()
    let job = "name: items\nimport:\n  source: items.csv\n  target: collection.import\n  delivery: { attempts: 2 }\n"
    try place.write("job.yaml", job + "  settings: { collectionId: 7 }\n  map: { item: sku }\n")
    let arguments = ["run", "job.yaml", "--report", "report.json"]
    try place.write("items.csv", "sku\nA\n")
    #expect(try await place.ferry(arguments, server.environment).exit == 0)
    try place.write("items.csv", "sku\nB\n")
    #expect(try await place.ferry(arguments, server.environment).exit == 75)
    try place.write("items.csv", "sku\nA\n")
    _ = try await place.ferry(arguments, server.environment)
    _ = try await place.ferry(arguments, server.environment)
    #expect(try await onThread { try server.collection(7) } == ["A"])
    try await server.sandbox.stop()
  }

  @Test func aReplacingUploadCannotBeCutShort() async throws {
    let place = try Workplace()
    let job = "name: items\nimport:\n  source: items.csv\n  target: collection.import\n"
    try place.write("job.yaml", job + "  settings: { collectionId: 7 }\n  map: { item: sku }\n")
    try place.write("items.csv", "sku\nA\nB\n")
    let refused = try await place.ferry(["run", "job.yaml", "--sandbox", "--limit", "1"])
    #expect(refused.exit == 64 && refused.err.contains("in place of everything"), "\(refused.err)")
  }

  @Test func resumeRefusesWhereNothingIsToBeResumedAndAReportThatCannotBeWritten() async throws {
    let place = try Workplace()
    try place.write("job.yaml", Jobs.catalog())
    try place.write("catalog.csv", Jobs.rows(3))
    let resumed = try await place.ferry(["run", "job.yaml", "--sandbox", "--resume"])
    #expect(resumed.exit == 64 && resumed.err.contains("nothing to resume"), "\(resumed.err)")
    let report = try await place.ferry(["run", "job.yaml", "--sandbox", "--report", "no/such/folder.json"])
    #expect(report.exit == 64 && report.err.contains("no/such must be a folder"), "\(report.err)")
  }

  @Test func standardInputGlobsAndGzipAreSourcesToo() async throws {
    let server = try await Server.start()
    let place = try Workplace()
    try place.write("part-1.csv", Jobs.rows(10))
    try place.write("part-2.csv", Jobs.rows(10, from: 10))
    try place.write("glob.yaml", Jobs.catalog(source: "part-*.csv"))
    #expect(try await place.ferry(["run", "glob.yaml"], server.environment).exit == 0)
    try place.write("in.csv", Jobs.rows(5, from: 100))
    try place.write("in.yaml", Jobs.catalog(source: "\"-\"", more: "  format: csv"))
    #expect(try await place.ferry(["run", "in.yaml"], server.environment, input: "in.csv").exit == 0)
    #expect(try await server.items().count == 25)
    try await server.sandbox.stop()
  }
}

extension Workplace {
  /// The newest rejects file of a job, relative to the folder.
  func rejectsPath(of job: String) throws -> String {
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/.ferry/\(job)").sorted()
    return ".ferry/\(job)/" + (names.last { $0.contains(".rejects.") } ?? "")
  }

  func rejects(of job: String) throws -> String { try text(rejectsPath(of: job)) }
}
