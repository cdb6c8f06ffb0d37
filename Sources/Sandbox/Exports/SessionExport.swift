/// The customer sessions of an Application as CSV.
///
/// See https://docs.talon.one/management-api#tag/Customer-data/operation/exportCustomerSessions.
struct SessionExport: BodyFeed {
  /// What the request leaves out besides the time of creation.
  struct Filter: Sendable, Equatable {
    var updatedFrom: Int = .min
    var updatedTo: Int = .max
    var profile: Profile = .any
    var state: SampleSession.State?

    enum Profile: Sendable, Equatable {
      case any, none
      case number(Int)
    }

    func passes(_ session: SampleSession) -> Bool {
      guard session.updated >= updatedFrom, session.updated <= updatedTo, state.map({ $0 == session.state }) ?? true
      else { return false }
      return switch profile {
      case .any: true
      case .none: false
      case .number(let number): session.profile == number
      }
    }
  }

  static let header =
    "id,firstsession,integrationid,applicationid,profileid,profileintegrationid,created,state,cartitems,discounts,"
    + "total,attributes,closedat,cancelledat,referral,identifiers,additional_costs,updated,store_integration_id,"
    + "coupons\n"
  /// Rows looked at before a feed lets others have their turn.
  static let rowsPerTurn = 1000

  let set: SampleSet
  let application: Int
  let filter: Filter
  var dates: DateText
  var rest: Range<Int>
  var isBegun = false

  mutating func fill(_ chunk: inout Chunk) -> Bool {
    if !isBegun { chunk.text(Self.header) }
    isBegun = true
    var looked = 0
    while !chunk.isFull, looked < Self.rowsPerTurn {
      guard let number = rest.popFirst() else { return false }
      looked += 1
      let session = SampleSession(number, of: set)
      if filter.passes(session) { write(session, to: &chunk) }
    }
    return true
  }

  private mutating func write(_ session: SampleSession, to chunk: inout Chunk) {
    var draw = SampleDraw(session.number, lane: 5)
    chunk.number(session.id)
    chunk.text(draw.isOne(in: 5) ? ",true," : ",false,")
    chunk.sessionName(session.number)
    chunk.comma()
    chunk.number(application)
    chunk.comma()
    chunk.number(session.profile.map { $0 + 1 } ?? 0)
    chunk.comma()
    if let profile = session.profile { chunk.profile(profile) }
    chunk.comma()
    dates.write(session.created, to: &chunk)
    chunk.comma()
    chunk.text(session.state.rawValue)
    chunk.cart(session)
    chunk.discounts(session, &draw)
    chunk.amount(cents: session.total)
    chunk.attributes(session, &draw)
    let isClosed = session.state == .closed || session.state == .partiallyReturned
    dates.write(isClosed ? session.updated : nil, to: &chunk)
    chunk.comma()
    dates.write(session.state == .cancelled ? session.updated : nil, to: &chunk)
    chunk.text(draw.isOne(in: 40) ? ",27G47Y54VH9L," : ",,")
    chunk.identifiers(&draw)
    chunk.shippingCost(session)
    dates.write(session.updated, to: &chunk)
    chunk.storeAndCoupons(session, &draw)
  }
}
