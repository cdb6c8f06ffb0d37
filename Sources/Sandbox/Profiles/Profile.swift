/// One customer profile.
struct Profile: Sendable {
  let id: Int
  let created: Timestamp
  let integrationId: String
  var attributes = AttributeValues()
  var lastActivity: Timestamp
  /// Audiences in the order in which they were joined.
  var audiences: [Int] = []
  /// False for a profile that only ever came with an audience.
  var isVisible = false

  /// See https://docs.talon.one/management-api#tag/Customer-data.
  var json: JSONValue {
    let audiences = audiences.map { id -> JSONValue in ["id": .integer(id), "name": .string("audience \(id)")] }
    return [
      "id": .integer(id), "created": .string(created.text), "integrationId": .string(integrationId),
      "attributes": attributes.json, "accountId": .integer(SandboxState.accountId), "closedSessions": 0,
      "totalSales": 0, "lastActivity": .string(lastActivity.text), "loyaltyMemberships": .null,
      "audienceMemberships": .array(audiences), "sandbox": false,
    ]
  }
}
