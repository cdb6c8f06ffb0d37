import Testing

@testable import Sandbox

/// Damaged requests are refused whole or accepted whole, and never stop the sandbox.
@Suite struct MutationTests {
  private struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 33)
    }
  }

  private static let bodies: [(String, String, String)] = [
    (
      "PUT", "/v1/catalogs/30/sync",
      "{\"actions\":[\(add("A", price: "1.5", attributes: "{\"color\":\"x\"}", product: "p"))]}"
    ),
    (
      "PUT", "/v1/catalogs/30/sync",
      "{\"actions\":[{\"type\":\"PATCH_MANY\",\"payload\":{\"price\":2,\"filters\":[{\"attr\":\"color\",\"op\":\"EQ\",\"value\":\"x\"}]}}]}"
    ),
    (
      "PUT", "/v1/catalogs/30/sync",
      "{\"actions\":[{\"type\":\"ADD_PRICE_ADJUSTMENT\",\"payload\":{\"sku\":\"A\",\"adjustments\":[{\"priceType\":\"m\",\"price\":1,\"referenceId\":\"r\",\"effectiveFrom\":\"2026-01-01T00:00:00Z\"}]}}]}"
    ),
    (
      "PUT", "/v2/customer_profiles?silent=no",
      "{\"customerProfiles\":[{\"integrationId\":\"a\",\"attributes\":{\"Name\":\"n\"}}]}"
    ),
    (
      "PUT", "/v2/customer_profiles/a%2Fb",
      "{\"attributes\":{\"Name\":\"n\"},\"audiencesChanges\":{\"adds\":[10],\"deletes\":[]}}"
    ),
    (
      "POST", "/v2/customer_audiences",
      "{\"data\":[{\"action\":\"add\",\"profileIntegrationId\":\"a\",\"audienceId\":10}]}"
    ),
    ("POST", "/v1/coupon_reservations/25%25", "{\"integrationIDs\":[\"a\",\"b\"]}"),
    ("DELETE", "/v1/coupon_reservations/25%25", "{\"integrationIDs\":[\"a\"]}"),
    ("POST", "/v2/events?silent=no", "{\"type\":\"pageViewed\",\"profileId\":\"a\",\"attributes\":{\"page\":\"x\"}}"),
    (
      "PUT", "/v2/customer_sessions/a",
      "{\"customerSession\":{\"profileId\":\"a\",\"state\":\"open\",\"couponCodes\":[\"x\"],\"cartItems\":[{\"sku\":\"A\","
        + "\"quantity\":10,\"price\":1.5e2,\"additionalCosts\":{\"shipping\":{\"price\":9}}}]},"
        + "\"responseContent\":[\"customerSession\"]}"
    ),
    (
      "PUT", "/v1/loyalty_programs/33/profile/a/add_points",
      "{\"points\":12.50,\"validityDuration\":\"30D_U\",\"pendingUntil\":\"2030-01-01T00:00:00Z\"}"
    ),
  ]

  @Test(arguments: 0..<8) func damagedBodiesAreRefusedOrAcceptedWhole(seed: UInt64) throws {
    var generator = Generator(state: seed)
    let alphabet = Array("{}[]\",:0123456789.eE-+nulltruefalse\\u/ \u{1}~é".utf8)
    let sandbox = TestDesk()
    _ = sandbox.sync(add("A", attributes: "{\"color\":\"x\"}"))
    for _ in 0..<400 {
      let (method, target, text) = try #require(Self.bodies.randomElement(using: &generator))
      var body = Array(text.utf8)
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let place = Int.random(in: body.indices, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: body[place] = alphabet.randomElement(using: &generator) ?? 0
        case 1: body.insert(alphabet.randomElement(using: &generator) ?? 0, at: place)
        case 2 where body.count > 1: body.remove(at: place)
        default: body[place] = UInt8.random(in: 0...255, using: &generator)
        }
      }
      sandbox.wait(1000)
      let accepted = sandbox.statistics.accepted
      let arrival = sandbox.desk.arrive(method: method, target: target)
      let request = Request(method: method, target: target, authorization: arrival.rightKey, body: body)
      let answer = sandbox.desk.answer(request, arrival)
      sandbox.desk.depart(arrival, status: answer.status)
      #expect([200, 201, 204, 400, 404].contains(answer.status))
      #expect((sandbox.statistics.accepted != accepted) == (answer.status < 300))
      if answer.status >= 400 { #expect(try answer.json["message"] != nil) }
    }
    #expect(sandbox.statistics.inFlight == 0)
  }

  @Test(arguments: 0..<4) func damagedFilesAreRefusedOrAcceptedWhole(seed: UInt64) throws {
    var generator = Generator(state: seed)
    let alphabet = Array("\",\r\n-B{}:;=é\0".utf8)
    let sandbox = TestDesk()
    let target = "/v1/applications/270/campaigns/3882/import_coupons?skipDuplicates=true"
    let plain = Array(form("value,attributes,limitval\r\nAAA,\"{\"\"a\"\":1}\",1\nBBB,,2\n").utf8)
    for _ in 0..<400 {
      var body = plain
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let place = Int.random(in: body.indices, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: body[place] = alphabet.randomElement(using: &generator) ?? 0
        case 1: body.insert(alphabet.randomElement(using: &generator) ?? 0, at: place)
        default: body.remove(at: place)
        }
      }
      sandbox.wait(1000)
      let accepted = sandbox.statistics.accepted["importCoupons"] ?? 0
      let arrival = sandbox.desk.arrive(method: "POST", target: target)
      let request = Request(
        method: "POST", target: target, authorization: arrival.rightKey,
        contentType: "multipart/form-data; boundary=B", body: body)
      let answer = sandbox.desk.answer(request, arrival)
      sandbox.desk.depart(arrival, status: answer.status)
      #expect([200, 400].contains(answer.status))
      let added = (sandbox.statistics.accepted["importCoupons"] ?? 0) - accepted
      #expect(try answer.json["amount"]?.integer ?? 0 == added)
    }
  }

  @Test(arguments: 0..<4) func damagedTargetsAreAnswered(seed: UInt64) {
    var generator = Generator(state: seed)
    let sandbox = TestDesk()
    for _ in 0..<400 {
      var target = Array("/v1/catalogs/30/items?sku=a%20b&pageSize=10&skip=0&withTotalResultSize=true".utf8)
      for _ in 0..<3 {
        let place = Int.random(in: target.indices, using: &generator)
        target[place] = UInt8.random(in: 0x21...0x7E, using: &generator)
      }
      sandbox.wait(1000)
      let answer = sandbox.send("GET", String(decoding: target, as: UTF8.self))
      #expect([200, 400, 401, 404, 405].contains(answer.status))
    }
  }
}
