import Testing

@testable import Sandbox

@Suite struct ExportInventoryTests {
  let sandbox = ExportTests.sandbox(400)
  static let sections = ["profile", "loyalty", "referrals", "coupons", "giveaways", "achievements"]

  private func inventory(_ name: String, _ query: String, key: String = "ApiKey-v1 a") -> Answer {
    let target = "/v1/customer_profiles/\(name)/inventory?\(query)"
    let arrival = sandbox.desk.arrive(method: "GET", target: target)
    let answer = sandbox.desk.answer(Request(method: "GET", target: target, authorization: key), arrival)
    sandbox.desk.depart(arrival, status: answer.status)
    return answer
  }

  private let everything = sections.map { $0 + "=true" }.joined(separator: "&")

  @Test func onlyWhatIsAskedForComes() throws {
    #expect(try inventory("customer-1", "").json == [:])
    let some = try #require(try inventory("customer-1", "coupons=true&profile=false").json.object)
    #expect(some.members.map(\.name) == ["coupons"])
    #expect(try #require(try inventory("customer-1", everything).json.object).members.map(\.name) == Self.sections)
    #expect(inventory("customer-1", "loyalty=yes").status == 400)
  }

  @Test func theProfilesOfTheSampleSessionsAreThere() throws {
    let rows = try sandbox.rows("export_customer_sessions").dropFirst()
    for row in rows where !row[5].isEmpty {
      let name = row[5].utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
      let profile = try inventory(name, "profile=true").json["profile"]
      #expect(profile?["integrationId"] == .string(row[5]))
      #expect(profile?["id"] == .number(row[4]))
    }
  }

  @Test(arguments: ["customer-100", "customer--1", "customer-01", "nobody", "kunde-1"])
  func anyOtherProfileIsNotFound(name: String) {
    #expect(inventory(name, "profile=true").status == 404)
  }

  @Test func aProfileThatCameInHasAnEmptyInventory() throws {
    _ = sandbox.send("PUT", "/v2/customer_profiles/me", "{\"attributes\":{\"Name\":\"Me\"}}")
    let found = try inventory("me", everything).json
    #expect(found["profile"]?["attributes"]?["Name"] == "Me")
    #expect(found["coupons"] == [])
    #expect(found["loyalty"] == ["cards": [], "programs": [:]])
  }

  /// What the published schema requires of each entry.
  static let required: [(String, [String])] = [
    (
      "coupons",
      ["id", "created", "campaignId", "value", "usageLimit", "usageCounter", "profileRedemptionCount", "state"]
    ),
    (
      "referrals",
      [
        "id", "created", "usageLimit", "campaignId", "advocateProfileIntegrationId", "code", "usageCounter",
        "referredCustomers",
      ]
    ),
    ("giveaways", ["id", "created", "code", "poolId"]),
    (
      "achievements",
      [
        "status", "progress", "achievementId", "name", "title", "description", "campaignId",
        "achievementRecurrencePolicy", "achievementActivationPolicy",
      ]
    ),
  ]

  @Test(arguments: required)
  func everyRequiredFieldIsThere(section: String, names: [String]) throws {
    // Profile 30 has something in every section.
    let entry = try #require(try inventory("customer-30", section + "=true").json[section]?[0])
    for name in names { #expect(entry[name] != nil, "\(name)") }
  }

  @Test func balancesAndCardsAreComplete() throws {
    let loyalty = try inventory("customer-30", "loyalty=true").json["loyalty"]
    let program = loyalty?["programs"]?["33"]
    for name in ["id", "title", "name", "ledger"] { #expect(program?[name] != nil, "\(name)") }
    let card = loyalty?["cards"]?[0]
    for name in ["id", "created", "programID", "status", "identifier", "usersPerCardLimit"] {
      #expect(card?[name] != nil, "\(name)")
    }
    for ledger in [program?["ledger"], card?["ledger"], program?["subLedgers"]?["sub"]] {
      for name in ["currentBalance", "pendingBalance", "expiredBalance", "spentBalance", "tentativeCurrentBalance"] {
        #expect(ledger?[name] != nil, "\(name)")
      }
    }
  }

  @Test func itTakesTheKeyOfTheIntegrationAPI() {
    #expect(inventory("customer-1", "", key: "ManagementKey-v1 m").status == 401)
  }
}
