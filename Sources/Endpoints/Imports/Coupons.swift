import Records

/// Coupons of a campaign.
extension ImportEndpoint {
  package static let couponsImport = ImportEndpoint(
    name: "coupons.import",
    title: "Import coupon codes into a campaign",
    reference: "https://docs.talon.one/management-api#tag/Coupons/operation/importCoupons",
    api: .management,
    method: .post,
    path: "/v1/applications/{applicationId}/campaigns/{campaignId}/import_coupons",
    shape: .upload(.append),
    settings: [
      Setting("applicationId", .id, .path, "The Application.", isRequired: true),
      Setting("campaignId", .id, .path, "The campaign.", isRequired: true),
      Setting(
        "skipDuplicates", .flag, .query, "Whether codes that exist are passed over; false refuses the file.",
        fallback: "true"),
    ],
    fields: [
      Field(
        "value", at: "value", .value(.string), "The code, unique in the account.", required: ["*"], isKey: true,
        length: 3...Int.max),
      Field("expirydate", at: "expirydate", .value(.time), "When it ends; never without."),
      Field("startdate", at: "startdate", .value(.time), "When it begins."),
      Field(
        "recipientintegrationid", at: "recipientintegrationid", .value(.string), "The one profile that may use it.",
        length: 0...1000),
      Field(
        "limitval", at: "limitval", .value(.integer), "How often it can be used; 0 is without limit.", minimum: "0",
        maximum: "999999"),
      Field("discountlimit", at: "discountlimit", .value(.number), "How much discount it can give.", minimum: "0"),
      Field("attributes.*", at: "attributes.*", .open, "Coupon attributes. They must exist."),
    ],
    limits: Limits(items: 20_000, window: 1, maximumWindow: 3, requestsPerSecond: 3, stallSeconds: 1800),
    safety: .safe,
    safeOnlyWith: "skipDuplicates",
    notes: ["Codes the campaign has already are counted as unchanged."],
    duplicates: .first,
    reading: AnswerReading(tellsAmount: true))
}
