import Records

/// Loyalty programs: points and who has them.
extension ImportEndpoint {
  package static let pointsAdd = ImportEndpoint(
    name: "points.add",
    title: "Add loyalty points to profiles",
    reference: "https://docs.talon.one/management-api#tag/Loyalty/operation/addLoyaltyPoints",
    api: .management,
    method: .put,
    path: "/v1/loyalty_programs/{loyaltyProgramId}/profile/{integrationId}/add_points",
    shape: .single(),
    settings: [Setting("loyaltyProgramId", .id, .path, "The loyalty program, profile-based.", isRequired: true)],
    fields: [
      Field(
        "integrationId", at: "", .value(.string), "The profile.", required: ["*"], isAddress: true, isSerial: true,
        length: 1...1000),
      Field(
        "points", at: "points", .value(.number), "How many points.", required: ["*"], minimum: "0.01",
        maximum: "999999999999.99"),
      Field("name", at: "name", .value(.string), "Why; a unique text makes the transaction easy to find again."),
      Field("validityDuration", at: "validityDuration", .value(.string), "How long they are valid: 30D, unlimited."),
      Field("validUntil", at: "validUntil", .value(.time), "Until when they are valid."),
      Field("pendingDuration", at: "pendingDuration", .value(.string), "How long until they count: 12h, immediate."),
      Field("pendingUntil", at: "pendingUntil", .value(.time), "From when on they count."),
      Field(
        "subledgerId", at: "subledgerId", .value(.string), "The subledger; the main one without.", canBeSetting: true),
      Field(
        "applicationId", at: "applicationId", .value(.integer), "The Application they are booked for.",
        canBeSetting: true, minimum: "1"),
    ],
    limits: Limits(items: 1, window: 3, requestsPerSecond: 3),
    safety: .unsafe,
    notes: ["Points add up. For many rows a CSV import of points is faster than three requests a second."],
    reading: AnswerReading(blamesRowForMissing: true))
}
