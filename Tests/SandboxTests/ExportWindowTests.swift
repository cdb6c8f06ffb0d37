import Testing

@testable import Sandbox

@Suite struct ExportWindowTests {
  /// A session every 1296 seconds.
  let sandbox = ExportTests.sandbox(2000)

  private func created(_ query: String, _ export: String = "export_customer_sessions") throws -> [String] {
    let rows = try sandbox.rows(export, "dateFormat=ISO8601&" + query)
    return rows.dropFirst().map { export == "export_effects" ? $0[0] : $0[6] }
  }

  @Test func bothBoundsOfATimeBelongToIt() throws {
    let from = "createdAfter=2026-09-01T00:21:36Z"
    #expect(
      try created(from + "&createdBefore=2026-09-01T00:43:12Z") == ["2026-09-01T00:21:36Z", "2026-09-01T00:43:12Z"])
    #expect(try created(from + "&createdBefore=2026-09-01T00:21:36Z") == ["2026-09-01T00:21:36Z"])
    #expect(try created("createdAfter=2026-09-01T00:21:36.1Z&createdBefore=2026-09-01T00:43:11.9Z").isEmpty)
    #expect(try created("createdAfter=2026-10-01T00:00:00Z").isEmpty)
    #expect(try created("createdBefore=2026-08-31T23:59:59.9Z").isEmpty)
    #expect(try created("createdAfter=9999-12-31T23:59:59Z&createdBefore=0001-01-01T00:00:00Z").isEmpty)
    #expect(try created("createdAfter=0001-01-01T00:00:00Z&createdBefore=9999-12-31T23:59:59Z").count == 2000)
    #expect(try created(from + "&createdBefore=2026-09-01T00:43:12Z", "export_effects").count == 4)
  }

  @Test func aMomentIsTheSameInEveryZone() throws {
    let zoned = "createdAfter=2026-09-01T07:21:36%2B07:00&createdBefore=2026-08-31T18:43:12.000-06:00"
    #expect(try created(zoned) == ["2026-09-01T00:21:36Z", "2026-09-01T00:43:12Z"])
  }

  @Test func daysTouchButLoseNothing() throws {
    let days = try (1...30).flatMap { day in
      let date = (day < 10 ? "0" : "") + String(day)
      let next = day == 30 ? "2026-10-01" : "2026-09-" + (day < 9 ? "0" : "") + String(day + 1)
      return try created("createdAfter=2026-09-\(date)T00:00:00Z&createdBefore=\(next)T00:00:00Z")
    }
    #expect(Set(days).count == 2000)
    #expect(days.count > 2000)
  }

  @Test func sessionsAreFoundByUpdateProfileAndState() throws {
    let all = try sandbox.rows("export_customer_sessions").dropFirst()
    let closed = try sandbox.rows("export_customer_sessions", "dateFormat=ISO8601&customerSessionState=closed")
      .dropFirst()
    #expect(Array(closed) == all.filter { $0[7] == "closed" } && !closed.isEmpty)
    let (from, to) = ("2026-09-10T12:00:00Z", "2026-09-10T18:00:00Z")
    let updated = try sandbox.rows(
      "export_customer_sessions", "dateFormat=ISO8601&updatedAfter=\(from)&updatedBefore=\(to)")
    #expect(Array(updated.dropFirst()) == all.filter { $0[17] >= from && $0[17] <= to } && updated.count > 1)
    let name = try #require(all.first { $0[5].contains(",") }?[5])
    let escaped = name.utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    let own = try sandbox.rows("export_customer_sessions", "dateFormat=ISO8601&profileIntegrationId=" + escaped)
    #expect(Array(own.dropFirst()) == all.filter { $0[5] == name })
    let none = try sandbox.rows("export_customer_sessions", "profileIntegrationId=nobody")
    #expect(none.count == 1)
  }

  @Test func effectsAreFoundByCampaign() throws {
    let all = try sandbox.rows("export_effects").dropFirst()
    let own = try sandbox.rows("export_effects", "dateFormat=ISO8601&campaignId=3882").dropFirst()
    #expect(Array(own) == all.filter { $0[3] == "3882" } && own.count < all.count)
    #expect(all.contains { $0[3] == "0" && $0[4] == "0" })
    #expect(try sandbox.rows("export_effects", "campaignId=1").count == 1)
  }

  @Test(arguments: [
    ("export_effects", "createdBefore=2026-09-01"), ("export_effects", "createdAfter=2026-09-01T00:00:00+07:00"),
    ("export_effects", "campaignId=x"), ("export_effects", "dateFormat=iso8601"),
    ("export_customer_sessions", "updatedAfter=now"), ("export_customer_sessions", "updatedBefore="),
    ("export_customer_sessions", "customerSessionState=Open"),
  ])
  func aWrongParameterIsNamedInJSON(export: String, query: String) throws {
    let answer = sandbox.get("/v1/applications/270/\(export)?\(query)")
    #expect(answer.status == 400 && answer.contentType == "application/json" && answer.stream == nil)
    let parameter = String(query.prefix { $0 != "=" })
    #expect(try answer.json["errors"]?[0]?["source"]?["parameter"] == .string(parameter))
  }

  @Test func anApplicationThatIsNotThereIsNotFound() {
    #expect(sandbox.get("/v1/applications/1/export_effects").status == 404)
    #expect(sandbox.get("/v1/applications/x/export_customer_sessions").status == 400)
  }

  @Test func exportsKeepToThePaceOfTheManagementAPI() {
    let paths = (0..<4).map { _ in sandbox.send("GET", "/v1/applications/270/export_effects").status }
    #expect(paths == [200, 200, 200, 429])
  }

  @Test(arguments: [0, 1, 3, 7, 2_592_000, 1_000_000_000])
  func aWindowHoldsWhatWasCreatedInIt(count: Int) {
    let set = SampleSet(count: count)
    for second in [set.begin - 1, set.begin, set.begin + 1, set.begin + 864_001, SampleSet.end - 1, SampleSet.end] {
      let moment = Timestamp(microseconds: second * 1_000_000)
      let (from, to) = (set.sessions(createdFrom: moment, to: nil), set.sessions(createdFrom: nil, to: moment))
      #expect(from.upperBound == count && to.lowerBound == 0)
      if let first = from.first { #expect(set.created(first) >= second) }
      if from.lowerBound > 0 { #expect(set.created(from.lowerBound - 1) < second) }
      if let last = to.last { #expect(set.created(last) <= second) }
      if to.upperBound < count { #expect(set.created(to.upperBound) > second) }
    }
  }
}
