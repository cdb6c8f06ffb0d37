import Foundation
import Testing

/// Every file in `jobs/` and `samples/` is run, from the repository, as its reader would.
@Suite(.inTurn) struct SampleTests {
  static let expected: [String: (read: Int, accepted: Int, rejected: Int, skipped: Int)] = [
    "catalog-sync.yaml": (5000, 4988, 11, 1),
    "profiles-update.yaml": (3000, 2995, 4, 1),
    "audience-members.yaml": (2000, 1995, 1, 4),
    "points-add.yaml": (36, 31, 5, 0),
    "coupons-import.yaml": (600, 592, 7, 1),
    "collection-outlet.yaml": (400, 396, 2, 2),
    "collection-clubs.yaml": (300, 298, 0, 2),
    "reservations-create.yaml": (500, 495, 4, 1),
    "reservations-delete.yaml": (120, 118, 2, 0),
    "events-track.yaml": (500, 496, 3, 1),
    "sessions-update.yaml": (300, 296, 4, 0),
    "sessions-lines.yaml": (645, 632, 13, 0),
  ]

  /// The exports among the jobs: `ExportSampleTests` runs them.
  static let exports: Set<String> = [
    "catalog-items.yaml", "customer-inventory.yaml", "effects-nightly.yaml", "sessions-export.yaml",
  ]

  @Test func everyJobOfTheRepositoryIsKnownToThisSuite() async throws {
    let jobs = try FileManager.default.contentsOfDirectory(atPath: "\(Workplace.root)/jobs")
    #expect(Set(jobs.filter { $0.hasSuffix(".yaml") }) == Set(Self.expected.keys).union(Self.exports))
  }

  @Test func everySampleIsTheSourceOfAJob() async throws {
    let samples = try FileManager.default.contentsOfDirectory(atPath: "\(Workplace.root)/samples")
    let jobs = try Self.exports.union(Self.expected.keys).map {
      try String(contentsOfFile: "\(Workplace.root)/jobs/\($0)", encoding: .utf8)
    }
    for sample in samples where !sample.hasSuffix(".md") {
      #expect(jobs.contains { $0.contains("../samples/\(sample)") }, "\(sample)")
    }
  }

  @Test(arguments: expected.keys.sorted()) func aJobOfTheRepositoryAccountsForEveryRow(job: String) async throws {
    let place = try Workplace()
    let outcome = try await place.ferry([
      "run", "\(Workplace.root)/jobs/\(job)", "--sandbox", "--report", "report.json",
    ])
    let want = try #require(Self.expected[job])
    #expect(outcome.exit == (want.rejected > 0 ? 1 : 0), "\(outcome.err)")
    #expect(try place.report("read") == want.read)
    #expect(try place.report("accepted") == want.accepted)
    #expect(try place.report("rejected") == want.rejected)
    #expect(try place.report("skipped") == want.skipped)
    for word in ["unchanged", "inDoubt", "pending"] { #expect(try place.report(word) == 0, "\(word)") }
    if want.rejected > 0 {
      let rejects = try place.rejects(of: ".sandbox/" + String(job.dropLast(5)))
      #expect(rejects.range(of: #"('\w+' is [^;"]+); \1"#, options: .regularExpression) == nil, "said twice")
    }
    #expect(try await place.ferry(["check", "\(Workplace.root)/jobs/\(job)"]).exit == 0)
  }
}
