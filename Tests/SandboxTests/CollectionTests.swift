import Testing

@testable import Sandbox

@Suite struct CollectionTests {
  private func items(_ sandbox: TestDesk, _ query: String = "", of id: Int = 7) throws -> JSONValue {
    sandbox.wait(1000)
    return try sandbox.send("GET", "/v1/collections/\(id)/items" + query).json
  }

  @Test func anUploadReplacesTheWholeContent() throws {
    let sandbox = TestDesk()
    #expect(try sandbox.upload("/v1/collections/7/import", "item\na\nb\nc\n").json["amount"] == 3)
    #expect(try items(sandbox)["data"] == [["item": "a"], ["item": "b"], ["item": "c"]])
    #expect(try sandbox.upload("/v1/collections/7/import", "item\nd\n").json["amount"] == 1)
    #expect(try items(sandbox) == ["hasMore": false, "data": [["item": "d"]]])
    #expect(sandbox.statistics.accepted == ["importAccountCollection": 4])
  }

  @Test func itemsArePaged() throws {
    let sandbox = TestDesk()
    let path = "/v1/applications/270/campaigns/3882/collections/8"
    _ = sandbox.upload(path + "/import", "item\na\nb\nc\n")
    #expect(try items(sandbox, "?pageSize=2", of: 8) == ["hasMore": true, "data": [["item": "a"], ["item": "b"]]])
    #expect(try items(sandbox, "?pageSize=2&skip=2", of: 8) == ["hasMore": false, "data": [["item": "c"]]])
    #expect(try items(sandbox, "?skip=9", of: 8) == ["hasMore": false, "data": []])
    #expect(try sandbox.send("GET", path).json["payload"] == ["a", "b", "c"])
  }

  @Test func collectionsBelongToTheirLevel() throws {
    let sandbox = TestDesk()
    #expect(sandbox.upload("/v1/collections/8/import", "item\na").status == 404)
    #expect(sandbox.upload("/v1/applications/270/campaigns/3882/collections/7/import", "item\na").status == 404)
    let list = try sandbox.send("GET", "/v1/collections").json
    #expect(list["data"]?[0]?["id"] == 7)
    for name in ["id", "created", "accountId", "modified", "name", "createdBy"] {
      #expect(list["data"]?[0]?[name] != nil, "\(name)")
    }
    let ofCampaign = try sandbox.send(
      "GET", "/v1/applications/270/campaigns/3882/collections?withTotalResultSize=true"
    ).json
    #expect(ofCampaign["totalResultSize"] == 1)
    #expect(ofCampaign["data"]?[0]?["campaignId"] == 3882)
    #expect(try sandbox.send("GET", "/v1/collections?name=other").json["data"] == [])
    #expect(sandbox.send("GET", "/v1/collections/8").status == 404)
    #expect(sandbox.send("GET", "/v1/collections/9/items").status == 404)
  }

  @Test(arguments: ["Item\na", "item,more\na,b", "", "item\n\nb", "item\n\"a", "item\na\"b", "item\na\rb"])
  func aTableThatIsNotOneColumnOfItemsIsRefused(table: String) throws {
    let sandbox = TestDesk()
    let answer = sandbox.upload("/v1/collections/7/import", table)
    #expect(answer.status == 400)
    #expect(try !answer.lines.isEmpty)
    #expect(try items(sandbox)["data"] == [])
  }

  @Test func moreThanHalfAMillionItemsAreRefused() throws {
    let sandbox = TestDesk()
    let full = "item\n" + String(repeating: "a\n", count: 500_000)
    #expect(try sandbox.upload("/v1/collections/7/import", full).json["amount"] == 500_000)
    let answer = sandbox.upload("/v1/collections/7/import", full + "a\n")
    #expect(answer.status == 400)
    #expect(try answer.lines == ["500002"])
  }

  @Test func anIdenticalUploadIsRefusedWhenTheSwitchSaysSo() {
    var configuration = SandboxConfiguration()
    configuration.refusesIdenticalUploads = true
    for (sandbox, status) in [(TestDesk(), 200), (TestDesk(configuration), 400)] {
      #expect(sandbox.upload("/v1/collections/7/import", "item\na\n").status == 200)
      #expect(sandbox.upload("/v1/collections/7/import", "item\r\n\"a\"").status == status)
    }
  }
}
