import Testing

@testable import Sandbox

@Suite struct AudienceTests {
  let sandbox = TestDesk()

  private func change(_ members: String...) -> Answer {
    sandbox.send("POST", "/v2/customer_audiences", "{\"data\":[\(members.joined(separator: ","))]}")
  }

  private func member(_ action: String, _ id: String, _ audience: Int = 10) -> String {
    "{\"action\":\"\(action)\",\"profileIntegrationId\":\"\(id)\",\"audienceId\":\(audience)}"
  }

  @Test func membersJoinAndLeave() throws {
    #expect(change(member("add", "a"), member("add", "b"), member("add", "c")).status == 204)
    #expect(change(member("delete", "a"), member("add", "b"), member("delete", "never seen")).status == 204)
    let list = try sandbox.send("GET", "/v1/audiences/10/memberships").json
    #expect(list["data"]?[0]?["integrationId"] == "b")
    #expect(list["data"]?[1]?["integrationId"] == "c")
    #expect(list["data"]?[2] == nil)
    #expect(list["hasMore"] == nil)
    #expect(try sandbox.send("GET", "/v1/audiences/10/memberships?pageSize=1").json["hasMore"] == true)
    #expect(sandbox.statistics.accepted == ["updateCustomerProfileAudiences": 6])
  }

  @Test func aProfileThatOnlyCameWithAnAudienceIsInvisible() throws {
    _ = change(member("add", "a"))
    #expect(try sandbox.send("GET", "/v1/customers/no_total").json["data"] == [])
    _ = sandbox.send("PUT", "/v2/customer_profiles/a", "{}")
    #expect(try sandbox.send("GET", "/v1/customers/no_total").json["data"]?[0]?["integrationId"] == "a")
  }

  @Test func anotherActionThanAddOrDeleteIsRefused() throws {
    let answer = change(member("add", "a"), member("remove", "b"))
    #expect(answer.status == 400)
    #expect(try answer.pointers == ["/data/1/action"])
    #expect(try answer.json["errors"]?[0]?["title"] == "enum")
    #expect(try sandbox.send("GET", "/v1/audiences/10/memberships").json["data"] == [])
  }

  @Test func anUnknownAudienceIsNotFoundAndNothingIsApplied() throws {
    let answer = change(member("add", "a"), member("add", "b", 11))
    #expect(answer.status == 404)
    #expect(try answer.json["StatusCode"] == 404)
    #expect(try sandbox.send("GET", "/v1/audiences/10/memberships").json["data"] == [])
    #expect(sandbox.send("GET", "/v1/audiences/11/memberships").status == 404)
  }

  @Test func audiencesAndApplicationsAreRead() throws {
    var configuration = SandboxConfiguration()
    configuration.account.add(audience: 11)
    let sandbox = TestDesk(configuration)
    #expect(try sandbox.send("GET", "/v1/audiences?pageSize=1").json["hasMore"] == true)
    let list = try sandbox.send("GET", "/v1/audiences?skip=1&withTotalResultSize=true").json
    #expect(list["totalResultSize"] == 2)
    #expect(list["hasMore"] == nil)
    #expect(list["data"]?[0]?["id"] == 11)
    let application = try sandbox.send("GET", "/v1/applications/270").json
    for name in ["caseSensitivity", "timezone", "currency", "sandbox", "attributesSettings", "loyaltyPrograms"] {
      #expect(application[name] != nil, "\(name)")
    }
    #expect(application["loyaltyPrograms"]?[0]?["id"] == 33)
    #expect(sandbox.send("GET", "/v1/applications/271").status == 404)
  }
}
