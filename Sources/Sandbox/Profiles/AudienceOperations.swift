extension SandboxState {
  /// See https://docs.talon.one/integration-api#tag/Audiences/operation/updateCustomerProfileAudiences.
  @Sendable static func updateAudiences(_ call: Call, _ state: inout SandboxState) throws(Refusal) -> Answer {
    var problems = Problems()
    var changes: [(id: String, audience: Int, joins: Bool)] = []
    for (position, element) in problems.list(call.body, "data", limit: bulkLimit).enumerated()
    where !problems.isFull {
      let pointer = "/data/\(position)"
      let action = problems.text(element["action"], at: pointer + "/action")
      if let action, action != "add", action != "delete" {
        problems.add("enum", "action must be one of the following: add, delete", at: pointer + "/action")
      }
      let id = problems.text(element["profileIntegrationId"], at: pointer + "/profileIntegrationId")
      let audience = problems.integer(element["audienceId"], at: pointer + "/audienceId")
      if let id, let audience { changes.append((id, audience, action == "add")) }
    }
    guard problems.isEmpty else { throw .invalid(problems.all) }
    for (position, change) in changes.enumerated() where state.profiles.members[change.audience] == nil {
      let problem = Refusal.Problem(
        "Audience not found", "The audience \(change.audience) does not exist", at: "/data/\(position)/audienceId")
      throw Refusal(status: 404, message: "Audience \(change.audience) was not found", problems: [problem])
    }
    state.claim("audiences", changes.map { "\($0.audience) \($0.id)" }, by: call)
    for change in changes {
      if change.joins {
        state.profiles.join(change.id, audience: change.audience, now: call.now)
      } else {
        state.profiles.leave(change.id, audience: change.audience)
      }
    }
    var answer = Answer.noContent
    answer.accepted = changes.count
    return answer
  }

  /// See https://docs.talon.one/management-api#tag/Audiences/operation/getAudiences.
  @Sendable static func listAudiences(_ call: Call, _ state: inout SandboxState) throws(Refusal) -> Answer {
    let paging = try Paging(call)
    let ids = state.profiles.members.keys.sorted()
    let page = Array(ids.dropFirst(paging.skip).prefix(paging.size))
    let audiences = page.map { id -> JSONValue in
      [
        "accountId": .integer(accountId), "id": .integer(id), "created": .string(state.created.text),
        "name": .string("audience \(id)"), "sandbox": false, "description": "an audience of the sandbox",
        "subscribedApplicationsIds": .identifiers(state.account.applications),
        "lastUpdate": .string(state.created.text),
      ]
    }
    if try call.flag("withTotalResultSize") {
      return .json(["totalResultSize": .integer(ids.count), "data": .array(audiences)])
    }
    let hasMore = paging.skip < ids.count && ids.count - paging.skip > page.count
    return .json(["hasMore": .boolean(hasMore), "data": .array(audiences)])
  }

  /// See https://docs.talon.one/management-api#tag/Audiences/operation/getAudienceMemberships.
  @Sendable static func listMemberships(_ call: Call, _ state: inout SandboxState) throws(Refusal) -> Answer {
    let id = try call.identifier("audienceId")
    guard let members = state.profiles.members[id] else { throw .missing("Audience \(id) was not found") }
    let paging = try Paging(call)
    let wanted = call.first("profileQuery")
    let page = members.page(skip: paging.skip, limit: paging.size, where: wanted.map { wanted in { $0 == wanted } })
    let profiles = page.values.compactMap { state.profiles.profiles[$0]?.json }
    // `hasMore` may be left out of this list; the sandbox leaves it out on the last page.
    return .json(page.hasMore ? ["hasMore": true, "data": .array(profiles)] : ["data": .array(profiles)])
  }
}
