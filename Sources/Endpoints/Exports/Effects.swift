import Records

/// What rules did to carts and customers.
extension ExportEndpoint {
  package static let effects = ExportEndpoint(
    name: "effects",
    title: "Export the effects of an Application",
    reference: "https://docs.talon.one/management-api#tag/Effects/operation/exportEffects",
    api: .management,
    path: "/v1/applications/{applicationId}/export_effects",
    settings: [
      Setting("applicationId", .id, .path, "The Application.", isRequired: true),
      Setting("campaignId", .id, .query, "Only the effects of this campaign."),
    ],
    query: ["dateFormat=ISO8601"],
    kind: .download(.created, id: nil),
    columns: .named(
      "created,name,applicationid,campaignid,rulesetid,ruleindex,sessionintegrationid,profileintegrationid,sessionid,"
        + "profileid,eventid,event_type,total_revenue,props,couponid,store_id,store_integration_id",
      json: ["props"],
      numbers: [
        "applicationid", "campaignid", "rulesetid", "ruleindex", "sessionid", "profileid", "eventid", "total_revenue",
        "couponid", "store_id",
      ], times: ["created"]),
    requestsPerSecond: 3,
    stallSeconds: 1800,
    notes: ["Effects older than the account's retention (30 days unless agreed otherwise) are gone."])
}
