import Records

/// Audiences and who belongs to them.
extension ImportEndpoint {
  package static let audienceMembers = ImportEndpoint(
    name: "audience.members",
    title: "Add profiles to audiences or take them out",
    reference: "https://docs.talon.one/integration-api#tag/Audiences/operation/updateCustomerProfileAudiences",
    api: .integration,
    method: .post,
    path: "/v2/customer_audiences",
    shape: .envelope(array: "data"),
    settings: [],
    actions: Actions(
      "action", at: "action", ["add", "delete"], isOnePerRequest: false, "Whether the profile joins or leaves."),
    fields: [
      Field(
        "profileIntegrationId", at: "profileIntegrationId", .value(.string),
        "The profile. One that does not exist is created.", required: ["*"], isKey: true, length: 1...1000),
      Field(
        "audienceId", at: "audienceId", .value(.integer), "The audience.", required: ["*"], isKey: true,
        canBeSetting: true, minimum: "1"),
    ],
    limits: Limits(items: 1000, window: 4),
    safety: .safe,
    notes: ["Rules with \"has joined an audience\" are not evaluated."])
}
