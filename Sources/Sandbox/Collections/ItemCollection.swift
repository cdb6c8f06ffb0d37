/// A collection of items, of the account or of one campaign.
struct ItemCollection: Sendable {
  let id: Int
  let created: Timestamp
  /// Nil for a collection of the account.
  let campaign: Int?
  var modified: Timestamp
  var items: [String] = []

  var name: String { "collection \(id)" }

  init(id: Int, campaign: Int?, now: Timestamp) {
    self.id = id
    self.campaign = campaign
    created = now
    modified = now
  }

  /// As the API describes collections; the items belong to the answer about a single one only.
  func json(account: SandboxAccount, withItems: Bool) -> JSONValue {
    var object = JSONObject([
      ("id", .integer(id)), ("created", .string(created.text)), ("accountId", .integer(SandboxState.accountId)),
      ("modified", .string(modified.text)), ("description", "a collection of the sandbox"), ("name", .string(name)),
      ("createdBy", .integer(SandboxState.userId)), ("modifiedBy", .integer(SandboxState.userId)),
    ])
    if let campaign {
      object.append("applicationId", .integer(account.campaigns[campaign] ?? 0))
      object.append("campaignId", .integer(campaign))
    } else {
      object.append("subscribedApplicationsIds", .identifiers(account.applications))
    }
    if withItems { object.append("payload", .array(items.map(JSONValue.string))) }
    return .object(object)
  }
}
