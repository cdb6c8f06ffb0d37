import Testing

@testable import Sandbox

@Suite struct CouponImportTests {
  let sandbox = TestDesk()
  private let campaign = "/v1/applications/270/campaigns/3882"

  private func load(_ file: String, skipsDuplicates: Bool = false, campaign: String? = nil) -> Answer {
    sandbox.wait(1000)
    return sandbox.upload(
      (campaign ?? self.campaign) + "/import_coupons" + (skipsDuplicates ? "?skipDuplicates=true" : ""), file)
  }

  private func list(_ query: String = "") throws -> [JSONValue] {
    sandbox.wait(1000)
    guard case .array(let list)? = try sandbox.send("GET", campaign + "/coupons/no_total" + query).json["data"] else {
      return []
    }
    return list
  }

  @Test func couponsAreAppendedAndReadBack() throws {
    let header = "value,expirydate,startdate,recipientintegrationid,limitval,attributes,discountlimit\n"
    let answer = load(
      header + "COUP1,2030-07-01T04:00:00Z,2018-05-01T06:00:00+02:00,cust123,3,"
        + "\"{\"\"Category\"\": \"\"10_off\"\"}\",2.40\n" + "COUP2,,,,,,\r\n")
    #expect(answer.status == 200)
    for name in ["id", "created", "accountId", "userId", "entity"] { #expect(try answer.json[name] != nil, "\(name)") }
    #expect(try answer.json["amount"] == 2)
    #expect(try load("value\nCOUP3").json["amount"] == 1)
    let coupons = try list()
    #expect(coupons.map { $0["value"] } == ["COUP1", "COUP2", "COUP3"])
    #expect(coupons[0]["usageLimit"] == 3)
    #expect(coupons[0]["attributes"] == ["Category": "10_off"])
    #expect(coupons[0]["discountLimit"] == .number("2.40"))
    #expect(coupons[0]["startDate"] == "2018-05-01T04:00:00.000000Z")
    #expect(coupons[0]["recipientIntegrationId"] == "cust123")
    for name in ["id", "created", "campaignId", "value", "usageLimit", "usageCounter"] {
      #expect(coupons[1][name] != nil, "\(name)")
    }
    #expect(coupons[1]["usageLimit"] == 1)
    #expect(coupons[1]["startDate"] == nil)
    #expect(sandbox.statistics.accepted == ["importCoupons": 3])
  }

  @Test func couponsArePagedAndFiltered() throws {
    _ = load("value,recipientintegrationid\nSUMMER-1,a\nsummer-2,b\nWINTER-1,a\n")
    _ = load("value,startdate\nLATER,2099-01-01T00:00:00Z\n")
    let page = try sandbox.send("GET", campaign + "/coupons/no_total?pageSize=2&skip=1").json
    #expect(page["hasMore"] == true)
    #expect(page["data"]?[0]?["value"] == "summer-2")
    #expect(try list("?value=summer1").map { $0["value"] } == ["SUMMER-1"])
    #expect(try list("?value=summer1&exactMatch=true").isEmpty)
    #expect(try list("?value=SUMMER-2&exactMatch=true").map { $0["value"] } == ["summer-2"])
    #expect(try list("?recipientIntegrationId=a&pageSize=1&skip=1").map { $0["value"] } == ["WINTER-1"])
    let batch = try #require(try list().last?["batchId"])
    guard case .string(let batch) = batch else { return }
    #expect(try list("?batchId=\(batch)").map { $0["value"] } == ["LATER"])
    #expect(try list("?valid=validFuture").map { $0["value"] } == ["LATER"])
    #expect(try list("?valid=validNow").count == 3)
    #expect(sandbox.send("GET", campaign + "/coupons/no_total?valid=soon").status == 400)
  }

  @Test func aBadRowIsNamedByItsLineAndNothingIsImported() throws {
    let answer = load("value,limitval\nGOOD,1\nab,1\n\"MULTI\nLINE\",2\nBAD,x\nWIDE,1,2\n")
    #expect(answer.status == 400)
    #expect(try answer.lines == ["3", "6", "7"])
    #expect(try list().isEmpty)
    #expect(sandbox.statistics.accepted.isEmpty)
  }

  @Test(arguments: [
    "startdate\nCODE,2026-01-01", "startdate\nCODE,2026-01-01T00:00:00+0000", "expirydate\nCODE,tomorrow",
    "attributes\nCODE,{", "attributes\nCODE,[]", "limitval\nCODE,1000000", "limitval\nCODE,-1", "limitval\nCODE,1.0",
    "discountlimit\nCODE,1000000000000001", "discountlimit\nCODE,-1", "discountlimit\nCODE,1 000",
    "attributes\nCODE,{\"\"a\"\":1}",
  ])
  func aBadCellIsRefused(table: String) throws {
    let answer = load("value," + table)
    #expect(answer.status == 400)
    #expect(try answer.lines == ["2"])
  }

  @Test(arguments: ["", "Value\nCODE", "value,size\nCODE,1", "value,value\nA,B", "limitval\n1", "\u{FEFF}value\nCODE"])
  func aHeaderThatIsNotExactIsRefused(table: String) throws {
    let answer = load(table)
    #expect(answer.status == 400)
    #expect(try answer.lines.allSatisfy { $0 == "1" })
  }

  @Test(arguments: [("True", 200), ("1", 200), ("FALSE", 200), ("yes", 400), ("", 400)])
  func aFlagIsSpelledAsGoReadsIt(_ flag: String, _ status: Int) {
    let target = campaign + "/import_coupons"
    #expect(sandbox.upload(target, "value\nCCC\n").status == 200)
    #expect(sandbox.upload(target + "?skipDuplicates=" + flag, "value\nDDD\n").status == status)
  }

  @Test func aCodeIsUniqueAcrossCampaignsUnlessDuplicatesAreSkipped() throws {
    var configuration = SandboxConfiguration()
    configuration.account.add(campaign: 3883, of: 270)
    let sandbox = TestDesk(configuration)
    let other = "/v1/applications/270/campaigns/3883/import_coupons"
    #expect(sandbox.upload(campaign + "/import_coupons", "value\nAAA\nBBB\n").status == 200)
    let refused = sandbox.upload(other, "value\nCCC\nAAA\nCCC\n")
    #expect(refused.status == 400)
    #expect(try refused.lines == ["3", "4"])
    #expect(try sandbox.upload(other + "?skipDuplicates=true", "value\nCCC\nAAA\nCCC\n").json["amount"] == 1)
    #expect(sandbox.statistics.accepted == ["importCoupons": 3])
  }

  @Test func aCampaignThatIsNotThereIsNotFound() {
    #expect(load("value\nAAA", campaign: "/v1/applications/270/campaigns/1").status == 404)
    #expect(load("value\nAAA", campaign: "/v1/applications/271/campaigns/3882").status == 404)
  }

  @Test func strictAttributesHoldForCouponsToo() throws {
    var configuration = SandboxConfiguration()
    configuration.strictAttributes = true
    let sandbox = TestDesk(configuration)
    let answer = sandbox.upload(campaign + "/import_coupons", "value,attributes\nAAA,\"{\"\"nobody\"\":1}\"\n")
    #expect(try answer.lines == ["2"])
  }
}
