import Testing

@testable import Sandbox

@Suite struct ExportCollectionTests {
  let sandbox = TestDesk()
  private let campaign = "/v1/applications/270/campaigns/3882/collections/8"

  @Test func whatWasImportedComesBack() throws {
    let file = "item\nAdidas\n\"a, b\"\n\"5\"\" disc\"\nGrün\n"
    for path in ["/v1/collections/7", campaign] {
      #expect(sandbox.upload(path + "/import", file).status == 200)
      let answer = sandbox.get(path + "/export")
      #expect(answer.contentType == "application/csv")
      #expect(answer.streamedText == file)
    }
  }

  @Test func aLargeCollectionComesInParts() throws {
    let file = "item\n" + (0..<20_000).map { "item-\($0)\n" }.joined()
    _ = sandbox.upload("/v1/collections/7/import", file)
    var feed = try #require(sandbox.get("/v1/collections/7/export").stream?.feed)
    var chunk = Chunk()
    let goesOn = feed.fill(&chunk)
    #expect(goesOn)
    #expect(sandbox.text("/v1/collections/7/export") == file)
  }

  @Test func aCollectionIsExportedAtItsLevelOnly() {
    #expect(sandbox.get("/v1/collections/8/export").status == 404)
    #expect(sandbox.get("/v1/applications/270/campaigns/3882/collections/7/export").status == 404)
    #expect(sandbox.text(campaign + "/export") == "item\n")
  }
}
