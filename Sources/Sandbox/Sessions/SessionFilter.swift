/// Which sessions of an Application a list asks for.
struct SessionFilter: Sendable {
  private let state: SessionState?
  private let profile: String?
  private let integrationId: String?
  private let coupon: String?
  private let referral: String?
  private let store: String?
  private let created: Period
  private let isPartial: Bool

  init(_ call: Call) throws(Refusal) {
    state = call.first("state").flatMap(SessionState.init)
    if state == nil, call.first("state") != nil {
      let expected = SessionState.allCases.map(\.rawValue).joined(separator: ", ")
      let details = "state must be one of the following: \(expected)"
      throw .invalid([.init(title: "enum", details: details, source: .parameter("state"))])
    }
    profile = call.first("profile")
    integrationId = call.first("integrationId")
    coupon = call.first("coupon")
    referral = call.first("referral")
    store = call.first("storeIntegrationId")
    created = try Period(call, "created")
    isPartial = try call.flag("partialMatch")
  }

  func passes(_ session: CustomerSession) -> Bool {
    (state.map { $0 == session.state } ?? true) && matches(profile, session.profile)
      && matches(integrationId, session.integrationId) && matches(referral, session.referralCode)
      && matches(store, session.store ?? "")
      && (coupon == nil || session.couponCodes.contains { matches(coupon, $0) }) && created.contains(session.created)
  }

  /// Parts match from three characters on, whatever their case.
  private func matches(_ wanted: String?, _ found: String) -> Bool {
    guard let wanted else { return true }
    guard isPartial, wanted.count >= 3 else { return wanted == found }
    return found.lowercased().contains(wanted.lowercased())
  }
}
