import Records

/// Custom events of customers.
extension ImportEndpoint {
  package static let eventsTrack = ImportEndpoint(
    name: "events.track-v3",
    title: "Track custom events",
    reference: "https://docs.talon.one/integration-api#tag/Events/operation/trackEventV3",
    api: .integration,
    method: .post,
    path: "/v3/events",
    shape: .single(),
    settings: [
      Setting(
        "silent", .choice(["yes", "no"]), .query, "Whether the answer leaves the effects out; yes is faster.",
        fallback: "yes")
    ],
    fields: [
      Field(
        "integrationId", at: "integrationId", .value(.string), "The event's own id: the same one is tracked once.",
        required: ["*"], isKey: true, isAddress: true, isSerial: true, length: 1...1000),
      Field(
        "profileId", at: "profileId", .value(.string), "The profile. One that does not exist is created.",
        required: ["*"], isSerial: true, length: 1...1000),
      Field(
        "type", at: "type", .value(.string), "The event type. It must exist.", required: ["*"], canBeSetting: true,
        length: 1...1000),
      Field("attributes.*", at: "attributes.*", .open, "Event attributes. They must exist."),
      Field("storeIntegrationId", at: "storeIntegrationId", .value(.string), "The store.", length: 1...1000),
      Field(
        "connectedSessionId", at: "connectedSessionId", .value(.string), "A closed session the event belongs to.",
        length: 1...1000),
      Field("loyaltyCards", at: "loyaltyCards", .value(.list), "The loyalty card, a list of at most one."),
    ],
    limits: Limits(items: 1, window: 8),
    safety: .selfKeyed,
    notes: [
      "Events of one profile are sent one after another in the order of the source, those of others in parallel.",
      "Rules are evaluated: events trigger effects.",
      "An id that exists is accepted when the event that has it is of the same profile and type, else rejected.",
    ],
    duplicates: .first,
    reading: AnswerReading(confirmation: "/v3/events/{integrationId}", likeness: ["profileId", "type"]))
}
