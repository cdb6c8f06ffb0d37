import Records

/// Customer profiles.
extension ImportEndpoint {
  package static let profilesUpdate = ImportEndpoint(
    name: "profiles.update",
    title: "Create or update customer profiles",
    reference: "https://docs.talon.one/integration-api#tag/Customer-profiles/operation/updateCustomerProfilesV2",
    api: .integration,
    method: .put,
    path: "/v2/customer_profiles",
    shape: .envelope(array: "customerProfiles"),
    settings: [
      Setting(
        "silent", .choice(["yes", "no"]), .query, "Whether the answer leaves the profiles out; yes is faster.",
        fallback: "yes")
    ],
    fields: [
      Field(
        "integrationId", at: "integrationId", .value(.string), "The profile's id in your systems. It can never change.",
        required: ["*"], isKey: true, length: 1...1000),
      Field("attributes.*", at: "attributes.*", .open, "Customer profile attributes. They must exist."),
    ],
    limits: Limits(items: 1000, window: 4),
    safety: .safe,
    notes: ["Rules are not evaluated and no effects are triggered."])
}
