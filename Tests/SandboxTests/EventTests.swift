import Testing

@testable import Sandbox

@Suite struct EventTests {
  let sandbox = TestDesk()

  private func event(_ id: String?, of profile: String = "p", _ more: String = "") -> String {
    let name = id.map { "\"integrationId\":\"\($0)\"," } ?? ""
    return "{\(name)\"type\":\"pageViewed\",\"profileId\":\"\(profile)\"\(more)}"
  }

  private func list(_ query: String = "") throws -> [JSONValue] {
    sandbox.wait(1000)
    let answer = try sandbox.send("GET", "/v1/applications/270/events/no_total" + query).json
    guard case .array(let list)? = answer["data"] else { return [] }
    return list
  }

  @Test func anEventIsTrackedOnce() throws {
    #expect(sandbox.send("POST", "/v3/events", event("e1")).status == 204)
    let again = sandbox.send("POST", "/v3/events", event("e1"))
    #expect(again.status == 409)
    #expect(try again.json["message"] == "An advanced event with the integration ID \"e1\" already exists")
    let found = try sandbox.send("GET", "/v3/events/e1").json
    #expect(found["profileId"] == "p")
    for name in ["id", "created", "applicationId", "type", "attributes", "effects"] {
      #expect(found[name] != nil, "\(name)")
    }
    #expect(sandbox.send("GET", "/v3/events/e2").status == 404)
    #expect(sandbox.statistics.accepted == ["trackEventV3": 1])
  }

  @Test func eventsAreReadBackInTheOrderOfArrival() throws {
    for number in 0..<6 {
      _ = sandbox.send("POST", "/v3/events", event("e\(number)", of: number % 2 == 0 ? "p" : "q"))
    }
    #expect(try list("?profile=p").map { $0["integrationId"] } == ["e0", "e2", "e4"])
    #expect(try list("?profile=p")[0]["effects"] == [])
    #expect(try list("?profile=q&pageSize=1&skip=1").map { $0["integrationId"] } == ["e3"])
    #expect(try list("?type=other,pageViewed").count == 6)
    #expect(try list("?type=other").isEmpty)
    let page = try sandbox.send("GET", "/v1/applications/270/events/no_total?pageSize=6").json
    #expect(page["hasMore"] == false)
    #expect(try sandbox.send("GET", "/v1/applications/270/events/no_total?pageSize=5").json["hasMore"] == true)
    sandbox.wait(1000)
    #expect(sandbox.send("GET", "/v1/applications/271/events/no_total").status == 404)
  }

  @Test func theAnswerHoldsWhatWasAskedFor() throws {
    let content = ",\"responseContent\":[\"advancedEvent\",\"customerProfile\"]"
    let answer = try sandbox.send("POST", "/v3/events?silent=no", event("e", content)).json
    #expect(answer["advancedEvent"]?["integrationId"] == "e")
    #expect(answer["customerProfile"]?["integrationId"] == "p")
    let plain = try sandbox.send("POST", "/v2/events?silent=no", event(nil)).json
    #expect(plain == ["effects": [], "createdCoupons": [], "createdReferrals": []])
    let wrong = event("f", ",\"responseContent\":[\"event\"]")
    #expect(try sandbox.send("POST", "/v3/events", wrong).pointers == ["/responseContent/0"])
  }

  @Test func aDryRunLeavesNothing() throws {
    #expect(sandbox.send("POST", "/v3/events?dry=true", event("e")).status == 204)
    #expect(sandbox.send("GET", "/v3/events/e").status == 404)
    #expect(sandbox.send("POST", "/v3/events?forceCompleteEvaluation=true", event("e")).status == 400)
    #expect(sandbox.send("POST", "/v3/events", event("e", ",\"evaluableCampaignIds\":[1]")).status == 400)
    #expect(sandbox.send("POST", "/v3/events?dry=true", event("e", ",\"evaluableCampaignIds\":[1]")).status == 204)
    #expect(sandbox.statistics.accepted.isEmpty)
  }

  @Test(arguments: [
    "{\"type\":\"a\",\"profileId\":\"p\"}", "{\"integrationId\":\"e\",\"profileId\":\"p\"}",
    "{\"integrationId\":\"e\",\"type\":\"a\"}", "{\"integrationId\":\"e\",\"type\":\"a\",\"profileId\":\"\"}",
    "{\"integrationId\":\"e\",\"type\":\"a\",\"profileId\":\"p\",\"profileID\":\"p\"}",
    "{\"integrationId\":\"e\",\"type\":\"a\",\"profileId\":\"p\",\"loyaltyCards\":[\"a\",\"b\"]}",
    "{\"integrationId\":\"e\",\"type\":\"a\",\"profileId\":\"p\",\"storeIntegrationId\":\"\"}",
    "{\"integrationId\":\"e\",\"type\":\"a\",\"profileId\":\"p\",\"connectedSessionId\":\"none\"}",
    "{\"integrationId\":\"e\",\"type\":\"a\",\"profileId\":\"p\",\"attributes\":[]}", "[]",
  ])
  func aBodyThatBreaksARuleIsRefused(body: String) {
    #expect(sandbox.send("POST", "/v3/events", body).status == 400)
    #expect(sandbox.statistics.accepted.isEmpty)
  }

  @Test func anEventMayBelongToAClosedSession() throws {
    let body = event("e", ",\"connectedSessionId\":\"s\"")
    _ = sandbox.send("PUT", "/v2/customer_sessions/s", "{\"customerSession\":{}}")
    #expect(sandbox.send("POST", "/v3/events", body).status == 400)
    _ = sandbox.send("PUT", "/v2/customer_sessions/s", "{\"customerSession\":{\"state\":\"closed\"}}")
    #expect(sandbox.send("POST", "/v3/events", body).status == 204)
    #expect(try list("?session=s").map { $0["sessionId"] } == [1])
    #expect(try sandbox.send("GET", "/v3/events/e").json["connectedSessionId"] == "s")
  }

  @Test func aFourthParallelEventOfAProfileIsRefused() throws {
    let desk = sandbox.desk
    let arrivals = (0..<5).map { _ in desk.arrive(method: "POST", target: "/v3/events") }
    let answers = arrivals.enumerated().map { number, arrival in
      let body = event("e\(number)", of: number == 4 ? "other" : "p")
      return desk.answer(
        Request(method: "POST", target: "/v3/events", authorization: "ApiKey-v1 a", body: Array(body.utf8)), arrival)
    }
    #expect(answers.map(\.status) == [204, 204, 204, 409, 204])
    #expect(try answers[3].json["message"] == "Too many requests are updating this profile at the same time")
    for arrival in arrivals { desk.depart(arrival, status: 204) }
    #expect(sandbox.send("POST", "/v3/events", event("e3")).status == 204)
  }

  @Test func aKnownKeyGetsTheStoredAnswer() throws {
    for _ in 0..<2 { _ = sandbox.send("POST", "/v2/events", event(nil), idempotencyKey: "k") }
    #expect(try list().count == 1)
    for _ in 0..<2 { _ = sandbox.send("POST", "/v2/events", event(nil)) }
    #expect(try list().count == 3)
  }

  @Test func strictTypesAndAttributesHoldForEvents() throws {
    var configuration = SandboxConfiguration()
    configuration.strictAttributes = true
    let sandbox = TestDesk(configuration)
    #expect(sandbox.send("POST", "/v3/events", event("a", ",\"attributes\":{\"page\":\"x\"}")).status == 204)
    let unknown = event("b", ",\"attributes\":{\"nobody\":1}")
    #expect(try sandbox.send("POST", "/v3/events", unknown).pointers == ["/attributes/nobody"])
    let other = event("b").replacing("pageViewed", with: "other")
    #expect(try sandbox.send("POST", "/v3/events", other).pointers == ["/type"])
  }
}
