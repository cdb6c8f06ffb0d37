extension SandboxState {
  /// See https://docs.talon.one/integration-api#tag/Customer-sessions/operation/updateCustomerSessionV2.
  @Sendable static func updateSession(_ call: Call, _ state: inout SandboxState) throws(Refusal) -> Answer {
    let id = call.parameters["customerSessionId"] ?? ""
    let isDry = try call.flag("dry")
    try checkNow(call, isDry: isDry)
    try state.admitSession(id, call)
    var registry = state.attributes
    let cart = state.cartReader(now: call.now)
    let update = try SessionUpdate(call, isDry: isDry, cart: cart, registry: &registry)
    let before = state.sessions.all[id]
    var session = state.sessions.session(
      id, profile: update.profile ?? "", application: state.ownApplication, now: call.now)
    try session.apply(update, now: call.now)
    if !isDry {
      state.attributes = registry
      state.keep(session, insteadOf: before, now: call.now)
    }
    let coupons = session.couponCodes.compactMap { state.coupons[$0] }.map { coupon -> JSONValue in
      var object = state.coupons.json(coupon).object ?? JSONObject()
      object.append("profileRedemptionCount", 0)
      return .object(object)
    }
    let members: [(String, JSONValue)] = [
      ("customerSession", session.json), ("coupons", .array(coupons)), ("previousReturns", []),
    ]
    return .json(
      state.integrationState(update.wanted, profile: session.profile, members), accepted: isDry ? 0 : 1)
  }

  private static func checkNow(_ call: Call, isDry: Bool) throws(Refusal) {
    guard let moment = try Period.moment(call, "now") else { return }
    guard isDry, moment > call.now else {
      let details = "now must be a moment in the future and needs dry=true"
      throw .invalid([.init(title: "Invalid value", details: details, source: .parameter("now"))])
    }
  }

  private mutating func admitSession(_ id: String, _ call: Call) throws(Refusal) {
    guard id.count <= 1000 else {
      let details = "must be 1 to 1000 characters long"
      throw .invalid([.init(title: "Invalid length", details: details, source: .parameter("customerSessionId"))])
    }
    try admitUpdate(ofThe: "session", id, by: call)
    var profile = sessions.all[id]?.profile ?? ""
    if case .string(let given)? = call.body["customerSession"]?["profileId"] { profile = given }
    if !profile.isEmpty { try admitUpdate(ofThe: "profile", profile, by: call) }
  }

  private func cartReader(now: Timestamp) -> CartReader {
    let catalogs = catalogs
    let price = { (sku: String) -> ExactNumber? in
      for catalog in catalogs.values {
        if let item = catalog.items[sku] { return item.price.flatMap(ExactNumber.init(digits:)) ?? .zero }
      }
      return nil
    }
    return CartReader(
      catalogPrice: price, costNames: attributes.isStrict ? account.additionalCosts : nil, now: now)
  }

  /// Keeps a session, creates its profile, and counts what the profile has bought.
  private mutating func keep(_ session: CustomerSession, insteadOf before: CustomerSession?, now: Timestamp) {
    sessions.keep(session)
    if !session.profile.isEmpty { profiles.update(session.profile, attributes: nil, now: now) }
    if let before, before.state == .closed { profiles.count(closed: before, by: -1) }
    if session.state == .closed { profiles.count(closed: session, by: 1) }
  }

  /// See https://docs.talon.one/integration-api#tag/Customer-sessions/operation/getCustomerSession.
  @Sendable static func readSession(_ call: Call, _ state: inout SandboxState) throws(Refusal) -> Answer {
    let id = call.parameters["customerSessionId"] ?? ""
    guard let session = state.sessions.all[id] else { throw .missing("Customer session \(id) was not found") }
    return .json(["customerSession": session.json, "effects": []])
  }

  /// See https://docs.talon.one/management-api#tag/Customer-data/operation/getApplicationSessions.
  @Sendable static func listSessions(_ call: Call, _ state: inout SandboxState) throws(Refusal) -> Answer {
    let application = try state.application(of: call)
    let paging = try Paging(call)
    let filter = try SessionFilter(call)
    let page = state.sessions.all.page(skip: paging.skip, limit: paging.size) { session in
      session.application == application && filter.passes(session)
    }
    let list = page.values.map { $0.listed(profile: state.profiles.profiles[$0.profile]?.id) }
    // `hasMore` may be left out of this list; the sandbox leaves it out on the last page.
    return .json(page.hasMore ? ["hasMore": true, "data": .array(list)] : ["data": .array(list)])
  }
}
