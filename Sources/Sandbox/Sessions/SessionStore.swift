/// Every customer session, by the caller's name for it.
struct SessionStore: Sendable {
  private(set) var all = OrderedTable<String, CustomerSession>()
  /// Profiles that have had a session.
  private var profiles: Set<String> = []

  /// The session of that name, or a new one that is not kept yet.
  func session(_ integrationId: String, profile: String, application: Int, now: Timestamp) -> CustomerSession {
    all[integrationId]
      ?? CustomerSession(
        id: all.count + 1, created: now, integrationId: integrationId, application: application,
        isFirst: !profiles.contains(profile))
  }

  mutating func keep(_ session: CustomerSession) {
    all[session.integrationId] = session
    if !session.profile.isEmpty { profiles.insert(session.profile) }
  }
}
