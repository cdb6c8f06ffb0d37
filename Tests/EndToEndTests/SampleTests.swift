import Foundation
import Testing

/// Every file in `jobs/` and `samples/` is run, from the repository, as its reader would.
@Suite struct SampleTests {
  static let expected: [String: (read: Int, accepted: Int, rejected: Int, skipped: Int)] = [
    "catalog-sync.yaml": (5000, 4988, 11, 1),
    "profiles-update.yaml": (3000, 2995, 4, 1),
    "audience-members.yaml": (2000, 1995, 1, 4),
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
    #expect(outcome.exit == 1, "\(outcome.err)")
    #expect(try place.report("read") == want.read)
    #expect(try place.report("accepted") == want.accepted)
    #expect(try place.report("rejected") == want.rejected)
    #expect(try place.report("skipped") == want.skipped)
    #expect(try place.report("pending") == 0)
    #expect(try await place.ferry(["check", "\(Workplace.root)/jobs/\(job)"]).exit == 0)
  }
}
