import Checkpoints
import Pipeline
import Records
import Testing

@Suite struct RunReportTests {
  private static func report(reason: String? = nil, rejects: String? = nil, paths: [String] = []) -> RunReport {
    let tally = Tally(read: 21, accepted: 1, rejected: 2, unchanged: 3, skipped: 4, inDoubt: 5, pending: 6)
    return RunReport(
      job: "night \"1\"\n", run: "20261121T030000Z-a1b2c3", status: .partial, exit: 1, reason: reason, isResumed: true,
      rows: tally, files: paths.map { ($0, tally) }, requests: 7, retries: 8, bytesSent: 9, elapsedSeconds: 1.23456,
      rowsPerSecond: 17.9, peakMemoryBytes: 10, rejectsFile: rejects)
  }

  @Test(arguments: [nil, "a \"word\"\twith\u{1}ä\\"], [[], ["a.csv"], ["a\"b.csv", "ö.csv"]])
  func theReportIsOneJSONObjectWithEveryKey(_ text: String?, _ paths: [String]) throws {
    let report = Self.report(reason: text, rejects: text, paths: paths)
    let root = try #require(JSONValue(Array(report.json.utf8)))
    #expect(root["job"] == .string("night \"1\"\n"))
    #expect(root["run"] == .string("20261121T030000Z-a1b2c3"))
    #expect(root["status"] == .string("partial"))
    #expect(root["exit"] == .number("1"))
    #expect(root["reason"] == text.map { .string($0) } ?? .null)
    let wanted = ["read": 21, "accepted": 1, "rejected": 2, "unchanged": 3, "skipped": 4, "inDoubt": 5, "pending": 6]
    for rows in [root["rows"]] + (root["files"]?.elements ?? []).map({ $0["rows"] }) {
      for (key, count) in wanted { #expect(rows?[key] == .number("\(count)"), "\(key)") }
    }
    #expect(root["files"]?.elements.map { $0["path"]?.text } == paths)
    #expect(root["requests"]?["sent"] == .number("7"))
    #expect(root["requests"]?["retried"] == .number("8"))
    #expect(root["bytesSent"] == .number("9"))
    #expect(root["elapsedSeconds"] == .number("1.235"))
    #expect(root["rowsPerSecond"] == .number("17"))
    #expect(root["peakMemoryBytes"] == .number("10"))
    #expect(root["rejectsFile"] == text.map { .string($0) } ?? .null)
  }

  @Test func everyStopHasItsExitStatusAndWords() {
    let stops: [(RunStop, Int32)] = [
      (.interrupted(signal: 2), 130), (.interrupted(signal: 15), 143), (.unavailable("x"), 75),
      (.unauthorized("x"), 77),
      (.notFound("x"), 78), (.unexpected("x"), 70), (.unusable("x"), 78), (.guarded("x"), 2),
      (.source("x", isMissing: true), 66),
      (.badColumns(["x"]), 78), (.storage("x"), 75),
    ]
    for (stop, exit) in stops {
      #expect(stop.exit == exit)
      #expect(!stop.reason.isEmpty)
      #expect(stop.status == (exit == 2 ? .guarded : .stopped))
    }
  }

  @Test func aDamagedSourceSaysHowFarItWasRead() {
    let stop = RunStop(.damaged(path: "a.gz", reason: "it ends early", afterBytes: 1234), rows: 56)
    #expect(stop.exit == 66)
    for word in ["a.gz", "1234 bytes", "56 rows", "it ends early"] { #expect(stop.reason.contains(word)) }
  }
}
