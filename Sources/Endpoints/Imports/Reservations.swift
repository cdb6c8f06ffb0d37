import Records

/// Coupon reservations: which profiles a coupon is kept for.
extension ImportEndpoint {
  package static let reservationsCreate = ImportEndpoint(
    name: "reservations.create",
    title: "Reserve coupons for profiles",
    reference: "https://docs.talon.one/integration-api#tag/Coupons/operation/createCouponReservation",
    api: .integration,
    method: .post,
    path: "/v1/coupon_reservations/{couponValue}",
    shape: .grouped(array: "integrationIDs"),
    settings: [],
    fields: [
      Field(
        "couponValue", at: "", .value(.string), "The coupon's code. It must exist.", required: ["*"], isKey: true,
        isAddress: true, isSerial: true, length: 1...1000),
      Field(
        "integrationId", at: "", .value(.string), "The profile the coupon is kept for.", required: ["*"], isKey: true,
        length: 1...1000),
    ],
    limits: Limits(items: 1000, window: 8),
    safety: .selfKeyed,
    notes: [
      "Rows of one coupon are gathered into requests of up to 1000 profiles; a source sorted by coupon needs the fewest.",
      "The coupon's own reservation limit is not looked at by the API.",
    ],
    duplicates: .first,
    reading: AnswerReading(blamesRowForMissing: true))

  package static let reservationsDelete = ImportEndpoint(
    name: "reservations.delete",
    title: "Take coupon reservations back",
    reference: "https://docs.talon.one/integration-api#tag/Coupons/operation/deleteCouponReservation",
    api: .integration,
    method: .delete,
    path: "/v1/coupon_reservations/{couponValue}",
    shape: .grouped(array: "integrationIDs"),
    settings: [],
    fields: reservationsCreate.fields,
    limits: reservationsCreate.limits,
    safety: .safe,
    duplicates: .first,
    reading: AnswerReading(blamesRowForMissing: true))
}
