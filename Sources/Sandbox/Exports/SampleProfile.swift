/// One sample profile and what is in its inventory.
struct SampleProfile {
  let number: Int
  let set: SampleSet
  let account: SandboxAccount

  private var name: String { SampleNames.profile(number) }
  private var created: Timestamp { Timestamp(microseconds: set.begin * 1_000_000) }
  private var campaign: Int? { account.campaigns.keys.min() }

  /// Also its `profileid` in the exports.
  private var id: Int { number + 1 }

  var profile: Profile {
    var profile = Profile(id: id, created: created, integrationId: name, lastActivity: created)
    let city = SampleNames.cities[number % SampleNames.cities.count].text
    profile.attributes = AttributeValues(JSONObject([("Name", .string(name)), ("ShippingCountry", .string(city))]))
    return profile
  }

  /// Balances in every loyalty program of the account, and every third profile has a card in the first one.
  var loyalty: JSONValue {
    let programs = account.loyaltyPrograms.sorted()
    let entries = programs.map { program -> (String, JSONValue) in
      (
        String(program),
        [
          "id": .integer(program), "title": .string("Program \(program)"), "name": .string("program \(program)"),
          "joinDate": .string(created.text), "ledger": balances, "subLedgers": ["sub": balances],
        ]
      )
    }
    let cards = number % 3 == 0 ? programs.prefix(1).map(card) : []
    return ["cards": .array(cards), "programs": .object(JSONObject(entries))]
  }

  private var balances: JSONValue {
    var draw = SampleDraw(number, lane: 8)
    let (current, pending) = (draw.below(500), draw.below(50))
    return [
      "currentBalance": .integer(current), "pendingBalance": .integer(pending), "negativeBalance": 0,
      "expiredBalance": .integer(draw.below(20)), "spentBalance": .integer(draw.below(300)),
      "tentativeCurrentBalance": .integer(current), "tentativePendingBalance": .integer(pending),
      "tentativeNegativeBalance": 0,
    ]
  }

  private func card(_ program: Int) -> JSONValue {
    [
      "id": .integer(id), "created": .string(created.text), "programID": .integer(program), "status": "active",
      "programName": .string("program \(program)"), "programTitle": .string("Program \(program)"),
      "identifier": .string("card-\(number)"), "usersPerCardLimit": 1,
      "profiles": [["integrationId": .string(name), "timestamp": .string(created.text)]],
      "ledger": balances, "subledgers": ["sub": balances],
    ]
  }

  var referrals: [JSONValue] {
    guard number % 2 == 0, let campaign else { return [] }
    return [
      [
        "id": .integer(id), "created": .string(created.text), "campaignId": .integer(campaign),
        "advocateProfileIntegrationId": .string(name), "attributes": [:], "code": .string("REF-\(number)"),
        "usageLimit": 1, "usageCounter": 0, "referredCustomers": [],
      ]
    ]
  }

  var coupons: [JSONValue] {
    guard let campaign else { return [] }
    return (0..<(number % 4)).map { position in
      [
        "id": .integer(id * 4 + position), "created": .string(created.text), "campaignId": .integer(campaign),
        "value": .string("CODE-\(number)-\(position)"), "usageLimit": 1, "usageCounter": 0, "attributes": [:],
        "limits": [], "recipientIntegrationId": .string(name), "reservation": true, "isReservationMandatory": false,
        "implicitlyReserved": false, "profileRedemptionCount": 0, "state": "active",
      ]
    }
  }

  var giveaways: [JSONValue] {
    guard number % 5 == 0 else { return [] }
    return [
      [
        "id": .integer(id), "created": .string(created.text), "code": .string("GIVEAWAY-\(number)"), "poolId": 1,
        "attributes": ["provider": "Amazon"], "used": true, "profileIntegrationId": .string(name),
        "profileId": .integer(id),
      ]
    ]
  }

  var achievements: [JSONValue] {
    guard let campaign else { return [] }
    return [
      [
        "status": "inprogress", "progress": .integer(number % 10), "target": 10, "achievementId": 3,
        "name": "FreeCoffee10Orders", "title": "A coffee for ten orders", "description": "Ten orders in a year.",
        "campaignId": .integer(campaign), "achievementRecurrencePolicy": "no_recurrence",
        "achievementActivationPolicy": "user_action", "startDate": .string(created.text),
      ]
    ]
  }
}
