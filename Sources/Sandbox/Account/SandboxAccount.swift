/// What exists in the account before the first request: things the API itself cannot create.
package struct SandboxAccount: Sendable {
  package private(set) var applications: Set<Int> = []
  /// Campaigns and the application of each.
  package private(set) var campaigns: [Int: Int] = [:]
  package private(set) var catalogs: Set<Int> = []
  package private(set) var audiences: Set<Int> = []
  package private(set) var accountCollections: Set<Int> = []
  /// Collections of campaigns and the campaign of each.
  package private(set) var campaignCollections: [Int: Int] = [:]
  package private(set) var loyaltyPrograms: Set<Int> = []
  package private(set) var attributes: [SandboxAttribute] = []
  /// Custom events; with strict attributes any other is refused.
  package private(set) var eventTypes: Set<String> = []
  /// Names of costs a session or an item may carry; with strict attributes any other is refused.
  package private(set) var additionalCosts: Set<String> = []
  /// Codes of coupons that exist without having been imported; they come into being with their first reservation.
  package private(set) var reservableCoupons: [CouponPattern] = []

  /// An account with nothing in it.
  package init() {}

  /// The account of the examples in this project.
  package static let sample: SandboxAccount = {
    var account = SandboxAccount()
    account.add(campaign: 3882, of: 270)
    account.add(catalog: 30)
    account.add(audience: 10)
    account.add(accountCollection: 7)
    account.add(campaignCollection: 8, of: 3882)
    account.add(loyaltyProgram: 33)
    account.add(attribute: SandboxAttribute(entity: "CartItem", name: "color", type: .string))
    for name in ["Name", "Email", "Language", "ShippingCountry"] {
      account.add(attribute: SandboxAttribute(entity: "CustomerProfile", name: name, type: .string))
    }
    account.add(attribute: SandboxAttribute(entity: "Event", name: "page", type: .string))
    account.add(attribute: SandboxAttribute(entity: "CustomerSession", name: "ShippingCity", type: .string))
    account.add(attribute: SandboxAttribute(entity: "Coupon", name: "Category", type: .string))
    account.add(eventType: "pageViewed")
    account.add(additionalCost: "shipping")
    for pattern in ["SUMMER-#####", "10$OFF", "a/b", "25%"] { account.add(reservableCoupons: pattern) }
    return account
  }()

  package mutating func add(application: Int) { applications.insert(application) }

  package mutating func add(campaign: Int, of application: Int) {
    campaigns[campaign] = application
    add(application: application)
  }

  package mutating func add(catalog: Int) { catalogs.insert(catalog) }

  package mutating func add(audience: Int) { audiences.insert(audience) }

  package mutating func add(accountCollection: Int) { accountCollections.insert(accountCollection) }

  package mutating func add(campaignCollection: Int, of campaign: Int) {
    campaignCollections[campaignCollection] = campaign
  }

  package mutating func add(loyaltyProgram: Int) { loyaltyPrograms.insert(loyaltyProgram) }

  package mutating func add(attribute: SandboxAttribute) { attributes.append(attribute) }

  package mutating func add(eventType: String) { eventTypes.insert(eventType) }

  package mutating func add(additionalCost: String) { additionalCosts.insert(additionalCost) }

  /// Codes as a pattern in which `#` stands for a digit, such as `SUMMER-#####`; they belong to the first campaign.
  package mutating func add(reservableCoupons pattern: String) { reservableCoupons.append(CouponPattern(pattern)) }
}
