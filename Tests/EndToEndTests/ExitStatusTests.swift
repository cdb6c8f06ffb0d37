import Foundation
import Sandbox
import Testing

/// Exit statuses are an interface: a scheduler acts on them.
@Suite(.inTurn) struct ExitStatusTests {
  private func place(_ job: String = Jobs.catalog(), rows: String = Jobs.rows(30)) throws -> Workplace {
    let place = try Workplace()
    try place.write("job.yaml", job)
    try place.write("catalog.csv", rows)
    return place
  }

  @Test func nothingToDoIsSuccess() async throws {
    let server = try await Server.start()
    for rows in ["sku,price,name,size\n", "sku,price,name,size"] {
      let outcome = try await place(rows: rows).ferry(["run", "job.yaml"], server.environment)
      #expect(outcome.exit == 0, "\(outcome.err)")
    }
    try await server.sandbox.stop()
  }

  @Test func anEmptyFileHasNoHeader() async throws {
    let server = try await Server.start()
    let outcome = try await place(rows: "").ferry(["run", "job.yaml"], server.environment)
    #expect(outcome.exit == 66)
    #expect(outcome.out.contains("it is empty; expected a header line with column names"))
    try await server.sandbox.stop()
  }

  @Test func aGuardStopsTheRun() async throws {
    let server = try await Server.start()
    let place = try place(
      Jobs.catalog(more: "  guards: { maxRejects: 3 }\n  delivery: { batchRows: 5 }"),
      rows: Jobs.rows(100).replacingOccurrences(of: ".50,", with: ";50,"))
    let outcome = try await place.ferry(["run", "job.yaml"], server.environment)
    #expect(outcome.exit == 2)
    #expect(outcome.out.contains("more than the 3 'guards.maxRejects' allows"))
    let again = try await place.ferry(["run", "job.yaml"], server.environment)
    #expect(again.exit == 2)
    #expect(again.err.contains("was stopped by a guard"))
    try await server.sandbox.stop()
  }

  @Test func wrongUsageIs64() async throws {
    let place = try place()
    #expect(try await place.ferry(["run"]).exit == 64)
    #expect(try await place.ferry(["run", "job.yaml", "--nonsense"]).exit == 64)
    #expect(try await place.ferry(["run", "job.yaml", "--fresh", "--resume"]).exit == 64)
    #expect(try await place.ferry(["endpoints", "catalog.synk"]).err.contains("did you mean 'catalog.sync'?"))
  }

  @Test func withoutLibcurlARunCannotBeginAndACheckCan() async throws {
    let place = try place()
    try place.write("libcurl.so.4", "no library")
    let environment = [
      "TALON_ONE_URL": "http://127.0.0.1:1", "TALON_ONE_API_KEY": "k", "LD_LIBRARY_PATH": place.folder,
    ]
    let outcome = try await place.ferry(["run", "job.yaml"], environment)
    #expect(outcome.exit == 70)
    #expect(outcome.err.contains("ferry: catalog: libcurl cannot be loaded: "), "\(outcome.err)")
    #expect(outcome.err.contains("; install the package 'libcurl4'"))
    #expect(try await place.ferry(["check", "job.yaml"], environment).exit == 0)
  }

  @Test func aMissingSourceIs66() async throws {
    let server = try await Server.start()
    let outcome = try await place(Jobs.catalog(source: "nowhere.csv")).ferry(["run", "job.yaml"], server.environment)
    #expect(outcome.exit == 66)
    #expect(outcome.err.contains("source nowhere.csv does not exist"))
    try await server.sandbox.stop()
  }

  @Test func aDamagedArchiveIs66AndSaysAfterHowMuch() async throws {
    let server = try await Server.start()
    let place = try place(Jobs.catalog(source: "broken.csv.gz"))
    try place.write("broken.csv.gz", [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3])
    let outcome = try await place.ferry(["run", "job.yaml"], server.environment)
    #expect(outcome.exit == 66)
    #expect(outcome.out.contains("is damaged after"))
    try await server.sandbox.stop()
  }

  @Test func anUnreachableServerIs75() async throws {
    let place = try place(Jobs.catalog(more: "  delivery: { attempts: 2 }"))
    let outcome = try await place.ferry(
      ["run", "job.yaml"], ["TALON_ONE_URL": "http://127.0.0.1:9", "TALON_ONE_API_KEY": "k"])
    #expect(outcome.exit == 75)
    #expect(outcome.out.contains("gave up after 2 attempts"))
  }

  @Test func aRefusedKeyIs77() async throws {
    let server = try await Server.start(key: "another")
    let outcome = try await place().ferry(["run", "job.yaml"], server.environment)
    #expect(outcome.exit == 77)
    #expect(outcome.out.contains("the API refused the key"))
    try await server.sandbox.stop()
  }

  @Test func anUnknownCatalogIs78AndNamed() async throws {
    let server = try await Server.start()
    let job = Jobs.catalog().replacingOccurrences(of: "catalogId: 30", with: "catalogId: 31")
    let outcome = try await place(job).ferry(["run", "job.yaml"], server.environment)
    #expect(outcome.exit == 78)
    #expect(outcome.out.contains("HTTP 404"))
    try await server.sandbox.stop()
  }

  @Test func anInvalidJobIs78WithEveryIssueAtItsPlace() async throws {
    let place = try place(
      """
      name: catalog
      import:
        source: catalog.csv
        target: catalog.synk
        windw: 3
      """)
    for command in ["check", "run"] {
      let outcome = try await place.ferry([command, "job.yaml"])
      #expect(outcome.exit == 78)
      let words = outcome.out + outcome.err
      #expect(words.contains("job.yaml:4:11: error: unknown target 'catalog.synk'; did you mean 'catalog.sync'?"))
      #expect(words.contains("job.yaml:5:3: error: unknown key 'windw'"))
    }
  }

  @Test func aRunThatCannotBeginLeavesAReportThatSaysSo() async throws {
    let place = try place(Jobs.catalog())
    let run = ["run", "job.yaml", "--sandbox", "--report", "report.json"]
    try place.write("catalog.csv", Jobs.rows(3))
    #expect(try await place.ferry(run).exit == 0)
    #expect(try place.report("accepted") == 3)
    try FileManager.default.removeItem(atPath: "\(place.folder)/catalog.csv")
    #expect(try await place.ferry(run).exit == 66)
    #expect(try place.report("accepted") == 0 && place.report("exit") == 66)
    #expect(try place.text("report.json").contains("catalog.csv"))
    try place.write("job.yaml", "name: catalog\n")
    #expect(try await place.ferry(run).exit == 78)
    #expect(try place.report("exit") == 78)
  }

  @Test func aColumnNamedTwiceIs78() async throws {
    let place = try place(Jobs.catalog())
    try place.write("catalog.csv", "sku,name,price,sku\nA,a,1,B\n")
    for arguments in [["check", "job.yaml"], ["run", "job.yaml", "--sandbox"]] {
      let outcome = try await place.ferry(arguments)
      #expect(outcome.exit == 78)
      #expect((outcome.out + outcome.err).contains("catalog.csv:1: error: columns 1 and 4 are both named 'sku'"))
    }
  }

  @Test func aColumnTheSourceLacksIs78WithASuggestion() async throws {
    let server = try await Server.start()
    let place = try place(Jobs.catalog().replacingOccurrences(of: "price: price", with: "price: prise"))
    for arguments in [["check", "job.yaml"], ["run", "job.yaml"]] {
      let outcome = try await place.ferry(arguments, server.environment)
      #expect(outcome.exit == 78)
      #expect((outcome.out + outcome.err).contains("column 'prise' is not in catalog.csv; did you mean 'price'?"))
    }
    try await server.sandbox.stop()
  }

  /// Law nine: values appear in the rejects file only, keys nowhere.
  @Test(arguments: ["text", "json"]) func keysAndValuesStayOutOfTheLogs(format: String) async throws {
    let server = try await Server.start(faults: "500:every3")
    let place = try place(rows: Jobs.rows(30) + "SKU-SECRET,not-a-price,\"Hidden name\",40\n")
    let outcome = try await place.ferry(
      ["run", "job.yaml", "--log-format", format, "--report", "report.json"], server.environment)
    #expect(outcome.exit == 1)
    let journal = try FileManager.default.contentsOfDirectory(atPath: "\(place.folder)/.ferry/catalog")
      .first { $0.hasSuffix(".journal") }.map { try place.text(".ferry/catalog/\($0)") }
    let logged = try outcome.out + outcome.err + place.text("report.json") + (journal ?? "")
    for secret in ["k-123456", "not-a-price", "Hidden name", "SKU-SECRET"] { #expect(!logged.contains(secret)) }
    #expect(try place.rejects(of: "catalog").contains("not-a-price"))
    try await server.sandbox.stop()
  }
}
