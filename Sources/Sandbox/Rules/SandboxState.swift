/// Everything the sandbox remembers; the operations are functions over it.
struct SandboxState: Sendable {
  static let accountId = 3886

  let account: SandboxAccount
  let created: Timestamp
  let samples: SampleSet
  let quirks: PagingQuirks
  var attributes: AttributeRegistry
  var catalogs: [Int: Catalog]
  var profiles: ProfileStore
  var pace: Pace
  var kept = KeptAnswers()
  var inFlight = InFlight()
  var statistics = SandboxStatistics()

  init(_ configuration: SandboxConfiguration, now: Timestamp) {
    account = configuration.account
    created = now
    samples = SampleSet(
      count: configuration.sampleData, days: configuration.sampleDays, end: configuration.sampleEnd)
    quirks = configuration.quirks
    attributes = AttributeRegistry(account.attributes, isStrict: configuration.strictAttributes, now: now)
    catalogs = Dictionary(uniqueKeysWithValues: account.catalogs.map { ($0, Catalog(id: $0, created: now)) })
    profiles = ProfileStore(audiences: account.audiences)
    pace = Pace(perSecond: configuration.managementPace)
  }

  /// Notes the keys a request touches: whether another request in flight touches one too, whether one comes twice.
  mutating func claim(_ scope: String, _ keys: [String], by call: Call) {
    let word = String(scope.prefix { $0 != " " })
    if inFlight.claim(scope, keys, by: call.number) { statistics.overlaps[word, default: 0] += 1 }
    if Set(keys).count < keys.count { statistics.repeatedKeys[word, default: 0] += 1 }
  }

  /// One update of a profile runs and two wait; the next one is refused.
  ///
  /// See https://docs.talon.one/docs/dev/integration-api/overview.
  mutating func admitUpdate(of profile: String, by call: Call) throws(Refusal) {
    let others = inFlight.count("profile \(profile)")
    claim("profile \(profile)", [profile], by: call)
    guard others >= 3 else { return }
    throw Refusal(
      status: 409, message: "Too many requests are updating this profile at the same time", problems: nil)
  }

  @Sendable static func readStatistics(_ call: Call, _ state: inout SandboxState) throws(Refusal) -> Answer {
    .json(state.statistics.json)
  }
}
