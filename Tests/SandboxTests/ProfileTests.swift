import Testing

@testable import Sandbox

@Suite struct ProfileTests {
  let sandbox = TestDesk()

  private func update(_ profiles: String, silent: String? = nil, key: String? = nil) -> Answer {
    sandbox.send(
      "PUT", "/v2/customer_profiles" + (silent.map { "?silent=" + $0 } ?? ""), "{\"customerProfiles\":[\(profiles)]}",
      idempotencyKey: key)
  }

  @Test func profilesAreUpsertedAndAttributesMerged() throws {
    #expect(update("{\"integrationId\":\"a\",\"attributes\":{\"Name\":\"A\",\"Email\":\"e\"}}") == Answer.accepting(1))
    let answer = update(
      "{\"integrationId\":\"a\",\"attributes\":{\"Email\":\"f\"}},{\"integrationId\":\"b\"}", silent: "no")
    #expect(answer.status == 200)
    let profile = try answer.json["integrationStates"]?[0]?["customerProfile"]
    #expect(profile?["attributes"] == ["Name": "A", "Email": "f"])
    for name in ["id", "created", "integrationId", "accountId", "closedSessions", "totalSales", "lastActivity"] {
      #expect(profile?[name] != nil, "\(name)")
    }
    #expect(sandbox.statistics.accepted == ["updateCustomerProfilesV2": 3])
    #expect(update("{\"integrationId\":\"a\"}", silent: "true").status == 400)
  }

  @Test func aBadProfileIsPointedAtAndNothingIsApplied() throws {
    let answer = update("{\"integrationId\":\"a\"},{\"attributes\":{\"Name\":false}}")
    #expect(answer.status == 400)
    #expect(
      try answer.pointers == ["/customerProfiles/1/integrationId", "/customerProfiles/1/attributes/Name"])
    #expect(try sandbox.send("GET", "/v1/customers/no_total").json["data"] == [])
    let many = (0..<1001).map { "{\"integrationId\":\"\($0)\"}" }.joined(separator: ",")
    #expect(try update(many).pointers == ["/customerProfiles"])
  }

  @Test func aKnownKeyGetsTheStoredAnswer() {
    #expect(update("{\"integrationId\":\"a\"}", key: "k").status == 204)
    #expect(update("{\"integrationId\":\"a\"}", key: "k").status == 204)
    #expect(update("{\"integrationId\":\"b\"}", key: "k").status == 204)
    #expect(sandbox.statistics.accepted == ["updateCustomerProfilesV2": 1])
    #expect(sandbox.statistics.replays == 2)
    #expect(sandbox.statistics.mismatchedReplays == 1)
    #expect(update("{\"integrationId\":\"b\"}", key: String(repeating: "k", count: 256)).status == 400)
  }

  @Test func aProfileTwiceInOneRequestIsCounted() {
    #expect(update("{\"integrationId\":\"a\"},{\"integrationId\":\"a\"}").status == 204)
    #expect(update("{\"integrationId\":\"a\"},{\"integrationId\":\"b\"}").status == 204)
    #expect(sandbox.statistics.repeatedKeys == ["profiles": 1])
  }

  @Test func aProfileMayJoinAndLeaveAudiences() throws {
    let path = "/v2/customer_profiles/a%2Fb"
    let joined = sandbox.send("PUT", path, "{\"audiencesChanges\":{\"adds\":[10],\"deletes\":[]}}")
    #expect(joined.status == 200)
    #expect(try joined.json["customerProfile"]?["integrationId"] == "a/b")
    #expect(try joined.json["customerProfile"]?["audienceMemberships"]?[0]?["id"] == 10)
    #expect(try joined.json["effects"] == [])
    #expect(sandbox.send("PUT", path, "{\"audiencesChanges\":{\"adds\":[10]}}").status == 400)
    #expect(sandbox.send("PUT", path, "{\"audiencesChanges\":{\"adds\":[11],\"deletes\":[]}}").status == 400)
    #expect(sandbox.send("PUT", path, "[]").status == 400)
    let left = sandbox.send("PUT", path, "{\"audiencesChanges\":{\"adds\":[],\"deletes\":[10]}}")
    #expect(try left.json["customerProfile"]?["audienceMemberships"] == [])
  }

  @Test func aFourthParallelUpdateOfAProfileIsRefused() throws {
    let desk = sandbox.desk
    let path = "/v2/customer_profiles/a"
    let request = Request(method: "PUT", target: path, authorization: "ApiKey-v1 a", body: Array("{}".utf8))
    let arrivals = (0..<4).map { _ in desk.arrive(method: "PUT", target: path) }
    let answers = arrivals.map { desk.answer(request, $0) }
    #expect(answers.map(\.status) == [200, 200, 200, 409])
    #expect(try answers[3].json["message"] == "Too many requests are updating this profile at the same time")
    for arrival in arrivals { desk.depart(arrival, status: 200) }
    #expect(sandbox.send("PUT", path, "{}").status == 200)
    #expect(sandbox.statistics.maxInFlight == 4)
  }

  @Test func profilesAreListedAndSearched() throws {
    _ = update(
      (0..<5).map { "{\"integrationId\":\"p\($0)\",\"attributes\":{\"Name\":\"\($0 % 2)\"}}" }.joined(separator: ","))
    let page = try sandbox.send("GET", "/v1/customers/no_total?pageSize=2&skip=2").json
    #expect(page["hasMore"] == true)
    #expect(page["data"]?[0]?["integrationId"] == "p2")
    #expect(sandbox.send("GET", "/v1/customers/no_total?pageSize=0").status == 400)
    #expect(try sandbox.send("GET", "/v1/customers/no_total?sandbox=true").json["data"] == [])
    let search = "{\"attributes\":{\"Name\":\"1\"},\"integrationIDs\":[\"p1\",\"p2\"]}"
    let found = try sandbox.send("POST", "/v1/customer_search/no_total", search).json
    #expect(found["data"]?[0]?["integrationId"] == "p1")
    #expect(found["data"]?[1] == nil)
    #expect(found["hasMore"] == false)
  }
}

extension Answer {
  fileprivate static func accepting(_ count: Int) -> Answer {
    var answer = Answer.noContent
    answer.accepted = count
    return answer
  }
}
