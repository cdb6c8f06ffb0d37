/// What the body of a tracked event says.
struct EventReader {
  private(set) var type = ""
  private(set) var profile = ""
  private(set) var integrationId: String?
  private(set) var session: String?
  private(set) var store: String?
  private(set) var attributes = JSONObject()
  private(set) var wanted: Set<String> = []
  private var problems = Problems()

  /// Refuses a body that breaks a rule; advanced events have a name of their own.
  init(
    _ call: Call, isAdvanced: Bool, isDry: Bool, eventTypes: Set<String>, registry: inout AttributeRegistry
  ) throws(Refusal) {
    var members: Set = [
      "type", "profileId", "attributes", "storeIntegrationId", "loyaltyCards", "evaluableCampaignIds",
      "responseContent",
    ]
    if isAdvanced { members.formUnion(["integrationId", "connectedSessionId"]) }
    let body = call.body
    problems.refuseOthers(than: members, in: body, at: "")
    type = problems.text(body["type"], at: "/type") ?? ""
    if registry.isStrict, !type.isEmpty, !eventTypes.contains(type) {
      problems.add("Event type not found", "The event type \"\(type.prefix(60))\" is not defined", at: "/type")
    }
    profile = problems.text(body["profileId"], at: "/profileId") ?? ""
    if isAdvanced { integrationId = problems.text(body["integrationId"], at: "/integrationId") }
    if let value = body["connectedSessionId"], value != .null {
      session = problems.text(value, at: "/connectedSessionId")
    }
    if let value = body["storeIntegrationId"], value != .null {
      store = problems.text(value, at: "/storeIntegrationId")
    }
    _ = problems.optionalTexts(body["loyaltyCards"], at: "/loyaltyCards", atMost: 1)
    problems.evaluableCampaigns(body["evaluableCampaignIds"], isDry: isDry, at: "/evaluableCampaignIds")
    if let attributes = problems.optionalObject(body["attributes"], at: "/attributes") {
      registry.check(attributes, of: "Event", at: "/attributes", now: call.now, &problems)
      self.attributes = attributes
    }
    var known: Set = [
      "customerProfile", "triggeredCampaigns", "loyalty", "awardedGiveaways", "ruleFailureReasons",
    ]
    known.formUnion(isAdvanced ? ["advancedEvent"] : ["event", "campaignEligibility"])
    wanted = problems.responseContent(body, known: known)
    guard problems.isEmpty else { throw .invalid(problems.all) }
  }
}
