/// Reads the table of a coupon import: every row is right, or nothing is imported.
///
/// See https://docs.talon.one/management-api#tag/Coupons/operation/importCoupons.
struct CouponTableReader {
  private static let columns = [
    "value", "expirydate", "startdate", "recipientintegrationid", "limitval", "attributes", "discountlimit",
  ]

  private var table: CSVTable
  private let campaign: Int
  private let fileImport: Int
  private let now: Timestamp
  private var problems = Problems()

  init(_ upload: Upload, campaign: Int, fileImport: Int, now: Timestamp) throws(Refusal) {
    table = try CSVTable(upload, columns: Self.columns, required: ["value"])
    self.campaign = campaign
    self.fileImport = fileImport
    self.now = now
  }

  /// The coupons of the file that are not there yet; a known code is skipped or refused.
  mutating func coupons(
    besides store: CouponStore, skippingDuplicates: Bool, registry: inout AttributeRegistry
  ) throws(Refusal) -> [Coupon] {
    var coupons: [Coupon] = []
    var values: Set<String> = []
    while table.advance(&problems) {
      let coupon = row(number: store.lastCoupon + coupons.count + 1, registry: &registry)
      guard let coupon else { continue }
      if !store.contains(coupon.value), values.insert(coupon.value).inserted {
        coupons.append(coupon)
      } else if !skippingDuplicates {
        let details = "The coupon \"\(coupon.value.prefix(60))\" exists already"
        problems.add("Duplicate coupon", details, line: table.line)
      }
    }
    guard problems.isEmpty else { throw .invalid(problems.all) }
    return coupons
  }

  private mutating func row(number: Int, registry: inout AttributeRegistry) -> Coupon? {
    guard let value = table.text(0, &problems), value.count >= 3 else {
      problems.add("Invalid length", "value must be at least 3 characters long", line: table.line)
      return nil
    }
    var coupon = Coupon(id: number, created: now, campaign: campaign, value: value)
    coupon.fileImport = fileImport
    coupon.expiryDate = moment(1)
    coupon.startDate = moment(2)
    if let start = coupon.startDate, let expiry = coupon.expiryDate, expiry <= start {
      problems.add("Invalid value", "expirydate is not after startdate", line: table.line)
    }
    coupon.recipient = table.text(3, &problems)
    if let recipient = coupon.recipient, recipient.utf8.count > 1000, recipient.count > 1000 {
      table.wrong(3, recipient, expected: "1 to 1000 characters long", &problems)
    }
    if let text = table.text(4, &problems) {
      coupon.usageLimit = Int(text).flatMap { (0...999_999).contains($0) ? $0 : nil } ?? -1
      if coupon.usageLimit < 0 { table.wrong(4, text, expected: "an integer from 0 to 999999", &problems) }
    }
    attributes(of: &coupon, registry: &registry)
    discountLimit(of: &coupon)
    return coupon
  }

  private mutating func moment(_ column: Int) -> Timestamp? {
    guard let text = table.text(column, &problems) else { return nil }
    let moment = Timestamp(text)
    if moment == nil { table.wrong(column, text, expected: "an RFC 3339 date-time", &problems) }
    return moment
  }

  private mutating func attributes(of coupon: inout Coupon, registry: inout AttributeRegistry) {
    guard let text = table.text(5, &problems) else { return }
    guard let value = try? JSONReader.value(of: Array(text.utf8)), let attributes = value.object else {
      return table.wrong(5, text, expected: "a JSON object", &problems)
    }
    var found = Problems()
    registry.check(attributes, of: "Coupon", at: "/attributes", now: now, &found)
    for problem in found.all { problems.add(problem.title, problem.details, line: table.line) }
    coupon.attributes = attributes
  }

  private mutating func discountLimit(of coupon: inout Coupon) {
    guard let text = table.text(6, &problems) else { return }
    let highest = ExactNumber(1_000_000_000_000_000)
    guard case .number(let digits)? = try? JSONReader.value(of: Array(text.utf8)),
      let number = ExactNumber(digits: digits), .zero <= number, number <= highest
    else { return table.wrong(6, text, expected: "a number from 0 to \(highest.text)", &problems) }
    coupon.discountLimit = digits
  }
}
