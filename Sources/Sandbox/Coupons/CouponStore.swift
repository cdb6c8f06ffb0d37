/// The coupons of every campaign and who has reserved them.
struct CouponStore: Sendable {
  /// In the order in which they came, by their code.
  private(set) var campaigns: [Int: OrderedTable<String, Coupon>]
  /// The campaign of each code: a code is unique across campaigns.
  private var homes: [String: Int] = [:]
  /// The profiles that hold a coupon, in the order in which they reserved it.
  private var reservations: [String: OrderedTable<String, String>] = [:]
  private(set) var lastCoupon = 0

  init(campaigns: some Sequence<Int>) {
    self.campaigns = Dictionary(uniqueKeysWithValues: campaigns.map { ($0, OrderedTable()) })
  }

  subscript(value: String) -> Coupon? { homes[value].flatMap { campaigns[$0]?[value] } }

  func contains(_ value: String) -> Bool { homes[value] != nil }

  /// Adds a coupon whose code is new, under the next number.
  mutating func add(_ coupon: Coupon) {
    guard homes.updateValue(coupon.campaign, forKey: coupon.value) == nil else { return }
    campaigns[coupon.campaign]?[coupon.value] = coupon
    lastCoupon = max(lastCoupon, coupon.id)
  }

  func reserved(_ value: String) -> [String] { reservations[value]?.page(skip: 0, limit: Int.max).values ?? [] }

  func reservationCount(_ value: String) -> Int { reservations[value]?.count ?? 0 }

  mutating func reserve(_ value: String, for profile: String) {
    reservations[value, default: OrderedTable()][profile] = profile
  }

  mutating func release(_ value: String, of profile: String) { reservations[value]?[profile] = nil }

  func json(_ coupon: Coupon) -> JSONValue { coupon.json(reservations: reservationCount(coupon.value)) }
}
