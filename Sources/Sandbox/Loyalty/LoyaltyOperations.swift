extension SandboxState {
  /// See https://docs.talon.one/management-api#tag/Loyalty/operation/addLoyaltyPoints.
  @Sendable static func addPoints(_ call: Call, _ state: inout SandboxState) throws(Refusal) -> Answer {
    try state.book(call, isAddition: true)
  }

  /// See https://docs.talon.one/management-api#tag/Loyalty/operation/removeLoyaltyPoints.
  @Sendable static func deductPoints(_ call: Call, _ state: inout SandboxState) throws(Refusal) -> Answer {
    try state.book(call, isAddition: false)
  }

  private mutating func book(_ call: Call, isAddition: Bool) throws(Refusal) -> Answer {
    let program = try self.program(of: call)
    let profile = call.parameters["integrationId"] ?? ""
    claim("points", [profile], by: call)
    let reader = try PointsReader(call, account: account, isAddition: isAddition)
    if profiles.profiles[profile] == nil, refusesUnknownLoyaltyProfiles {
      throw .missing("The profile \(profile) was not found")
    }
    lastTransaction += 1
    var transaction = LoyaltyTransaction(
      id: lastTransaction, created: call.now, profile: profile, subledger: reader.subledger, isAddition: isAddition,
      amount: reader.points, name: reader.name)
    transaction.start = reader.start
    transaction.expiry = reader.expiry
    transaction.validity = reader.validity
    guard loyaltyPrograms[program]?.book(transaction) ?? false else {
      let details = "The profile has fewer active points than are to be deducted"
      throw .invalid([.init("Insufficient points", details, at: "/points")])
    }
    profiles.ensure(profile, now: call.now)
    var answer = Answer.noContent
    answer.accepted = 1
    return answer
  }

  /// See https://docs.talon.one/management-api#tag/Loyalty/operation/getLoyaltyProgramTransactions.
  @Sendable static func listTransactions(_ call: Call, _ state: inout SandboxState) throws(Refusal) -> Answer {
    try state.transactions(call, of: nil)
  }

  /// See https://docs.talon.one/management-api#tag/Loyalty/operation/getLoyaltyProgramProfileLedgerTransactions.
  @Sendable static func listLedgerTransactions(_ call: Call, _ state: inout SandboxState) throws(Refusal) -> Answer {
    try state.transactions(call, of: try state.knownProfile(of: call))
  }

  /// The last transactions first; an empty `subledgerId` asks for the main ledger.
  private func transactions(_ call: Call, of profile: String?) throws(Refusal) -> Answer {
    let program = try self.program(of: call)
    let paging = try Paging(call, otherwise: 50)
    let period = try Period(call, after: "startDate", before: "endDate")
    let subledger = call.first("subledgerId")
    let uuids = Set(call.every("transactionUUIDs"))
    let type = call.first("loyaltyTransactionType")
    if let type, !["manual", "session", "import"].contains(type) {
      let details = "loyaltyTransactionType must be one of the following: manual, session, import"
      throw .invalid([.init(title: "enum", details: details, source: .parameter("loyaltyTransactionType"))])
    }
    let isNever = (type ?? "manual") != "manual" || !call.every("customerSessionIDs").isEmpty
    let page = loyaltyPrograms[program]?.page(skip: paging.skip, limit: paging.size) { transaction in
      !isNever && (profile.map { $0 == transaction.profile } ?? true) && period.contains(transaction.created)
        && (subledger.map { $0 == transaction.subledger } ?? true)
        && (uuids.isEmpty || uuids.contains(transaction.uuid))
    }
    let list = (page?.values ?? []).map { $0.json(program: program, namesProfile: profile == nil) }
    return .json(["hasMore": .boolean(page?.hasMore ?? false), "data": .array(list)])
  }

  /// See https://docs.talon.one/integration-api#tag/Loyalty/operation/getLoyaltyBalances.
  @Sendable static func readBalances(_ call: Call, _ state: inout SandboxState) throws(Refusal) -> Answer {
    let program = try state.program(of: call)
    let profile = try state.knownProfile(of: call)
    let moment = try Period.moment(call, "endDate") ?? call.now
    let wanted = call.first("subledgerId")
    let ledgers = state.loyaltyPrograms[program]?.ledgers(of: profile) ?? [:]
    let others = ledgers.filter { !$0.key.isEmpty && (wanted.map { [$0] } ?? [$0.key]).contains($0.key) }
    let balances = others.sorted { $0.key < $1.key }.map { ($0.key, $0.value.balance(at: moment).json) }
    return .json([
      "balance": (ledgers[""] ?? Ledger()).balance(at: moment).json,
      "subledgerBalances": .object(JSONObject(balances)),
    ])
  }

  private func program(of call: Call) throws(Refusal) -> Int {
    let id = try call.identifier("loyaltyProgramId")
    guard loyaltyPrograms[id] != nil else { throw .missing("Loyalty program \(id) was not found") }
    return id
  }

  private func knownProfile(of call: Call) throws(Refusal) -> String {
    let profile = call.parameters["integrationId"] ?? ""
    guard profiles.profiles[profile] != nil else { throw .missing("The profile \(profile) was not found") }
    return profile
  }
}
