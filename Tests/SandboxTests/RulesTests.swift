import Testing

@testable import Sandbox

@Suite struct RulesTests {
  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00.000000Z", "Thu, 01 Jan 1970 00:00:00 GMT"),
      (1_591_779_927_993_483, "2020-06-10T09:05:27.993483Z", "Wed, 10 Jun 2020 09:05:27 GMT"),
      (1_709_164_800_000_000, "2024-02-29T00:00:00.000000Z", "Thu, 29 Feb 2024 00:00:00 GMT"),
      (-1, "1969-12-31T23:59:59.999999Z", "Wed, 31 Dec 1969 23:59:59 GMT"),
    ])
  func momentsAreWrittenInUTC(microseconds: Int, text: String, http: String) {
    #expect(Timestamp(microseconds: microseconds).text == text)
    #expect(Timestamp(microseconds: microseconds).httpText == http)
  }

  @Test(arguments: ["2026-01-31T10:00:00Z", "2026-01-31T10:00:00.5+01:00", "2024-02-29T23:59:59.123456789-11:30"])
  func dateTimesAreRecognised(text: String) { #expect(RFC3339.accepts(text)) }

  @Test(
    arguments: [
      "2026-01-31", "2026-01-31T10:00:00", "2026-01-31T10:00:00+0100", "2026-02-29T10:00:00Z", "2026-13-01T10:00:00Z",
      "2026-01-31 10:00:00Z", "2026-01-31T24:00:00Z", "2026-01-31T10:00:00.Z", "2026-01-31T10:00:00Z ", "",
    ])
  func othersAreNot(text: String) { #expect(!RFC3339.accepts(text)) }

  @Test func aTableKeepsTheOrderOfFirstComing() {
    var table = OrderedTable<String, Int>()
    for number in 0..<300 { table["\(number)"] = number }
    for number in 0..<280 where number % 7 != 0 { table["\(number)"] = nil }
    table["7"] = 1007
    #expect(table.count == 60)
    #expect(table.page(skip: 0, limit: 3) { _ in true }.values == [0, 1007, 14])
    #expect(table.page(skip: 58, limit: 3) { _ in true }.values == [298, 299])
    #expect(table.page(skip: 57, limit: 3) { _ in true }.hasMore == false)
    #expect(table.page(skip: 56, limit: 3) { _ in true }.hasMore)
    #expect(table["298"] == 298)
    let removed = table.removeAll { $0 % 2 == 0 }
    #expect(removed == 30)
    #expect(table["299"] == 299 && table["298"] == nil)
  }

  @Test func threeRequestsASecondForEachOperation() {
    var pace = Pace(perSecond: 3)
    let asked = [("a", 0), ("a", 0), ("a", 1), ("a", 2), ("b", 2), ("a", 949), ("a", 950)]
    let admitted = asked.map { pace.admits($0.0, at: Timestamp(microseconds: $0.1 * 1000)) }
    #expect(admitted == [true, true, true, false, true, false, true])
  }

  @Test func evenlySpacedRequestsAreNeverRefused() {
    var pace = Pace(perSecond: 3)
    let admitted = (0..<100).map { pace.admits("a", at: Timestamp(microseconds: $0 * 334_000)) }
    #expect(!admitted.contains(false))
  }

  @Test func aPaceOfNothingIsNoLimit() {
    var pace = Pace(perSecond: 0)
    let admitted = (0..<100).map { _ in pace.admits("a", at: Timestamp(microseconds: 0)) }
    #expect(!admitted.contains(false))
  }

  @Test func keptAnswersAreBounded() {
    var kept = KeptAnswers(countLimit: 3)
    for number in 0..<20 { kept.keep(Answer(status: 200 + number), body: number, under: "\(number)") }
    #expect(kept.count == 3)
    #expect(kept["16"] == nil)
    #expect(kept["17"]?.answer.status == 217)
  }

  @Test func keptBytesAreBounded() {
    var kept = KeptAnswers(countLimit: 100, byteLimit: 1000)
    for number in 0..<20 {
      kept.keep(Answer(status: 200, body: Array(repeating: 0, count: 400)), body: number, under: "\(number)")
    }
    #expect(kept.count == 2)
    #expect(kept["19"] != nil)
    kept.keep(Answer(status: 200, body: Array(repeating: 0, count: 4000)), body: 1, under: "large")
    #expect(kept.count == 0)
  }

  @Test func claimsOverlapOnlyWhileInFlight() {
    var inFlight = InFlight()
    let claims = [("catalog 1", ["a", "b"]), ("catalog 2", ["a"]), ("catalog 1", ["c"]), ("catalog 1", ["b"])]
    let overlaps = claims.enumerated().map { inFlight.claim($0.element.0, $0.element.1, by: $0.offset) }
    #expect(overlaps == [false, false, false, true])
    #expect(inFlight.count("catalog 1") == 3)
    for number in claims.indices { inFlight.release(number) }
    let overlapsLater = inFlight.claim("catalog 1", ["b"], by: 5)
    #expect(!overlapsLater)
    #expect(inFlight.count("catalog 1") == 1)
  }

  @Test func targetsAreDecodedPerSegment() throws {
    let target = try #require(RequestTarget("/v2/customer_profiles/a%2Fb%25+c?sku=x%26y&sku=+z&empty&e="))
    #expect(target.segments == ["v2", "customer_profiles", "a/b%+c"])
    #expect(target.query.map(\.name) == ["sku", "sku", "empty", "e"])
    #expect(target.query.map(\.value) == ["x&y", " z", "", ""])
    for broken in ["v1", "*", "/a%2", "/a%zz", "/%FF", "http://host/v1", "/a?b=%"] {
      #expect(RequestTarget(broken) == nil)
    }
  }
}
