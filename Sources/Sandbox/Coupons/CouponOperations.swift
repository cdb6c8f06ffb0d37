extension SandboxState {
  /// See https://docs.talon.one/management-api#tag/Coupons/operation/importCoupons.
  @Sendable static func importCoupons(_ call: Call, _ state: inout SandboxState) throws(Refusal) -> Answer {
    let campaign = try state.campaign(of: call)
    let skipsDuplicates = try call.flag("skipDuplicates")
    var registry = state.attributes
    var reader = try CouponTableReader(
      call.upload, campaign: campaign, fileImport: state.lastImport + 1, now: call.now)
    let coupons = try reader.coupons(
      besides: state.coupons, skippingDuplicates: skipsDuplicates, registry: &registry)
    state.attributes = registry
    for coupon in coupons { state.coupons.add(coupon) }
    return state.noteImport(of: "Coupon", amount: coupons.count, now: call.now)
  }

  /// See https://docs.talon.one/management-api#tag/Coupons/operation/getCouponsWithoutTotalCount.
  @Sendable static func listCoupons(_ call: Call, _ state: inout SandboxState) throws(Refusal) -> Answer {
    let campaign = try state.campaign(of: call)
    let paging = try Paging(call)
    let filter = try CouponFilter(call)
    let coupons = state.coupons
    let page = coupons.campaigns[campaign]?.page(
      skip: paging.skip, limit: paging.size, where: filter.passesAll ? nil : { filter.passes($0, in: coupons) })
    let isShort = try call.flag("valuesOnly")
    let list = (page?.values ?? []).map { coupon in
      isShort ? ["value": .string(coupon.value)] : coupons.json(coupon)
    }
    return .json(["hasMore": .boolean(page?.hasMore ?? false), "data": .array(list)])
  }
}
