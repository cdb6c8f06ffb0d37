import Delivery
import Endpoints
import Jobs
import Records
import Testing

@testable import Pipeline

@Suite struct RequestMakerTests {
  /// The requests a job makes of one CSV file.
  private func batches(_ plan: ImportPlan, _ text: String) throws -> [Batch] {
    let sources = MemorySources(files: [("a.csv", text)])
    var walk = SourceWalk(plan, sources.sourceFiles)
    var batches: [Batch] = []
    while let batch = try walk.next() { batches.append(batch) }
    return batches
  }

  private func plan(_ target: String, settings: String = "{}", map: String) throws -> ImportPlan {
    try World.plan(
      "name: t\nimport:\n  source: a.csv\n  target: \(target)\n  settings: \(settings)\n  map: \(map)\n")
  }

  private func text(_ body: ByteBuffer) -> String { String(decoding: body.bytes(0..<body.count), as: UTF8.self) }

  @Test func keyedRequestHasAKeyOfItsRunRecordAndBody() throws {
    let plan = try plan("sessions.update", map: "{ sessionId: id, state: state }")
    let made = try batches(plan, "id,state\na/1,open\nb,closed\n")
    let maker = RequestMaker(plan, seed: 0xAB)
    let request = maker.request(for: made[0], rows: nil, turn: 0).request
    #expect(request.method == .put && request.api == .integration && request.target == "/v2/customer_sessions/a%2F1")
    #expect(text(request.body) == #"{"customerSession":{"state":"open"}}"# && request.contentType == .json)
    let key = try #require(request.idempotencyKey)
    #expect(key.hasPrefix("ferry-00000000000000ab-0-") && key.count <= 255)
    // The same for the same run, another for every other row, body, run and turn.
    #expect(maker.key(for: made[0], turn: 0) == key && RequestMaker(plan, seed: 0xAB).key(for: made[0], turn: 0) == key)
    let other = try batches(plan, "id,state\na/1,closed\n")[0]
    let keys = [
      key, maker.key(for: made[1], turn: 0), maker.key(for: other, turn: 0), maker.key(for: made[0], turn: 1),
      RequestMaker(plan, seed: 1).key(for: made[0], turn: 0),
    ]
    #expect(Set(keys).count == keys.count)
    #expect(!request.needsFreshConnection && maker.confirmation(for: made[0]) == nil)
  }

  @Test func selfKeyedRequestCanBeLookedUp() throws {
    let plan = try plan("events.track-v3", settings: "{ type: t }", map: "{ integrationId: id, profileId: who }")
    let made = try batches(plan, "id,who\ne 1,p\n")
    let maker = RequestMaker(plan, seed: 1)
    let request = maker.request(for: made[0], rows: nil, turn: 0).request
    #expect(request.method == .post && request.target == "/v3/events?silent=yes" && request.idempotencyKey == nil)
    let lookup = try #require(maker.confirmation(for: made[0]))
    #expect(lookup.method == .get && lookup.target == "/v3/events/e%201" && lookup.body.count == 0)
  }

  @Test func unsafeRequestGoesOverAConnectionOfItsOwn() throws {
    let plan = try plan("points.add", settings: "{ loyaltyProgramId: 3 }", map: "{ integrationId: id, points: n }")
    let made = try batches(plan, "id,n\np,5\n")
    let request = RequestMaker(plan, seed: 1).request(for: made[0], rows: nil, turn: 0).request
    #expect(request.target == "/v1/loyalty_programs/3/profile/p/add_points" && request.api == .management)
    #expect(request.needsFreshConnection && request.idempotencyKey == nil)
  }

  @Test func partOfAGroupKeepsItsAddress() throws {
    let plan = try plan("reservations.create", map: "{ couponValue: c, integrationId: p }")
    let made = try batches(plan, "c,p\nX,1\nY,2\nX,3\nX,4\n")
    let (request, isLineARow) = RequestMaker(plan, seed: 1).request(for: made[0], rows: [0, 2], turn: 0)
    #expect(request.target == "/v1/coupon_reservations/X" && isLineARow)
    #expect(text(request.body) == #"{"integrationIDs":["1","4"]}"#)
  }

  @Test func uploadIsAFileUnderABoundaryOfTheRun() throws {
    let plan = try plan(
      "coupons.import", settings: "{ applicationId: 1, campaignId: 2 }", map: "{ value: c, limitval: n }")
    let made = try batches(plan, "c,n\nAAA,1\n\"B\nB\",2\n")
    let maker = RequestMaker(plan, seed: 5)
    let (request, isLineARow) = maker.request(for: made[0], rows: nil, turn: 0)
    guard case .multipart(let boundary) = request.contentType else {
      Issue.record("\(request.contentType)")
      return
    }
    #expect(boundary == "ferry-0000000000000005-fffffffffffffffa" && !isLineARow)
    #expect(text(request.body).contains("\r\n\r\nvalue,limitval\nAAA,1\n\"B\nB\",2\n\r\n--\(boundary)--\r\n"))
    #expect(maker.request(for: made[0], rows: [0], turn: 0).isLineARow)
  }
}
