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
}
