import Testing

@testable import Sandbox

@Suite struct ReservationTests {
  let sandbox = TestDesk()

  private func reserve(_ code: String, _ ids: String...) -> Answer {
    sandbox.send("POST", "/v1/coupon_reservations/" + code, body(ids))
  }

  private func body(_ ids: [String]) -> String {
    "{\"integrationIDs\":[" + ids.map { "\"\($0)\"" }.joined(separator: ",") + "]}"
  }

  private func reserved(_ code: String) throws -> JSONValue {
    try sandbox.send("GET", "/v1/coupon_reservations/customerprofiles/" + code).json
  }

  @Test(arguments: ["10%24OFF", "10$OFF", "a%2Fb", "25%25", "SUMMER-00001", "SUMMER-99999"])
  func theCodesOfTheSampleCanBeReserved(code: String) throws {
    let answer = reserve(code, "a", "b")
    #expect(answer.status == 201)
    for name in ["id", "created", "campaignId", "value", "usageLimit", "usageCounter"] {
      #expect(try answer.json[name] != nil, "\(name)")
    }
    #expect(try answer.json["reservationCounter"] == 2)
    #expect(try reserved(code)["totalResultSize"] == 2)
    #expect(try reserved(code)["data"]?[1]?["integrationId"] == "b")
    #expect(try sandbox.send("GET", "/v1/customers/no_total").json["data"] == [])
  }

  @Test func reservingAgainChangesNothing() throws {
    _ = reserve("a%2Fb", "a", "b")
    let again = reserve("a%2Fb", "b", "c", "c")
    #expect(try again.json["reservationCounter"] == 3)
    #expect(sandbox.statistics.accepted == ["createCouponReservation": 5])
    #expect(sandbox.statistics.repeatedKeys == ["reservations": 1])
  }

  @Test func reservationsAreTakenBack() throws {
    _ = reserve("25%25", "a", "b")
    #expect(sandbox.send("DELETE", "/v1/coupon_reservations/25%25", body(["a", "never"])).status == 204)
    #expect(sandbox.send("DELETE", "/v1/coupon_reservations/25%25", body(["a"])).status == 204)
    #expect(try reserved("25%25")["data"]?[0]?["integrationId"] == "b")
    #expect(try reserved("25%25")["totalResultSize"] == 1)
    #expect(sandbox.send("DELETE", "/v1/coupon_reservations/25%25").status == 400)
  }

  @Test(arguments: ["SUMMER-1", "SUMMER-000001", "summer-00001", "25", "nobody"])
  func anUnknownCouponIsNotFound(code: String) throws {
    #expect(reserve(code, "a").status == 404)
    #expect(sandbox.send("DELETE", "/v1/coupon_reservations/" + code, body(["a"])).status == 404)
    #expect(sandbox.send("GET", "/v1/coupon_reservations/customerprofiles/" + code).status == 404)
  }

  @Test func importedCouponsCanBeReserved() throws {
    _ = sandbox.upload("/v1/applications/270/campaigns/3882/import_coupons", "value\nNEW CODE\n")
    #expect(reserve("NEW%20CODE", "a").status == 201)
    let list = try sandbox.send("GET", "/v1/applications/270/campaigns/3882/coupons/no_total").json
    #expect(list["data"]?[0]?["reservationCounter"] == 1)
    #expect(list["data"]?[1] == nil)
  }

  @Test func aListThatIsNoneIsRefused() throws {
    let path = "/v1/coupon_reservations/a%2Fb"
    for body in ["{}", "{\"integrationIDs\":[]}", "{\"integrationIds\":[\"a\"]}", "{\"integrationIDs\":[\"\"]}"] {
      #expect(sandbox.send("POST", path, body).status == 400, "\(body)")
    }
    #expect(sandbox.send("POST", path, body((0..<1000).map(String.init))).status == 201)
    #expect(sandbox.send("POST", path, body((0..<1001).map(String.init))).status == 400)
    #expect(try sandbox.send("POST", path, "{\"integrationIDs\":[\"a\",1]}").pointers == ["/integrationIDs/1"])
  }
}
