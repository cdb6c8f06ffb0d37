/// One customer session.
struct CustomerSession: Sendable {
  let id: Int
  let created: Timestamp
  let integrationId: String
  let application: Int
  /// Whether it is the profile's first one; always so without a profile.
  let isFirst: Bool
  /// Empty for an anonymous session.
  private(set) var profile = ""
  private(set) var state: SessionState?
  private(set) var items: [CartItem] = []
  private(set) var couponCodes: [String] = []
  private(set) var referralCode = ""
  private(set) var store: String?
  private(set) var attributes = AttributeValues()
  private var loyaltyCards: [String] = []
  private var identifiers: [String] = []
  private var costs = JSONObject()
  private var costTotal = ExactNumber.zero
  private var variants: [JSONValue] = []
  private var updateCount = 0
  private var updated: Timestamp

  init(id: Int, created: Timestamp, integrationId: String, application: Int, isFirst: Bool) {
    self.id = id
    self.created = created
    self.integrationId = integrationId
    self.application = application
    self.isFirst = isFirst
    updated = created
  }

  var itemTotal: ExactNumber { items.reduce(.zero) { $0 + $1.total } }
  var itemCosts: ExactNumber { items.reduce(.zero) { $0 + $1.costs } }
  /// Items and additional costs, before any discount.
  var total: ExactNumber { itemTotal + itemCosts + costTotal }

  /// Takes over what an update says; a refusal leaves the session as it was.
  mutating func apply(_ update: SessionUpdate, now: Timestamp) throws(Refusal) {
    state = try SessionState.move(from: state, to: update.state)
    if let profile = update.profile { self.profile = profile }
    if let items = update.items { self.items = items }
    if let couponCodes = update.couponCodes { self.couponCodes = couponCodes }
    if let referralCode = update.referralCode { self.referralCode = referralCode }
    if let loyaltyCards = update.loyaltyCards { self.loyaltyCards = loyaltyCards }
    if let identifiers = update.identifiers { self.identifiers = identifiers }
    if let store = update.store { self.store = store }
    if let costs = update.costs {
      self.costs = costs
      costTotal = update.costTotal
    }
    if let attributes = update.attributes { self.attributes.merge(attributes) }
    if let variants = update.variants { self.variants = variants }
    updateCount += 1
    updated = now
  }

  private var cart: JSONValue { .array(items.enumerated().map { position, item in item.json(position: position) }) }
  private var stateWord: JSONValue { .string((state ?? .open).rawValue) }

  /// As the Integration API describes it, which requires `coupon` and `referral` without saying what they hold.
  var json: JSONValue {
    var object = JSONObject([
      ("id", .integer(id)), ("created", .string(created.text)), ("integrationId", .string(integrationId)),
      ("applicationId", .integer(application)), ("profileId", .string(profile)), ("state", stateWord),
      ("cartItems", cart), ("couponCodes", .array(couponCodes.map(JSONValue.string))),
      ("referralCode", .string(referralCode)), ("loyaltyCards", .array(loyaltyCards.map(JSONValue.string))),
      ("identifiers", .array(identifiers.map(JSONValue.string))), ("additionalCosts", .object(costs)),
      ("experimentVariantAllocations", .array(variants)), ("attributes", attributes.json),
      ("firstSession", .boolean(isFirst)), ("updateCount", .integer(updateCount)), ("total", total.json),
      ("cartItemTotal", itemTotal.json), ("additionalCostTotal", (costTotal + itemCosts).json),
      ("cartItemAdditionalCostTotal", itemCosts.json), ("updated", .string(updated.text)),
      ("coupon", .string(couponCodes.joined(separator: ","))), ("referral", .string(referralCode)),
    ])
    if let store { object.append("storeIntegrationId", .string(store)) }
    return .object(object)
  }

  /// As the list of an Application describes it; `profileintegrationid` is lower case there.
  func listed(profile number: Int?) -> JSONValue {
    var object = JSONObject([
      ("id", .integer(id)), ("created", .string(created.text)), ("integrationId", .string(integrationId)),
      ("applicationId", .integer(application)), ("coupon", .string(couponCodes.joined(separator: ","))),
      ("referral", .string(referralCode)), ("state", stateWord), ("cartItems", cart),
      ("discounts", .object(JSONObject())), ("totalDiscounts", 0), ("total", total.json),
      ("attributes", attributes.json),
    ])
    if let number {
      object.append("profileId", .integer(number))
      object.append("profileintegrationid", .string(profile))
    }
    if let store { object.append("storeIntegrationId", .string(store)) }
    return .object(object)
  }
}
