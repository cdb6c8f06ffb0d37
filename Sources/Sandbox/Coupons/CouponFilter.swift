/// Which coupons of a campaign a list asks for.
struct CouponFilter: Sendable {
  private let value: String?
  private let isExact: Bool
  private let batch: String?
  private let recipient: String?
  private let created: Period
  private let starts: Period
  private let expires: Period
  private let validity: String?
  private let now: Timestamp
  /// True when the request asks for nothing in particular.
  let passesAll: Bool

  init(_ call: Call) throws(Refusal) {
    isExact = try call.flag("exactMatch")
    let isExact = isExact
    value = call.first("value").map { isExact ? $0.lowercased() : Self.folded($0) }
    batch = call.first("batchId")
    recipient = call.first("recipientIntegrationId")
    created = try Period(call, "created")
    starts = try Period(call, "starts")
    expires = try Period(call, "expires")
    validity = call.first("valid")
    if let validity, !["expired", "validNow", "validFuture"].contains(validity) {
      let details = "valid must be one of the following: expired, validNow, validFuture"
      throw .invalid([.init(title: "enum", details: details, source: .parameter("valid"))])
    }
    now = call.now
    passesAll =
      value == nil && batch == nil && recipient == nil && validity == nil && created.isOpen && starts.isOpen
      && expires.isOpen
  }

  func passes(_ coupon: Coupon, in store: CouponStore) -> Bool {
    matches(coupon.value) && (batch.map { $0 == coupon.batch } ?? true)
      && (recipient.map { $0 == coupon.recipient } ?? true) && created.contains(coupon.created)
      && starts.contains(coupon.startDate) && expires.contains(coupon.expiryDate) && isValid(coupon)
  }

  private func matches(_ other: String) -> Bool {
    guard let value else { return true }
    return isExact ? other.lowercased() == value : Self.folded(other).contains(value)
  }

  private func isValid(_ coupon: Coupon) -> Bool {
    switch validity {
    case "expired": coupon.expiryDate.map { $0 <= now } ?? false
    case "validFuture": coupon.startDate.map { $0 > now } ?? false
    case "validNow": (coupon.startDate.map { $0 <= now } ?? true) && (coupon.expiryDate.map { $0 > now } ?? true)
    default: true
    }
  }

  /// Without `exactMatch` case does not count, nor does anything but letters and digits.
  private static func folded(_ text: String) -> String { text.lowercased().filter { $0.isLetter || $0.isNumber } }
}
