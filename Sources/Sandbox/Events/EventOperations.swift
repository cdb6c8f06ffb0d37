extension SandboxState {
  /// See https://docs.talon.one/integration-api#tag/Events/operation/trackEventV2.
  @Sendable static func trackEvent(_ call: Call, _ state: inout SandboxState) throws(Refusal) -> Answer {
    try state.track(call, isAdvanced: false)
  }

  /// See https://docs.talon.one/integration-api#tag/Events/operation/trackEventV3.
  @Sendable static func trackAdvancedEvent(_ call: Call, _ state: inout SandboxState) throws(Refusal) -> Answer {
    try state.track(call, isAdvanced: true)
  }

  private mutating func track(_ call: Call, isAdvanced: Bool) throws(Refusal) -> Answer {
    let wantsEntities = try call.wantsEntities()
    let isDry = try call.flag("dry")
    if try call.flag("forceCompleteEvaluation"), !isDry {
      let source = Refusal.Problem.Source.parameter("forceCompleteEvaluation")
      throw .invalid([.init(title: "Invalid value", details: "needs dry=true", source: source)])
    }
    if case .string(let profile)? = call.body["profileId"] {
      try admitUpdate(ofThe: "profile", profile, by: call)
    }
    var registry = attributes
    let reader = try EventReader(
      call, isAdvanced: isAdvanced, isDry: isDry, eventTypes: account.eventTypes, registry: &registry)
    if let integrationId = reader.integrationId, events[integrationId] != nil {
      throw Refusal(
        status: 409, message: "An advanced event with the integration ID \"\(integrationId)\" already exists",
        problems: nil)
    }
    if let session = reader.session, sessions.all[session]?.state != .closed {
      let details = "The session \"\(session)\" is not a closed session"
      throw .invalid([.init("Invalid value", details, at: "/connectedSessionId")])
    }
    var event = Event(
      id: events.nextEvent, created: call.now, application: ownApplication, type: reader.type,
      profile: reader.profile, attributes: reader.attributes)
    event.store = reader.store
    event.integrationId = reader.integrationId
    event.session = reader.session
    if !isDry {
      attributes = registry
      events.add(event)
      profiles.update(reader.profile, attributes: nil, now: call.now)
    }
    guard wantsEntities else {
      var answer = Answer.noContent
      answer.accepted = isDry ? 0 : 1
      return answer
    }
    let members = [(isAdvanced ? "advancedEvent" : "event", event.json)]
    return .json(
      integrationState(reader.wanted, profile: reader.profile, members), accepted: isDry ? 0 : 1)
  }

  /// See https://docs.talon.one/integration-api#tag/Events/operation/getEventV3.
  @Sendable static func readEvent(_ call: Call, _ state: inout SandboxState) throws(Refusal) -> Answer {
    let integrationId = call.parameters["integrationId"] ?? ""
    guard let event = state.events[integrationId] else { throw .missing("Event \(integrationId) was not found") }
    return .json(event.json)
  }

  /// See https://docs.talon.one/management-api#tag/Customer-data/operation/getApplicationEventsWithoutTotalCount.
  ///
  /// In the order of arrival, which for one profile is the order in which its events were sent one after another.
  @Sendable static func listEvents(_ call: Call, _ state: inout SandboxState) throws(Refusal) -> Answer {
    let application = try state.application(of: call)
    let paging = try Paging(call)
    let created = try Period(call, "created")
    let profile = call.first("profile")
    let session = call.first("session")
    let types = call.first("type").map { Set($0.split(separator: ",").map(String.init)) }
    let isNever = ["couponCode", "referralCode", "ruleQuery", "campaignQuery", "effectType"].contains { name in
      call.first(name) != nil
    }
    let wanted = state.events.all.lazy.filter { event in
      !isNever && event.application == application && (profile.map { $0 == event.profile } ?? true)
        && (session.map { $0 == event.session } ?? true) && (types.map { $0.contains(event.type) } ?? true)
        && created.contains(event.created)
    }
    let rest = wanted.dropFirst(paging.skip)
    let page = Array(rest.prefix(paging.size))
    let list = page.map { event in
      event.listed(
        profile: state.profiles.profiles[event.profile]?.id,
        session: event.session.flatMap { state.sessions.all[$0]?.id })
    }
    let hasMore = rest.dropFirst(paging.size).first != nil
    return .json(["hasMore": .boolean(hasMore), "data": .array(list)])
  }
}
