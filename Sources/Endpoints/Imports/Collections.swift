import Records

/// Collections: lists of items that rules look into.
extension ImportEndpoint {
  package static let collectionImport = ImportEndpoint(
    name: "collection.import",
    title: "Replace the items of a collection",
    reference: "https://docs.talon.one/management-api#tag/Collections/operation/importAccountCollection",
    api: .management,
    method: .post,
    path: "/v1/collections/{collectionId}/import",
    innerPath: "/v1/applications/{applicationId}/campaigns/{campaignId}/collections/{collectionId}/import",
    shape: .upload(.replace),
    settings: [
      Setting("collectionId", .id, .path, "The collection.", isRequired: true),
      Setting("applicationId", .id, .path, "The Application, for a collection of a campaign."),
      Setting("campaignId", .id, .path, "The campaign, for a collection of a campaign."),
    ],
    fields: [
      Field(
        "item", at: "item", .value(.string), "What the collection holds: SKUs, profile ids, any text.",
        required: ["*"], isKey: true, length: 1...1000)
    ],
    limits: Limits(items: 500_000, window: 1, maximumWindow: 1, requestsPerSecond: 3, stallSeconds: 1800),
    safety: .safe,
    notes: [
      "The upload takes the place of everything in the collection: it is one file, never cut, and goes only when the source "
        + "was read to its end, has rows, and no row was rejected ('guards.maxRejects' allows some).",
      "Where the server counts what it imported, it must be the rows that were sent, equal ones once; else the run stops.",
      "Rows that are those of the job's last upload are not sent again; --fresh sends them.",
    ],
    duplicates: .first,
    reading: AnswerReading(tellsAmount: true))
}
