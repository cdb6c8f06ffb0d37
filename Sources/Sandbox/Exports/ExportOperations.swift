extension Operation {
  /// What is exported from the account, besides the lists in the files of their entities.
  static let exports: [Operation] = [
    Operation(
      name: "exportEffects", method: "GET", path: "/v1/applications/{applicationId}/export_effects",
      access: .management, answer: SandboxState.exportEffects),
    Operation(
      name: "exportCustomerSessions", method: "GET",
      path: "/v1/applications/{applicationId}/export_customer_sessions", access: .management,
      answer: SandboxState.exportSessions),
    Operation(
      name: "exportAccountCollectionItems", method: "GET", path: "/v1/collections/{collectionId}/export",
      access: .management, answer: SandboxState.exportAccountCollection),
    Operation(
      name: "exportCollectionItems", method: "GET",
      path: "/v1/applications/{applicationId}/campaigns/{campaignId}/collections/{collectionId}/export",
      access: .management, answer: SandboxState.exportCollection),
    Operation(
      name: "getCustomerInventory", method: "GET", path: "/v1/customer_profiles/{integrationId}/inventory",
      access: .integration, answer: SandboxState.readInventory),
  ]
}

extension SandboxState {
  /// See https://docs.talon.one/management-api#tag/Effects/operation/exportEffects.
  @Sendable static func exportEffects(_ call: Call, _ state: inout SandboxState) throws(Refusal) -> Answer {
    let application = try state.application(call)
    let campaigns = state.account.campaigns.filter { $0.value == application }.keys.sorted()
    let feed = EffectExport(
      set: state.samples, application: application, campaigns: campaigns, campaign: try call.number("campaignId"),
      dates: try call.dateFormat(), rest: try state.sessions(call))
    return .csv(feed)
  }

  /// See https://docs.talon.one/management-api#tag/Customer-data/operation/exportCustomerSessions.
  @Sendable static func exportSessions(_ call: Call, _ state: inout SandboxState) throws(Refusal) -> Answer {
    let application = try state.application(call)
    var filter = SessionExport.Filter()
    filter.updatedFrom = try Period.moment(call, "updatedAfter")?.secondsUp ?? .min
    filter.updatedTo = try Period.moment(call, "updatedBefore")?.secondsDown ?? .max
    filter.state = try call.sessionState()
    if let name = call.first("profileIntegrationId") {
      filter.profile = SampleNames.profile(named: name).map { .number($0) } ?? .none
    }
    let feed = SessionExport(
      set: state.samples, application: application, filter: filter, dates: try call.dateFormat(),
      rest: try state.sessions(call))
    return .csv(feed)
  }

  private func application(_ call: Call) throws(Refusal) -> Int {
    let id = try call.identifier("applicationId")
    guard account.applications.contains(id) else { throw .missing("Application \(id) was not found") }
    return id
  }

  /// The sample sessions between the bounds of the request.
  private func sessions(_ call: Call) throws(Refusal) -> Range<Int> {
    samples.sessions(createdFrom: try Period.moment(call, "createdAfter"), to: try Period.moment(call, "createdBefore"))
  }
}

extension Call {
  fileprivate func number(_ name: String) throws(Refusal) -> Int? {
    guard let text = first(name) else { return nil }
    if let number = Int(text) { return number }
    throw .invalid([.init(title: "Invalid type", details: "\(name) is not an integer", source: .parameter(name))])
  }
}

extension Answer {
  static func csv(_ feed: some BodyFeed) -> Answer {
    Answer(status: 200, contentType: "application/csv", stream: BodyStream(feed: feed))
  }
}
