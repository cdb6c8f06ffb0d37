extension SandboxState {
  /// What the import of a file answers, and its number.
  ///
  /// See https://docs.talon.one/management-api#tag/Coupons/operation/importCoupons.
  mutating func noteImport(of entity: String, amount: Int, now: Timestamp) -> Answer {
    lastImport += 1
    return .json(
      [
        "id": .integer(lastImport), "created": .string(now.text), "accountId": .integer(Self.accountId),
        "userId": .integer(Self.userId), "entity": .string(entity), "amount": .integer(amount),
      ], accepted: amount)
  }

  /// The campaign of the path, which must belong to the application of the path.
  func campaign(of call: Call) throws(Refusal) -> Int {
    let application = try call.identifier("applicationId")
    let campaign = try call.identifier("campaignId")
    guard account.campaigns[campaign] == application else {
      throw .missing("Campaign \(campaign) of Application \(application) was not found")
    }
    return campaign
  }
}
