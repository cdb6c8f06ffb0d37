/// The effects of an Application as CSV.
///
/// See https://docs.talon.one/management-api#tag/Effects/operation/exportEffects.
struct EffectExport: BodyFeed {
  static let header =
    "created,name,applicationid,campaignid,rulesetid,ruleindex,sessionintegrationid,profileintegrationid,sessionid,"
    + "profileid,eventid,event_type,total_revenue,props,couponid,store_id,store_integration_id\n"

  let set: SampleSet
  let application: Int
  /// The campaigns of the Application; those that reject a coupon come from none.
  let campaigns: [Int]
  /// The campaign the request asks for.
  let campaign: Int?
  var dates: DateText
  var rest: Range<Int>
  var isBegun = false

  mutating func fill(_ chunk: inout Chunk) -> Bool {
    if !isBegun { chunk.text(Self.header) }
    isBegun = true
    var looked = 0
    while !chunk.isFull, looked < SessionExport.rowsPerTurn {
      guard let number = rest.popFirst() else { return false }
      looked += 1
      let session = SampleSession(number, of: set)
      var draw = SampleDraw(number, lane: 6)
      let first = draw.below(SampleEffect.allCases.count)
      for position in 0..<session.effectCount {
        let effect = SampleEffect.allCases[(first + position) % SampleEffect.allCases.count]
        write(effect, of: session, &draw, to: &chunk)
      }
    }
    return true
  }

  private mutating func write(
    _ effect: SampleEffect, of session: SampleSession, _ draw: inout SampleDraw, to chunk: inout Chunk
  ) {
    let origin = effect == .rejectCoupon || campaigns.isEmpty ? 0 : campaigns[draw.below(campaigns.count)]
    let ruleIndex = draw.below(3)
    let shape = draw.below(400)
    if let campaign, campaign != origin { return }
    dates.write(session.created, to: &chunk)
    chunk.comma()
    chunk.text(effect.rawValue)
    chunk.comma()
    chunk.number(application)
    chunk.comma()
    chunk.number(origin)
    chunk.comma()
    chunk.number(origin == 0 ? 0 : origin + 9717)
    chunk.comma()
    chunk.number(origin == 0 ? 0 : ruleIndex)
    chunk.comma()
    chunk.sessionName(session.number)
    chunk.comma()
    if let profile = session.profile { chunk.profile(profile) }
    chunk.comma()
    chunk.number(session.id)
    chunk.comma()
    chunk.number(session.profile.map { $0 + 1 } ?? 0)
    chunk.comma()
    chunk.number(95_797 + session.number)
    chunk.text(session.state == .open ? ",talon_session_created," : ",talon_session_updated,")
    chunk.amount(cents: session.total)
    chunk.comma()
    chunk.props(effect, session)
    switch shape {
    case 0: break
    case 1: chunk.comma()
    default: chunk.couponAndStore(effect, session, shape)
    }
    chunk.byte(UInt8(ascii: "\n"))
  }
}

/// The effects that sample sessions have; those of one session all differ.
enum SampleEffect: String, CaseIterable {
  case acceptCoupon, rejectCoupon, setDiscount, setDiscountPerItem, addFreeItem, addLoyaltyPoints, showNotification
}
