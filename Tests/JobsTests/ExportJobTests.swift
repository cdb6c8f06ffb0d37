import Endpoints
import Records
import Settings
import TestKit
import Testing

@testable import Jobs

@Suite struct ExportJobTests {
  /// A job that exports `source`, with the keys of `more` in its `export` section.
  private func job(_ source: String = "effects", target: String = "out/x.csv", _ more: String...) -> String {
    "name: nightly\nexport:\n  source: \(source)\n  target: \(target)\n" + more.map { "  \($0)\n" }.joined()
  }

  private func read(_ text: String) -> Result<AnyJob, JobIssues> {
    AnyJob.read(Array(text.utf8), path: "job.yaml", folder: "jobs", lookups: lookups)
  }

  private func plan(_ text: String) throws -> ExportPlan {
    guard case .exports(let job) = try read(text).get() else { throw NoSuchFile() }
    return job.plan
  }

  private func issues(_ text: String) -> [String] {
    guard case .failure(let failure) = read(text) else { return [] }
    return failure.issues.map(\.description)
  }

  @Test func aGoodJobBecomesAPlan() throws {
    let plan = try plan(
      job(
        target: "../out/effects-{date}.csv.gz", "settings: { applicationId: 270, campaignId: 7 }",
        "window: { since: last-run, overlap: 10m, slice: 1d, first: 7d }", "delivery: { attempts: 3, timeout: 60s }"))
    #expect(plan.endpoint.name == "effects")
    #expect(plan.target == "/v1/applications/270/export_effects?dateFormat=ISO8601&campaignId=7")
    #expect(plan.window == WindowRule(since: .lastRun(overlap: 600, first: 604_800), slice: 86_400))
    #expect(plan.format == .csv && plan.isCompressed)
    #expect(plan.output.path(run: "20261121T030405Z-a1b2c3") == "jobs/../out/effects-2026-11-21.csv.gz")
    #expect(plan.requestsPerSecond == 3 && plan.stallSeconds == 60)
  }

  @Test func aLookupNeedsItsKeys() throws {
    let plan = try plan(
      job(
        "customer-inventory", target: "x.ndjson", "keys: { source: k.csv, column: id }", "settings: { coupons: false }")
    )
    #expect(plan.keys == KeyRule(path: "jobs/k.csv", column: "id", format: .csv(CSVDialect())))
    #expect(plan.target.hasPrefix("/v1/customer_profiles/{integrationId}/inventory?profile=true&"))
    #expect(plan.target.contains("coupons=false"))
    #expect(plan.inFlight == 4)
  }

  @Test func importsAreStillRead() throws {
    guard case .imports(let job) = try read(goodJob).get() else { throw NoSuchFile() }
    #expect(job.name == "catalog-sync")
  }

  @Test(arguments: [
    (["settings: { applicationId: 270 }", "widow: { since: 30d }"], "unknown key 'widow'; did you mean 'window'?"),
    ([], "missing key 'applicationId' in 'settings': effects needs the numeric id"),
    (["settings: { applicationId: 270, campaingId: 3 }"], "unknown key 'campaingId'; did you mean 'campaignId'?"),
    (["settings: { applicationId: 270 }", "window: { since: lastrun }"], "'since' must be last-run"),
    (["settings: { applicationId: 270 }", "window: { since: lastrun }"], "did you mean 'last-run'?"),
    (["settings: { applicationId: 270 }", "window: { slice: 1d }"], "missing key 'since' in 'window'"),
    (
      ["settings: { applicationId: 270 }", "window: { since: 30d, overlap: 10m }"],
      "'overlap' goes with 'since: last-run'"
    ),
    (["settings: { applicationId: 270 }", "window: { since: 30d, slice: 0s }"], "'slice' must be a duration from 1s"),
    (
      ["settings: { applicationId: 270 }", "window: { since: 2026-09-02T00:00:00Z, until: 2026-09-01T00:00:00Z }"],
      "'until' must be later than 'since'"
    ),
    (["settings: { applicationId: 270 }", "window: { since: 30d, until: tomorrow }"], "'until' must be now"),
    (
      ["settings: { applicationId: 270 }", "keys: { source: a.csv, column: b }"],
      "'keys' is for exports that are read one"
    ),
  ]) func whatIsWrongIsSaid(more: [String], message: String) {
    let text = "name: n\nexport:\n  source: effects\n  target: x.csv\n" + more.map { "  \($0)\n" }.joined()
    #expect(issues(text).contains { $0.contains(message) }, "\(issues(text))")
  }

  @Test func everythingWrongComesAtOnceWithItsPlace() {
    let issues =
      issues(
        job("effect", target: "x.txt") + "conection: {}\n")
      + issues(job("catalog-items", target: "out/{dat}.txt", "window: { since: 30d }"))
    #expect(
      issues == [
        "3:11: error: unknown source 'effect' of an export; did you mean 'effects'?",
        "5:1: error: unknown key 'conection'; did you mean 'connection'?",
        "3:11: error: missing key 'catalogId' in 'settings': catalog-items needs the numeric id",
        "4:11: error: 'target' knows '{date}', '{time}', '{run}', found '{dat}'; did you mean '{date}'?",
        "4:11: error: 'target' must end in .csv, .ndjson, .csv.gz or .ndjson.gz, so that it says how it is written, "
          + "found 'out/{dat}.txt'",
        "5:3: error: 'window' is for exports the API can bound in time; catalog-items is always whole",
      ])
    #expect(
      self.issues(job("customer-inventory", target: "x.csv")).first?.contains("missing key 'keys' in 'export'") == true)
    #expect(
      self.issues(goodJob + "\nexport: { source: effects }").contains { $0.contains("one of 'import' and 'export'") })
  }

  @Test func aWindowEndsWhereTheLastRunDidMinusTheOverlap() {
    let rule = WindowRule(since: .lastRun(overlap: 60, first: 1000))
    #expect(rule.window(now: 5000, last: nil) == 4000..<5000)
    #expect(rule.window(now: 5000, last: Watermark(end: 4500, overlap: 60)) == 4440..<5000)
    // A clock that was set back, or an end that is still to come, moves nothing.
    #expect(rule.window(now: 4000, last: Watermark(end: 4500, overlap: 60)) == 4440..<4500)
    var ahead = rule
    ahead.until = 9000
    #expect(ahead.window(now: 5000, last: Watermark(end: 4500, overlap: 60)) == 4440..<5000)
    // What the last run did not remember cannot be told from new rows.
    #expect(rule.window(now: 5000, last: Watermark(end: 4500, overlap: 10)) == 4490..<5000)
    #expect(WindowRule(since: .ago(10), until: 300).window(now: 295, last: Watermark(end: 3, overlap: 0)) == 285..<300)
    #expect(WindowRule(since: .moment(5), until: 300).window(now: 9, last: Watermark(end: 3, overlap: 0)) == 5..<300)
  }

  @Test func slicesCoverTheWindowOnce() {
    var dice = SplitMix64(seed: 5)
    for _ in 0..<500 {
      let start = Int.random(in: -1000...1000, using: &dice)
      let window = start..<start + Int.random(in: 0...500, using: &dice)
      let length = Bool.random(using: &dice) ? Int.random(in: 1...600, using: &dice) : nil
      let slices = Slices(window, length: length)
      var covered = window.lowerBound
      for index in 0..<slices.count {
        #expect(slices[index].lowerBound == covered && (window.isEmpty || !slices[index].isEmpty))
        #expect(slices[index].count <= length ?? .max)
        covered = slices[index].upperBound
      }
      #expect(covered == window.upperBound)
    }
  }
}
