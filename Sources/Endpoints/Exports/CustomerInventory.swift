import Records

/// Everything a customer holds.
extension ExportEndpoint {
  package static let customerInventory = ExportEndpoint(
    name: "customer-inventory",
    title: "Export what customers hold, one by one",
    reference: "https://docs.talon.one/integration-api#tag/Customer-profiles/operation/getCustomerInventory",
    api: .integration,
    path: "/v1/customer_profiles/{integrationId}/inventory",
    settings: [
      Setting("profile", .flag, .query, "With the profile itself.", fallback: "true"),
      Setting("loyalty", .flag, .query, "With loyalty programs and cards.", fallback: "true"),
      Setting("referrals", .flag, .query, "With referrals.", fallback: "true"),
      Setting("coupons", .flag, .query, "With reserved coupons.", fallback: "true"),
      Setting("giveaways", .flag, .query, "With giveaways.", fallback: "true"),
      Setting("achievements", .flag, .query, "With progress in achievements.", fallback: "true"),
    ],
    kind: .lookup(key: "integrationId", window: 4),
    columns: .named(
      "integrationId,profile,loyalty,referrals,coupons,giveaways,achievements",
      json: ["profile", "loyalty", "referrals", "coupons", "giveaways", "achievements"]),
    notes: ["A key the API does not know goes to the rejects file."])
}
