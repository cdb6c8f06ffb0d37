import Foundation
import Testing

/// Every export in `jobs/` is run, from the repository, as its reader would.
@Suite(.inTurn) struct ExportSampleTests {
  /// Rows written and rejected; sample data ends last night, so what a window of days holds depends on the hour.
  static let expected: [String: (accepted: ClosedRange<Int>, rejected: Int, exit: Int32)] = [
    "effects-nightly.yaml": (38_000...40_000, 0, 0), "sessions-export.yaml": (19_000...20_000, 0, 0),
    "catalog-items.yaml": (20_000...20_000, 0, 0), "customer-inventory.yaml": (238...238, 2, 1),
  ]

  @Test(arguments: expected.keys.sorted()) func anExportOfTheRepositoryAccountsForEveryRow(job: String) async throws {
    let place = try Workplace()
    let path = "\(Workplace.root)/jobs/\(job)"
    let outcome = try await place.ferry(["run", path, "--sandbox", "--report", "report.json"])
    let want = try #require(Self.expected[job])
    #expect(outcome.exit == want.exit, "\(outcome.err)")
    #expect(want.accepted.contains(try place.report("accepted")))
    #expect(try place.report("rejected") == want.rejected)
    #expect(try place.report("pending") == 0)
    #expect(try await place.ferry(["check", path]).exit == 0)
  }

  @Test func everyExportOfTheRepositoryIsKnown() { #expect(Set(Self.expected.keys) == SampleTests.exports) }
}
