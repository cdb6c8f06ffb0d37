extension SandboxState {
  /// See https://docs.talon.one/integration-api#tag/Coupons/operation/createCouponReservation.
  @Sendable static func reserveCoupon(_ call: Call, _ state: inout SandboxState) throws(Refusal) -> Answer {
    let value = try state.reservableCoupon(of: call)
    let ids = try state.reservationIds(value, call)
    if state.coupons[value] == nil { state.createCoupon(value, now: call.now) }
    for id in ids {
      state.coupons.reserve(value, for: id)
      state.profiles.ensure(id, now: call.now)
    }
    guard let coupon = state.coupons[value] else { throw .missing("Coupon \(value) was not found") }
    return .json(state.coupons.json(coupon), status: 201, accepted: ids.count)
  }

  /// See https://docs.talon.one/integration-api#tag/Coupons/operation/deleteCouponReservation.
  @Sendable static func releaseCoupon(_ call: Call, _ state: inout SandboxState) throws(Refusal) -> Answer {
    let value = try state.reservableCoupon(of: call)
    let ids = try state.reservationIds(value, call)
    for id in ids { state.coupons.release(value, of: id) }
    var answer = Answer.noContent
    answer.accepted = ids.count
    return answer
  }

  /// See https://docs.talon.one/integration-api#tag/Coupons/operation/getReservedCustomers.
  @Sendable static func listReservedCustomers(_ call: Call, _ state: inout SandboxState) throws(Refusal) -> Answer {
    let value = try state.reservableCoupon(of: call)
    let profiles = state.coupons.reserved(value).compactMap { state.profiles.profiles[$0]?.json }
    return .json(["totalResultSize": .integer(profiles.count), "data": .array(profiles)])
  }

  /// The code in the path, of a coupon that was imported or that the account says is there.
  private func reservableCoupon(of call: Call) throws(Refusal) -> String {
    let value = call.parameters["couponValue"] ?? ""
    if coupons.contains(value) { return value }
    let isThere = !account.campaigns.isEmpty && account.reservableCoupons.contains { $0.matches(value) }
    guard isThere else { throw .missing("Coupon \(value) was not found") }
    return value
  }

  private mutating func reservationIds(_ value: String, _ call: Call) throws(Refusal) -> [String] {
    var problems = Problems()
    problems.refuseOthers(than: ["integrationIDs"], in: call.body, at: "")
    let list = problems.list(call.body, "integrationIDs", limit: Self.bulkLimit)
    if list.isEmpty, problems.isEmpty {
      problems.add("Invalid length", "must hold at least 1 element", at: "/integrationIDs")
    }
    var ids: [String] = []
    for (position, element) in list.enumerated() where !problems.isFull {
      if let id = problems.text(element, at: "/integrationIDs/\(position)") { ids.append(id) }
    }
    guard problems.isEmpty else { throw .invalid(problems.all) }
    claim("reservations \(value)", ids, by: call)
    return ids
  }

  private mutating func createCoupon(_ value: String, now: Timestamp) {
    guard let campaign = account.campaigns.keys.min() else { return }
    coupons.add(Coupon(id: coupons.lastCoupon + 1, created: now, campaign: campaign, value: value))
  }
}
