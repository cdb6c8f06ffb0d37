/// The customer profiles of the account and the audiences they are in.
struct ProfileStore: Sendable {
  private(set) var profiles = OrderedTable<String, Profile>()
  /// Integration identifiers of the members of each audience, in the order in which they joined.
  private(set) var members: [Int: OrderedTable<String, String>]
  private var lastProfile = 0

  init(audiences: Set<Int>) {
    members = Dictionary(uniqueKeysWithValues: audiences.map { ($0, OrderedTable()) })
  }

  /// Sets the attributes that are given and keeps the others; a profile that is new is created.
  @discardableResult
  mutating func update(_ integrationId: String, attributes: JSONObject?, now: Timestamp) -> Profile {
    var profile = profiles[integrationId] ?? newProfile(integrationId, now: now)
    if let attributes { profile.attributes.merge(attributes) }
    profile.lastActivity = now
    profile.isVisible = true
    profiles[integrationId] = profile
    return profile
  }

  /// Adds the profile to an audience that exists; a profile that is new is created, invisible.
  mutating func join(_ integrationId: String, audience: Int, now: Timestamp) {
    var profile = profiles[integrationId] ?? newProfile(integrationId, now: now)
    if !profile.audiences.contains(audience) { profile.audiences.append(audience) }
    profiles[integrationId] = profile
    members[audience]?[integrationId] = integrationId
  }

  /// Creates a profile that is new, invisible.
  mutating func ensure(_ integrationId: String, now: Timestamp) {
    if !profiles.contains(integrationId) { profiles[integrationId] = newProfile(integrationId, now: now) }
  }

  /// Counts a session of a profile as closed, or no longer as such.
  mutating func count(closed session: CustomerSession, by step: Int) {
    profiles[session.profile]?.closedSessions += step
    profiles[session.profile]?.totalSales += session.total * step
  }

  mutating func leave(_ integrationId: String, audience: Int) {
    profiles[integrationId]?.audiences.removeAll { $0 == audience }
    members[audience]?[integrationId] = nil
  }

  private mutating func newProfile(_ integrationId: String, now: Timestamp) -> Profile {
    lastProfile += 1
    return Profile(id: lastProfile, created: now, integrationId: integrationId, lastActivity: now)
  }
}
