extension SandboxState {
  static let bulkLimit = 1000

  /// See https://docs.talon.one/integration-api#tag/Customer-profiles/operation/updateCustomerProfilesV2.
  @Sendable static func updateProfiles(_ call: Call, _ state: inout SandboxState) throws(Refusal) -> Answer {
    let wantsEntities = try call.wantsEntities()
    var problems = Problems()
    var updates: [(id: String, attributes: JSONObject?)] = []
    var registry = state.attributes
    for (position, element) in problems.list(call.body, "customerProfiles", limit: bulkLimit).enumerated()
    where !problems.isFull {
      let pointer = "/customerProfiles/\(position)"
      let id = problems.text(element["integrationId"], at: pointer + "/integrationId")
      let attributes = problems.optionalObject(element["attributes"], at: pointer + "/attributes")
      if let attributes {
        registry.check(
          attributes, of: "CustomerProfile", at: pointer + "/attributes", now: call.now, &problems)
      }
      if let id { updates.append((id, attributes)) }
    }
    guard problems.isEmpty else { throw .invalid(problems.all) }
    state.claim("profiles", updates.map(\.id), by: call)
    state.attributes = registry
    var states: [JSONValue] = []
    for update in updates {
      let profile = state.profiles.update(update.id, attributes: update.attributes, now: call.now)
      if wantsEntities { states.append(["customerProfile": profile.json]) }
    }
    var answer = wantsEntities ? Answer.json(["integrationStates": .array(states)]) : .noContent
    answer.accepted = updates.count
    return answer
  }

  /// See https://docs.talon.one/integration-api#tag/Customer-profiles/operation/updateCustomerProfileV2.
  @Sendable static func updateProfile(_ call: Call, _ state: inout SandboxState) throws(Refusal) -> Answer {
    let id = call.parameters["integrationId"] ?? ""
    try state.admitUpdate(ofThe: "profile", id, by: call)
    var problems = Problems()
    var registry = state.attributes
    if call.body.object == nil { problems.wrongType(call.body, "an object", at: "") }
    let attributes = problems.optionalObject(call.body["attributes"], at: "/attributes")
    if let attributes {
      registry.check(attributes, of: "CustomerProfile", at: "/attributes", now: call.now, &problems)
    }
    let changes = problems.optionalObject(call.body["audiencesChanges"], at: "/audiencesChanges")
    let joined = problems.audiences(changes?["adds"], isNeeded: changes != nil, at: "/audiencesChanges/adds")
    let left = problems.audiences(changes?["deletes"], isNeeded: changes != nil, at: "/audiencesChanges/deletes")
    guard problems.isEmpty else { throw .invalid(problems.all) }
    for audience in joined + left where state.profiles.members[audience] == nil {
      throw .invalid([.init("Audience not found", "The audience \(audience) does not exist", at: "/audiencesChanges")])
    }
    if try call.flag("dry") { return .json(["effects": [], "createdCoupons": [], "createdReferrals": []]) }
    state.attributes = registry
    state.profiles.update(id, attributes: attributes, now: call.now)
    for audience in joined { state.profiles.join(id, audience: audience, now: call.now) }
    for audience in left { state.profiles.leave(id, audience: audience) }
    let profile = state.profiles.profiles[id]?.json ?? .null
    return .json(
      ["customerProfile": profile, "effects": [], "createdCoupons": [], "createdReferrals": []], accepted: 1)
  }

  /// See https://docs.talon.one/management-api#tag/Customer-data/operation/getCustomerProfiles.
  @Sendable static func listProfiles(_ call: Call, _ state: inout SandboxState) throws(Refusal) -> Answer {
    try state.page(of: call) { _ in true }
  }

  /// See https://docs.talon.one/management-api#tag/Customer-data/operation/getCustomersByAttributes.
  @Sendable static func searchProfiles(_ call: Call, _ state: inout SandboxState) throws(Refusal) -> Answer {
    var problems = Problems()
    let attributes = problems.optionalObject(call.body["attributes"], at: "/attributes")
    let names = problems.optionalList(call.body["integrationIDs"], at: "/integrationIDs").map(Set.init)
    let ids = problems.optionalList(call.body["profileIDs"], at: "/profileIDs").map(Set.init)
    guard problems.isEmpty else { throw .invalid(problems.all) }
    return try state.page(of: call) { profile in
      (names?.contains(.string(profile.integrationId)) ?? true) && (ids?.contains(.integer(profile.id)) ?? true)
        && (attributes?.members.allSatisfy { profile.attributes[$0.name] == $0.value } ?? true)
    }
  }

  private func page(of call: Call, where passes: @escaping (Profile) -> Bool) throws(Refusal) -> Answer {
    let paging = try Paging(call)
    let isSandbox = try call.flag("sandbox")
    let page = profiles.profiles.page(skip: paging.skip, limit: paging.size) { profile in
      profile.isVisible && !isSandbox && passes(profile)
    }
    return .json(["hasMore": .boolean(page.hasMore), "data": .array(page.values.map(\.json))])
  }
}
