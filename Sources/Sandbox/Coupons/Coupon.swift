/// One coupon of a campaign.
struct Coupon: Sendable {
  let id: Int
  let created: Timestamp
  let campaign: Int
  let value: String
  /// 0 lets everybody use it.
  var usageLimit = 1
  /// The digits as they were sent.
  var discountLimit: String?
  var startDate: Timestamp?
  var expiryDate: Timestamp?
  /// The only profile that may use it.
  var recipient: String?
  var attributes = JSONObject()
  /// The file it came with; nil for a coupon that was there before.
  var fileImport: Int?

  var batch: String { "import" + String(fileImport ?? 0) }

  /// As the API describes coupons; `reservations` is how many profiles hold it.
  func json(reservations: Int) -> JSONValue {
    var object = JSONObject([
      ("id", .integer(id)), ("created", .string(created.text)), ("campaignId", .integer(campaign)),
      ("value", .string(value)), ("usageLimit", .integer(usageLimit)), ("usageCounter", 0),
      ("reservationCounter", .integer(reservations)), ("reservation", true), ("limits", .array([])),
      ("attributes", .object(attributes)), ("batchId", .string(batch)), ("isReservationMandatory", false),
      ("implicitlyReserved", false),
    ])
    if let discountLimit {
      object.append("discountLimit", .number(discountLimit))
      object.append("discountCounter", 0)
      object.append("discountRemainder", .number(discountLimit))
    }
    if let startDate { object.append("startDate", .string(startDate.text)) }
    if let expiryDate { object.append("expiryDate", .string(expiryDate.text)) }
    if let recipient { object.append("recipientIntegrationId", .string(recipient)) }
    if let fileImport { object.append("importId", .integer(fileImport)) }
    return .object(object)
  }
}
