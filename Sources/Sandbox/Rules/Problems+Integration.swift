extension Problems {
  /// What `responseContent` asks to be in the answer, each one of `known`.
  mutating func responseContent(_ body: JSONValue, known: Set<String>) -> Set<String> {
    var wanted: Set<String> = []
    for (position, element) in (optionalList(body["responseContent"], at: "/responseContent") ?? []).enumerated()
    where !isFull {
      if case .string(let word) = element, known.contains(word) {
        wanted.insert(word)
      } else {
        let expected = known.sorted().joined(separator: ", ")
        add("enum", "must be one of the following: \(expected)", at: "/responseContent/\(position)")
      }
    }
    return wanted
  }

  /// A text that may be missing, null or empty.
  mutating func optionalText(
    _ value: JSONValue?, at pointer: @autoclosure () -> String, limit: Int = 1000
  ) -> String? {
    switch value {
    case nil, .null?: nil
    case .string("")?: ""
    case let value?: text(value, at: pointer(), limit: limit)
    }
  }

  /// A list of texts that may be missing or null.
  mutating func optionalTexts(
    _ value: JSONValue?, at pointer: @autoclosure () -> String, atMost count: Int, limit: Int = 1000
  ) -> [String]? {
    let pointer = pointer()
    guard let list = optionalList(value, at: pointer) else { return nil }
    guard list.count <= count else {
      add("Invalid length", "must hold at most \(count) elements, not \(list.count)", at: pointer)
      return nil
    }
    var texts: [String] = []
    for (position, element) in list.enumerated() where !isFull {
      if let text = text(element, at: pointer + "/\(position)", limit: limit) { texts.append(text) }
    }
    return texts
  }

  /// Campaigns to evaluate, which only a dry run may choose.
  mutating func evaluableCampaigns(_ value: JSONValue?, isDry: Bool, at pointer: String) {
    guard let list = optionalList(value, at: pointer) else { return }
    if !isDry { add("Invalid value", "evaluableCampaignIds needs dry=true", at: pointer) }
    for (position, element) in list.enumerated() where !isFull { _ = integer(element, at: pointer + "/\(position)") }
  }
}

extension SandboxState {
  /// The answer of the Integration API to an event or a session: no rule is ever triggered here.
  func integrationState(
    _ wanted: Set<String>, profile: String, _ members: [(String, JSONValue)] = []
  ) -> JSONValue {
    var object = JSONObject([
      ("effects", .array([])), ("createdCoupons", .array([])), ("createdReferrals", .array([])),
    ])
    for name in ["triggeredCampaigns", "awardedGiveaways", "ruleFailureReasons", "campaignEligibility"]
    where wanted.contains(name) {
      object.append(name, [])
    }
    if wanted.contains("loyalty") { object.append("loyalty", ["programs": [:]]) }
    if wanted.contains("customerProfile"), let profile = profiles.profiles[profile] {
      object.append("customerProfile", profile.json)
    }
    for (name, value) in members where wanted.contains(name) { object.append(name, value) }
    return .object(object)
  }
}
