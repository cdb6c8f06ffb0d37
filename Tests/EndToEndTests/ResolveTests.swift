import Foundation
import Glibc
import Sandbox
import Testing

/// Rows whose answer got lost, from the run that leaves them in doubt to the person's decision.
@Suite(.inTurn) struct ResolveTests {
  private static let job = """
    name: points
    import:
      source: points.csv
      target: points.add
      settings: { loyaltyProgramId: 33 }
      map: { integrationId: id, points: amount, name: why }
    """

  private static func rows(_ count: Int) -> String {
    "id,amount,why\n" + (0..<count).map { "p\($0),\($0 + 1),\"gift, \($0)\"\n" }.joined()
  }

  private static func environment(_ server: Server) -> [String: String] {
    server.environment.merging(["TALON_ONE_MANAGEMENT_KEY": "m-123456"]) { $1 }
  }

  /// The points every profile was given, one number for each time.
  private static func given(_ server: Server) async throws -> [String: [Double]] {
    let page = try await server.get("/v1/loyalty_programs/33/transactions?pageSize=50")
    var given: [String: [Double]] = [:]
    for transaction in page["data"] as? [[String: Any]] ?? [] {
      let profile = transaction["customerProfileId"] as? String ?? "?"
      given[profile, default: []].append((transaction["amount"] as? NSNumber)?.doubleValue ?? -1)
    }
    return given
  }

  /// Every profile has what its row says, once.
  private static func everything(_ count: Int) -> [String: [Double]] {
    Dictionary(uniqueKeysWithValues: (0..<count).map { ("p\($0)", [Double($0 + 1)]) })
  }

  /// A run against a server with such faults.
  private func ran(
    _ faults: String, job: String = job, source: String = rows(7), named name: String = "points.csv"
  ) async throws -> (place: Workplace, server: Server, run: String) {
    let server = try await Server.start(faults: faults)
    let place = try Workplace()
    try place.write("job.yaml", job)
    try place.write(name, source)
    let outcome = try await place.ferry(["run", "job.yaml", "--report", "report.json"], Self.environment(server))
    #expect(outcome.exit == 1, "\(outcome.err)")
    let report = try JSONSerialization.jsonObject(with: Data(try place.text("report.json").utf8)) as? [String: Any]
    let run = try #require(report?["run"] as? String)
    #expect(outcome.out.contains("ferry resolve \(run)"))
    return (place, server, run)
  }

  @Test func lostAnswersAreListedAndAcceptedAndEverybodyHasThePointsOnce() async throws {
    let (place, server, run) = try await ran("lost:every3:first=6")
    #expect(try place.report("accepted") == 5)
    #expect(try place.report("inDoubt") == 2)
    let list = try await place.ferry(["resolve", run])
    #expect(list.exit == 1)
    let lines = list.out.split(separator: "\n").filter { $0.hasPrefix("  points.csv:") }
    #expect(lines.count == 2)
    let given = try await Self.given(server)
    #expect(given == Self.everything(7), "the server has carried them all out")
    // The record is there as it stands in the source.
    for line in lines { #expect(Self.rows(7).contains("\n\(line.drop { $0 == " " }.split(separator: ": ")[1])\n")) }
    let accepted = try await place.ferry(["resolve", run, "--accept"])
    #expect(accepted.exit == 0, "\(accepted.err)")
    #expect(accepted.out.contains("2 rows of run \(run) count as accepted"))
    #expect(
      accepted.out.contains(
        "7 rows read = 7 accepted + 0 rejected + 0 unchanged + 0 skipped + 0 in doubt + 0 pending"))
    let again = try await place.ferry(["resolve", "points"])
    #expect(again.exit == 0)
    #expect(again.out.contains("nothing of run \(run) is in doubt"))
    #expect(try await Self.given(server) == given)
    try await server.sandbox.stop()
  }

  @Test func aSourceWithRowsInDoubtIsNotSentAgainByItself() async throws {
    let (place, server, run) = try await ran("lost:every3:first=6")
    let refused = try await place.ferry(["run", "job.yaml"], Self.environment(server))
    #expect(refused.exit == 2)
    #expect(refused.err.contains("run \(run) left 2 rows of this very source in doubt"), "\(refused.err)")
    #expect(try await Self.given(server) == Self.everything(7))
    // Another source is another matter.
    try place.write("points.csv", try place.text("points.csv") + "p9,1,late\n")
    let next = try await place.ferry(["run", "job.yaml"], Self.environment(server))
    #expect(next.exit == 0)
    #expect(next.err.contains("run \(run) has 2 rows in doubt"), "\(next.err)")
    try await server.sandbox.stop()
  }

  @Test func whatNeverArrivedIsSentAgainOneByOne() async throws {
    let (place, server, run) = try await ran("reset:every3:first=6")
    #expect(try place.report("inDoubt") == 2)
    let list = try await place.ferry(["resolve", String(run.dropLast(6))])
    let batches = list.out.split(separator: "\n").filter { $0.hasPrefix("batch ") }
      .compactMap { $0.dropFirst(6).split(separator: ",").first.map(String.init) }
    #expect(batches.count == 2)
    let one = try await place.ferry(["resolve", run, "--resend", "--only", batches[0]])
    #expect(one.exit == 1, "the other one is still in doubt")
    #expect(one.out.contains("5 accepted + 0 rejected + 0 unchanged + 0 skipped + 1 in doubt + 1 pending"))
    let arguments = ["run", "job.yaml", "--report", "report.json"]
    let resumed = try await place.ferry(arguments, Self.environment(server))
    #expect(resumed.exit == 1, "\(resumed.err)")
    #expect(resumed.err.contains("resuming run \(run)"))
    #expect(try place.report("accepted") == 6)
    #expect(try await place.ferry(["resolve", run, "--resend"]).exit == 0)
    #expect(try await place.ferry(arguments, Self.environment(server)).exit == 0)
    #expect(try place.report("accepted") == 7)
    #expect(try await Self.given(server) == Self.everything(7))
    try await server.sandbox.stop()
  }

  @Test func recordsAreShownHoweverTheSourceIsWritten() async throws {
    let headless = Self.job.replacingOccurrences(
      of: "target:", with: "format: { type: csv, delimiter: \";\", columns: [id, amount, why] }\n  target:")
    let (place, server, run) = try await ran(
      "lost:every2:first=2", job: headless, source: "p0;1;a\np1;2;\"b\u{1B}[2J\"\n")
    let list = try await place.ferry(["resolve", run])
    #expect(list.out.contains("points.csv:1: p0;1;a") || list.out.contains("points.csv:2: p1;2;\"b\\u{1B}[2J\""))
    #expect(!list.out.contains("\u{1B}"))
    try await server.sandbox.stop()
    let ndjson = Self.job.replacingOccurrences(of: "points.csv", with: "points.ndjson")
    let lines = "{\"id\":\"p0\",\"amount\":1,\"why\":\"a\"}\n\n{\"id\":\"p1\",\"amount\":2,\"why\":\"b\"}\n"
    let (other, second, _) = try await ran("lost:first2", job: ndjson, source: lines, named: "points.ndjson")
    let both = try await other.ferry(["resolve", "points"])
    #expect(both.out.contains("points.ndjson:1: {\"id\":\"p0\",\"amount\":1,\"why\":\"a\"}\n"))
    #expect(both.out.contains("points.ndjson:3: {\"id\":\"p1\",\"amount\":2,\"why\":\"b\"}\n"))
    try await second.sandbox.stop()
  }

  @Test func aChangedSourceShowsNumbersOnlyAndIsNotSentAgain() async throws {
    let (place, server, run) = try await ran("lost:first1", source: Self.rows(3))
    try await server.sandbox.stop()
    try place.write("points.csv", Self.rows(4))
    let list = try await place.ferry(["resolve", run])
    #expect(list.exit == 1)
    #expect(list.out.contains("points.csv grew from"))
    #expect((1...3).contains { list.out.contains("  records \($0)\n") })
    #expect(!list.out.contains("gift"))
    let resend = try await place.ferry(["resolve", run, "--resend"])
    #expect(resend.exit == 2)
    #expect(resend.err.contains("cannot be sent again"))
    #expect(try await place.ferry(["resolve", run, "--accept"]).exit == 0)
  }

  @Test func onlyTheLastRunOfAJobIsSentAgain() async throws {
    let (place, server, run) = try await ran("lost:first1", source: Self.rows(2))
    // Names of runs have a resolution of a second.
    try place.write("empty.yaml", Self.job.replacingOccurrences(of: "points.csv", with: "none.csv"))
    try place.write("none.csv", "id,amount,why\n")
    var last = run
    while last.prefix(16) <= run.prefix(16) {
      let outcome = try await place.ferry(
        ["run", "empty.yaml", "--report", "report.json"], Self.environment(server))
      #expect(outcome.exit == 0)
      let report = try JSONSerialization.jsonObject(with: Data(try place.text("report.json").utf8)) as? [String: Any]
      last = report?["run"] as? String ?? "~"
    }
    let resend = try await place.ferry(["resolve", run, "--resend"])
    #expect(resend.exit == 64)
    #expect(resend.err.contains("is not the last one of its job"))
    #expect(try await place.ferry(["resolve", run]).exit == 1, "nothing was written down")
    #expect(try await place.ferry(["resolve", run, "--accept"]).exit == 0)
    try await server.sandbox.stop()
  }

  @Test func aRetriedRejectInDoubtIsShownAndOnlyAccepted() async throws {
    let server = try await Server.start(faults: "lost:first1")
    let place = try Workplace()
    try place.write("job.yaml", Self.job)
    try place.write("points.csv", "id,amount,why\np0,many,gift\n")
    #expect(try await place.ferry(["run", "job.yaml"], Self.environment(server)).exit == 1)
    let rejects = try #require(
      try FileManager.default.contentsOfDirectory(atPath: "\(place.folder)/.ferry/points")
        .first { $0.contains(".rejects.") })
    let mended = try place.text(".ferry/points/\(rejects)").replacingOccurrences(of: "p0,many", with: "p0,1")
    try place.write(".ferry/points/\(rejects)", mended)
    let retried = try await place.ferry(["retry", "job.yaml"], Self.environment(server))
    #expect(retried.exit == 1, "\(retried.err)")
    try await server.sandbox.stop()
    let list = try await place.ferry(["resolve", "points"])
    #expect(list.exit == 1)
    #expect(list.out.contains("\(rejects):2: p0,1,gift,"))
    #expect(try await place.ferry(["resolve", "points", "--resend"]).exit == 64)
    #expect(try await place.ferry(["resolve", "points", "--accept"]).exit == 0)
  }

  @Test func whatIsMeantMustBeClear() async throws {
    let (place, server, run) = try await ran("lost:first2", source: Self.rows(2))
    try await server.sandbox.stop()
    #expect(try await place.ferry(["resolve", run, "--accept", "--resend"]).exit == 64)
    for only in ["7", "0-", "a", "2-1", ""] {
      #expect(try await place.ferry(["resolve", run, "--accept", "--only", only]).exit == 64)
    }
    let typo = try await place.ferry(["resolve", "ponts"])
    #expect(typo.exit == 66)
    #expect(typo.err.contains("did you mean 'points'?"))
    #expect(try await place.ferry(["resolve", run.replacingOccurrences(of: "Z-", with: "Z-x")]).err.contains(run))
    #expect(try await place.ferry(["resolve", run, "--state", "elsewhere"]).exit == 66)
    #expect(try await place.ferry(["resolve", run]).exit == 1, "nothing of this settled anything")
  }

  @Test func aDamagedJournalAndARunningJobAreLeftAlone() async throws {
    let (place, server, run) = try await ran("lost:first1", source: Self.rows(2))
    try await server.sandbox.stop()
    let lock = unsafe open("\(place.folder)/.ferry/points/lock", O_RDWR)
    #expect(flock(lock, LOCK_EX | LOCK_NB) == 0)
    let busy = try await place.ferry(["resolve", run, "--accept"])
    #expect(busy.exit == 75)
    #expect(busy.err.contains("holds the lock"))
    close(lock)
    let path = ".ferry/points/\(run).journal"
    let journal = try place.text(path).replacingOccurrences(of: "seq=0 rec=0:0 ", with: "seq=0 rec=0:1 ")
    try place.write(path, journal)
    let damaged = try await place.ferry(["resolve", run, "--accept"])
    #expect(damaged.exit == 70)
    #expect(damaged.err.contains("damaged at line"))
    #expect(try place.text(path) == journal)
  }
}
