import Testing

@testable import Sandbox

@Suite struct SessionTests {
  let sandbox = TestDesk()

  private func update(_ session: String, id: String = "s", query: String = "", key: String? = nil) -> Answer {
    sandbox.send(
      "PUT", "/v2/customer_sessions/\(id)\(query)",
      "{\"customerSession\":{\(session)},\"responseContent\":[\"customerSession\"]}", idempotencyKey: key)
  }

  private func session(_ id: String = "s") throws -> JSONValue? {
    try sandbox.send("GET", "/v2/customer_sessions/\(id)").json["customerSession"]
  }

  private func item(_ sku: String, _ quantity: Int, _ more: String = ",\"price\":1") -> String {
    "{\"sku\":\"\(sku)\",\"quantity\":\(quantity)\(more)}"
  }

  @Test func aSessionIsKeptAndReadBack() throws {
    let second = item("B", 1, ",\"price\":2,\"additionalCosts\":{\"x\":{\"price\":1}}")
    let cart = "[\(item("A", 3, ",\"price\":0.1")),\(second)]"
    let answer = update(
      "\"profileId\":\"p\",\"cartItems\":\(cart),\"attributes\":{\"ShippingCity\":\"Berlin\"},"
        + "\"additionalCosts\":{\"shipping\":{\"price\":9}}")
    #expect(answer.status == 200)
    let found = try #require(try answer.json["customerSession"])
    #expect(try session() == found)
    #expect(found["total"] == .number("12.3"))
    #expect(found["cartItemTotal"] == .number("2.3"))
    #expect(found["additionalCostTotal"] == 10)
    #expect(found["cartItems"]?[0]?["remainingQuantity"] == 3)
    for name in [
      "id", "created", "integrationId", "applicationId", "profileId", "state", "cartItems", "attributes",
      "firstSession", "updateCount", "cartItemAdditionalCostTotal", "updated", "coupon",
      "referral",
    ] { #expect(found[name] != nil, "\(name)") }
    #expect(try sandbox.send("GET", "/v2/customer_sessions/s").json["effects"] == [])
    #expect(sandbox.send("GET", "/v2/customer_sessions/t").status == 404)
    #expect(sandbox.statistics.accepted == ["updateCustomerSessionV2": 1])
  }

  @Test func whatIsNotGivenIsKeptAndWhatIsEmptyDiscards() throws {
    _ = update("\"profileId\":\"p\",\"couponCodes\":[\"A\"],\"referralCode\":\"R\",\"cartItems\":[\(item("A", 1))]")
    _ = update("\"attributes\":{\"a\":1}")
    #expect(try session()?["couponCodes"] == ["A"])
    #expect(try session()?["referralCode"] == "R")
    #expect(try session()?["profileId"] == "p")
    #expect(try session()?["updateCount"] == 2)
    _ = update("\"couponCodes\":[],\"referralCode\":\"\",\"cartItems\":[]")
    #expect(try session()?["couponCodes"] == [])
    #expect(try session()?["referralCode"] == "")
    #expect(try session()?["cartItems"] == [])
    #expect(try session()?["attributes"] == ["a": 1])
  }

  @Test(arguments: [
    ("open", "open", 200), ("open", "closed", 200), ("open", "cancelled", 200), ("open", "partially_returned", 400),
    ("closed", "closed", 400), ("closed", "open", 400), ("closed", "cancelled", 200),
    ("closed", "partially_returned", 400),
  ])
  func statesFollowTheirWays(from: String, to: String, status: Int) throws {
    #expect(update("\"state\":\"\(from)\"").status == 200)
    #expect(update("\"state\":\"\(to)\"").status == status)
    #expect(try session()?["state"] == .string(status == 200 ? to : from))
  }

  @Test func closingTwiceSaysSo() throws {
    _ = update("\"state\":\"closed\"")
    let answer = update("\"state\":\"closed\"")
    let message = "Only open sessions can be closed. Cannot move session to state \"closed\" from state \"closed\""
    #expect(try answer.json == ["message": .string(message), "errors": .null, "StatusCode": 400])
    #expect(update("\"attributes\":{}").status == 400)
    _ = update("\"state\":\"cancelled\"")
    #expect(update("\"state\":\"cancelled\"").status == 400)
    for state in ["cancelled", "partially_returned", "other"] {
      #expect(update("\"state\":\"\(state)\"", id: "new").status == 400)
    }
    #expect(try session("new") == nil)
  }

  @Test func closedSessionsCountForTheirProfile() throws {
    _ = update("\"profileId\":\"p\",\"state\":\"closed\",\"cartItems\":[\(item("A", 2, ",\"price\":1.25"))]")
    #expect(try sandbox.send("GET", "/v1/customers/no_total").json["data"]?[0]?["totalSales"] == .number("2.5"))
    _ = update("\"state\":\"cancelled\"")
    let profile = try sandbox.send("GET", "/v1/customers/no_total").json["data"]?[0]
    #expect(profile?["totalSales"] == 0)
    #expect(profile?["closedSessions"] == 0)
  }

  @Test(arguments: [
    "{\"quantity\":1,\"price\":1}", "{\"sku\":\"A\",\"price\":1}", "{\"sku\":\"A\",\"quantity\":0,\"price\":1}",
    "{\"sku\":\"A\",\"quantity\":1}", "{\"sku\":\"A\",\"quantity\":1,\"price\":\"1\"}",
    "{\"sku\":\"A\",\"quantity\":1,\"price\":1,\"position\":0}",
    "{\"sku\":\"A\",\"quantity\":1,\"price\":1,\"prices\":{}}",
    "{\"sku\":\"A\",\"quantity\":1,\"price\":1,\"colour\":1}", "{\"sku\":\"A\",\"quantity\":1.0,\"price\":1}",
    "{\"sku\":\"A\",\"quantity\":1,\"price\":1e30}", "{\"sku\":\"A\",\"quantity\":1,\"price\":1,\"product\":{}}",
    "{\"sku\":\"A\",\"quantity\":1,\"price\":1,\"additionalCosts\":{\"x\":1}}",
    "{\"sku\":\"A\",\"quantity\":9223372036854775807,\"price\":1}", "1",
  ])
  func anItemThatBreaksARuleIsRefused(item: String) throws {
    let answer = update("\"cartItems\":[\(item)]")
    #expect(answer.status == 400)
    #expect(try answer.json["StatusCode"] == nil)
    #expect(try answer.pointers.allSatisfy { $0.hasPrefix("/customerSession/cartItems") })
    #expect(sandbox.statistics.accepted.isEmpty)
  }

  @Test func anItemOfACatalogNeedsNoPrice() throws {
    _ = sandbox.sync(add("A", price: "12.10"))
    #expect(update("\"cartItems\":[\(item("A", 2, ""))]").status == 200)
    #expect(try session()?["cartItemTotal"] == .number("24.2"))
  }

  @Test func aCartHoldsAThousandItemsAndTenThousandUnits() {
    let items = { (count: Int, quantity: Int) in
      "\"cartItems\":[" + (0..<count).map { item("\($0)", quantity) }.joined(separator: ",") + "]"
    }
    #expect(update(items(1000, 10)).status == 200)
    #expect(update(items(1001, 1)).status == 400)
    #expect(update(items(909, 11)).status == 200)
    #expect(update(items(910, 11)).status == 400)
  }

  @Test(arguments: [
    "\"loyaltyCards\":[\"a\",\"b\"]", "\"identifiers\":[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\"]", "\"profileID\":\"p\"",
    "\"couponCodes\":[\"\(String(repeating: "x", count: 101))\"]", "\"evaluableCampaignIds\":[1]",
    "\"experimentVariantAllocations\":[{}]", "\"couponCodes\":\"A\"", "\"attributes\":1", "\"storeIntegrationId\":\"\"",
  ])
  func aSessionThatBreaksARuleIsRefused(session: String) {
    #expect(update(session).status == 400)
    #expect(sandbox.send("PUT", "/v2/customer_sessions/s", "{\(session)}").status == 400)
  }

  @Test func aDryRunLeavesNothing() throws {
    #expect(update("\"state\":\"closed\"", query: "?dry=true&now=2030-01-01T00:00:00Z").status == 200)
    #expect(try session() == nil)
    #expect(update("", query: "?now=2030-01-01T00:00:00Z").status == 400)
    #expect(update("", query: "?dry=true&now=2020-01-01T00:00:00Z").status == 400)
  }

  @Test func aKnownKeyGetsTheStoredAnswerOfItsSession() {
    let closed = "\"state\":\"closed\""
    #expect(update(closed, key: "k").status == 200)
    #expect(update(closed, key: "k").status == 200)
    #expect(update(closed, id: "t", key: "k").status == 200)
    #expect(sandbox.statistics.accepted == ["updateCustomerSessionV2": 2])
    #expect(update(closed, key: "l").status == 400)
  }

  @Test func aFourthParallelUpdateIsRefused() throws {
    let desk = sandbox.desk
    let statuses = { (paths: [String], profiles: [String]) in
      let arrivals = paths.map { desk.arrive(method: "PUT", target: "/v2/customer_sessions/\($0)") }
      let answers = zip(arrivals, zip(paths, profiles)).map { arrival, place in
        let body = "{\"customerSession\":{\"profileId\":\"\(place.1)\"}}"
        return desk.answer(
          Request(
            method: "PUT", target: "/v2/customer_sessions/\(place.0)", authorization: "ApiKey-v1 a",
            body: Array(body.utf8)), arrival)
      }
      for arrival in arrivals { desk.depart(arrival, status: 200) }
      return answers.map(\.status)
    }
    #expect(statuses(["a", "a", "a", "a"], ["", "", "", ""]) == [200, 200, 200, 409])
    #expect(statuses(["b", "c", "d", "e"], ["p", "p", "p", "p"]) == [200, 200, 200, 409])
    #expect(statuses(["b", "c", "d", "e"], ["", "", "", ""]) == [200, 200, 200, 200])
  }

  @Test func sessionsAreListed() throws {
    for number in 0..<5 {
      let state = number < 2 ? "closed" : "open"
      let codes = "\"couponCodes\":[\"C\(number)\"]"
      _ = update("\"profileId\":\"p\(number % 2)\",\"state\":\"\(state)\",\(codes)", id: "id\(number)")
      sandbox.wait(1000)
    }
    let path = "/v1/applications/270/sessions"
    let first = try sandbox.send("GET", path + "?pageSize=2").json
    #expect(first["hasMore"] == true)
    #expect(first["data"]?[0]?["profileintegrationid"] == "p0")
    for name in ["id", "created", "coupon", "referral", "state", "cartItems", "discounts", "totalDiscounts", "total"] {
      #expect(first["data"]?[0]?[name] != nil, "\(name)")
    }
    #expect(try sandbox.send("GET", path + "?pageSize=2&skip=4").json["hasMore"] == nil)
    let found = { (query: String) throws -> [JSONValue?] in
      sandbox.wait(1000)
      guard case .array(let list)? = try sandbox.send("GET", path + query).json["data"] else { return [] }
      return list.map { $0["integrationId"] }
    }
    #expect(try found("?state=closed&profile=p1") == ["id1"])
    #expect(try found("?integrationId=ID3&partialMatch=true") == ["id3"])
    #expect(try found("?integrationId=ID3") == [])
    #expect(try found("?coupon=C4") == ["id4"])
    #expect(try found("?createdAfter=2026-05-28T20:26:40Z&createdBefore=2026-05-28T20:26:43Z") == ["id1", "id2"])
    sandbox.wait(1000)
    #expect(sandbox.send("GET", path + "?state=shut").status == 400)
  }

  @Test func strictCostsAndAttributesHoldForSessions() throws {
    var configuration = SandboxConfiguration()
    configuration.strictAttributes = true
    let sandbox = TestDesk(configuration)
    let path = "/v2/customer_sessions/s"
    let costs = "\"additionalCosts\":{\"shipping\":{\"price\":1}}"
    let good = "{\"customerSession\":{\(costs),\"attributes\":{\"ShippingCity\":\"B\"}}}"
    #expect(sandbox.send("PUT", path, good).status == 200)
    let bad = good.replacing("shipping", with: "wrapping").replacing("ShippingCity", with: "City")
    #expect(
      try sandbox.send("PUT", path, bad).pointers == [
        "/customerSession/additionalCosts/wrapping", "/customerSession/attributes/City",
      ])
  }
}
