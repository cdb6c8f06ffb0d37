/// Everything the sandbox remembers; the operations are functions over it.
struct SandboxState: Sendable {
  static let accountId = 3886
  static let userId = 388

  let account: SandboxAccount
  let created: Timestamp
  let samples: SampleSet
  let quirks: PagingQuirks
  var attributes: AttributeRegistry
  var catalogs: [Int: Catalog]
  var profiles: ProfileStore
  var coupons: CouponStore
  var collections: [Int: ItemCollection]
  var events = EventStore()
  var sessions = SessionStore()
  var loyaltyPrograms: [Int: LoyaltyProgram]
  var lastImport = 0
  var lastTransaction = 0
  let refusesIdenticalUploads: Bool
  let refusesUnknownLoyaltyProfiles: Bool
  var pace: Pace
  var kept = KeptAnswers()
  var inFlight = InFlight()
  var statistics = SandboxStatistics()

  init(_ configuration: SandboxConfiguration, now: Timestamp) {
    account = configuration.account
    created = now
    samples = SampleSet(count: configuration.sampleData, days: configuration.sampleDays)
    quirks = configuration.quirks
    attributes = AttributeRegistry(account.attributes, isStrict: configuration.strictAttributes, now: now)
    catalogs = Dictionary(uniqueKeysWithValues: account.catalogs.map { ($0, Catalog(id: $0, created: now)) })
    profiles = ProfileStore(audiences: account.audiences)
    coupons = CouponStore(campaigns: account.campaigns.keys)
    let ofAccount = account.accountCollections.map { ItemCollection(id: $0, campaign: nil, now: now) }
    let ofCampaigns = account.campaignCollections.map { ItemCollection(id: $0, campaign: $1, now: now) }
    collections = Dictionary((ofAccount + ofCampaigns).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    loyaltyPrograms = Dictionary(uniqueKeysWithValues: account.loyaltyPrograms.map { ($0, LoyaltyProgram()) })
    refusesIdenticalUploads = configuration.refusesIdenticalUploads
    refusesUnknownLoyaltyProfiles = configuration.refusesUnknownLoyaltyProfiles
    pace = Pace(perSecond: configuration.managementPace)
  }

  /// Notes the keys a request touches: whether another request in flight touches one too, whether one comes twice.
  mutating func claim(_ scope: String, _ keys: [String], by call: Call) {
    let word = String(scope.prefix { $0 != " " })
    if inFlight.claim(scope, keys, by: call.number) { statistics.overlaps[word, default: 0] += 1 }
    if Set(keys).count < keys.count { statistics.repeatedKeys[word, default: 0] += 1 }
  }

  /// One update of a profile or session runs and two wait; the next one is refused.
  ///
  /// See https://docs.talon.one/docs/dev/integration-api/overview.
  mutating func admitUpdate(ofThe kind: String, _ id: String, by call: Call) throws(Refusal) {
    let others = inFlight.count("\(kind) \(id)")
    claim("\(kind) \(id)", [id], by: call)
    guard others >= 3 else { return }
    throw Refusal(
      status: 409, message: "Too many requests are updating this \(kind) at the same time", problems: nil)
  }

  /// The Application of the Integration API's key.
  var ownApplication: Int { account.applications.min() ?? 0 }

  func application(of call: Call) throws(Refusal) -> Int {
    let id = try call.identifier("applicationId")
    guard account.applications.contains(id) else { throw .missing("Application \(id) was not found") }
    return id
  }

  @Sendable static func readStatistics(_ call: Call, _ state: inout SandboxState) throws(Refusal) -> Answer {
    .json(state.statistics.json)
  }
}
