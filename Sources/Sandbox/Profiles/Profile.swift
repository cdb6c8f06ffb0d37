/// One customer profile.
struct Profile: Sendable {
  let id: Int
  let created: Timestamp
  let integrationId: String
  var attributes = AttributeValues()
  var lastActivity: Timestamp
  var closedSessions = 0
  /// What the closed sessions came to.
  var totalSales = ExactNumber.zero
  /// Audiences in the order in which they were joined.
  var audiences: [Int] = []
  /// False for a profile that only ever came with an audience.
  var isVisible = false

  /// See https://docs.talon.one/management-api#tag/Customer-data.
  var json: JSONValue {
    let audiences = audiences.map { id -> JSONValue in ["id": .integer(id), "name": .string("audience \(id)")] }
    return [
      "id": .integer(id), "created": .string(created.text), "integrationId": .string(integrationId),
      "attributes": attributes.json, "accountId": .integer(SandboxState.accountId),
      "closedSessions": .integer(closedSessions), "totalSales": totalSales.json,
      "lastActivity": .string(lastActivity.text), "loyaltyMemberships": .null,
      "audienceMemberships": .array(audiences), "sandbox": false,
    ]
  }
}
