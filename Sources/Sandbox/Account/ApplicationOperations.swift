extension SandboxState {
  /// See https://docs.talon.one/management-api#tag/Applications/operation/getApplication.
  @Sendable static func readApplication(_ call: Call, _ state: inout SandboxState) throws(Refusal) -> Answer {
    let id = try call.identifier("applicationId")
    guard state.account.applications.contains(id) else { throw .missing("Application \(id) was not found") }
    return .json([
      "id": .integer(id), "created": .string(state.created.text), "modified": .string(state.created.text),
      "accountId": .integer(accountId), "name": .string("application \(id)"),
      "description": "an Application of the sandbox", "timezone": "Europe/Berlin", "currency": "EUR",
      "caseSensitivity": "sensitive", "sandbox": false, "attributes": [:], "limits": [],
      "attributesSettings": ["mandatory": ["campaigns": [], "coupons": []]],
      "loyaltyPrograms": .array(state.account.loyaltyPrograms.sorted().map(state.program)),
    ])
  }

  private func program(_ id: Int) -> JSONValue {
    [
      "id": .integer(id), "created": .string(created.text), "accountID": .integer(Self.accountId),
      "name": .string("program \(id)"), "title": .string("Program \(id)"),
      "description": "a loyalty program of the sandbox", "subscribedApplications": .identifiers(account.applications),
      "defaultValidity": "unlimited", "defaultPending": "immediate", "allowSubledger": true,
      "timezone": "Europe/Berlin", "cardBased": false, "sandbox": false,
    ]
  }
}
