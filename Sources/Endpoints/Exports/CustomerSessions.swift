import Records

/// Carts and what became of them.
extension ExportEndpoint {
  package static let customerSessions = ExportEndpoint(
    name: "customer-sessions",
    title: "Export the customer sessions of an Application",
    reference: "https://docs.talon.one/management-api#tag/Customer-data/operation/exportCustomerSessions",
    api: .management,
    path: "/v1/applications/{applicationId}/export_customer_sessions",
    settings: [
      Setting("applicationId", .id, .path, "The Application.", isRequired: true),
      Setting(
        "customerSessionState", .choice(["open", "closed", "partially_returned", "cancelled"]), .query,
        "Only sessions in this state."),
    ],
    query: ["dateFormat=ISO8601"],
    kind: .download(.created, id: "id"),
    columns: .named(
      "id,firstsession,integrationid,applicationid,profileid,profileintegrationid,created,state,cartitems,discounts,"
        + "total,attributes,closedat,cancelledat,referral,identifiers,additional_costs,updated,store_integration_id,"
        + "coupons",
      json: ["cartitems", "discounts", "attributes", "identifiers", "additional_costs", "coupons"],
      numbers: ["id", "applicationid", "profileid", "total"], times: ["created", "closedat", "cancelledat", "updated"]),
    requestsPerSecond: 3,
    stallSeconds: 1800,
    notes: [
      "Sessions older than the account's retention (30 days unless agreed otherwise) are gone.",
      "A window is about when sessions were created; one that changes later is not exported again.",
    ])
}
