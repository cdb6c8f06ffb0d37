/// What the body of a session update says; nil keeps what the session has.
struct SessionUpdate {
  private static let members: Set = [
    "profileId", "state", "cartItems", "couponCodes", "referralCode", "loyaltyCards", "identifiers",
    "storeIntegrationId", "additionalCosts", "attributes", "experimentVariantAllocations", "evaluableCampaignIds",
  ]
  private static let entities: Set = [
    "customerSession", "customerProfile", "coupons", "triggeredCampaigns", "referral", "loyalty", "event",
    "awardedGiveaways", "ruleFailureReasons", "previousReturns", "campaignEligibility",
  ]

  private(set) var profile: String?
  /// A state that is not given is `open`, as the API says, also where that is refused.
  private(set) var state = SessionState.open
  private(set) var items: [CartItem]?
  private(set) var couponCodes: [String]?
  private(set) var referralCode: String?
  private(set) var loyaltyCards: [String]?
  private(set) var identifiers: [String]?
  private(set) var store: String?
  private(set) var costs: JSONObject?
  private(set) var costTotal = ExactNumber.zero
  private(set) var attributes: JSONObject?
  private(set) var variants: [JSONValue]?
  private(set) var wanted: Set<String> = []

  init(_ call: Call, isDry: Bool, cart: CartReader, registry: inout AttributeRegistry) throws(Refusal) {
    var problems = Problems()
    var cart = cart
    problems.refuseOthers(than: ["customerSession", "responseContent"], in: call.body, at: "")
    let at = "/customerSession"
    let session = call.body["customerSession"] ?? .null
    problems.refuseOthers(than: Self.members, in: session, at: at)
    profile = problems.optionalText(session["profileId"], at: at + "/profileId")
    readState(session["state"], at: at + "/state", &problems)
    items = cart.items(session["cartItems"], registry: &registry, &problems)
    couponCodes = problems.optionalTexts(session["couponCodes"], at: at + "/couponCodes", atMost: 1000, limit: 100)
    referralCode = problems.optionalText(session["referralCode"], at: at + "/referralCode", limit: 100)
    loyaltyCards = problems.optionalTexts(session["loyaltyCards"], at: at + "/loyaltyCards", atMost: 1)
    identifiers = problems.optionalTexts(session["identifiers"], at: at + "/identifiers", atMost: 5)
    if let value = session["storeIntegrationId"], value != .null {
      store = problems.text(value, at: at + "/storeIntegrationId")
    }
    costTotal = cart.costs(session["additionalCosts"], at: at + "/additionalCosts", &problems)
    costs = session["additionalCosts"]?.object
    attributes = problems.optionalObject(session["attributes"], at: at + "/attributes")
    if let attributes {
      registry.check(attributes, of: "CustomerSession", at: at + "/attributes", now: call.now, &problems)
    }
    readVariants(session["experimentVariantAllocations"], at: at + "/experimentVariantAllocations", &problems)
    problems.evaluableCampaigns(session["evaluableCampaignIds"], isDry: isDry, at: at + "/evaluableCampaignIds")
    wanted = problems.responseContent(call.body, known: Self.entities)
    // The API describes the 400 of sessions without `StatusCode`.
    guard problems.isEmpty else { throw .invalid(problems.all, carriesStatus: false) }
  }

  private mutating func readState(_ value: JSONValue?, at pointer: String, _ problems: inout Problems) {
    guard let value, value != .null else { return }
    if case .string(let word) = value, let state = SessionState(rawValue: word) {
      self.state = state
    } else {
      let expected = SessionState.allCases.map(\.rawValue).joined(separator: ", ")
      problems.add("enum", "state must be one of the following: \(expected)", at: pointer)
    }
  }

  private mutating func readVariants(_ value: JSONValue?, at pointer: String, _ problems: inout Problems) {
    variants = problems.optionalList(value, at: pointer)
    for (position, element) in (variants ?? []).enumerated() where !problems.isFull {
      problems.refuseOthers(than: ["experimentID", "variantID"], in: element, at: "\(pointer)/\(position)")
      for name in ["experimentID", "variantID"] {
        _ = problems.integer(element[name], at: "\(pointer)/\(position)/\(name)")
      }
    }
  }
}
