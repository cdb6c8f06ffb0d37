extension SandboxState {
  /// See https://docs.talon.one/integration-api#tag/Customer-profiles/operation/getCustomerInventory.
  ///
  /// Profiles that came in have no referrals, coupons, giveaways and achievements; those of the sample sessions have.
  @Sendable static func readInventory(_ call: Call, _ state: inout SandboxState) throws(Refusal) -> Answer {
    let name = call.parameters["integrationId"] ?? ""
    let number = SampleNames.profile(named: name).flatMap { $0 < state.samples.profiles ? $0 : nil }
    let stored = state.profiles.profiles[name]
    let sample = number.map { SampleProfile(number: $0, set: state.samples, account: state.account) }
    guard let profile = stored ?? sample?.profile else { throw .missing("Customer profile \(name) was not found") }
    var inventory = JSONObject()
    if try call.flag("profile") { inventory.append("profile", profile.json) }
    if try call.flag("loyalty") { inventory.append("loyalty", sample?.loyalty ?? ["cards": [], "programs": [:]]) }
    if try call.flag("referrals") { inventory.append("referrals", .array(sample?.referrals ?? [])) }
    if try call.flag("coupons") { inventory.append("coupons", .array(sample?.coupons ?? [])) }
    if try call.flag("giveaways") { inventory.append("giveaways", .array(sample?.giveaways ?? [])) }
    if try call.flag("achievements") { inventory.append("achievements", .array(sample?.achievements ?? [])) }
    return .json(.object(inventory))
  }
}
