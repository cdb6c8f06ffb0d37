import Testing

@testable import Sandbox

@Suite struct ExportTests {
  static func sandbox(_ count: Int) -> TestDesk {
    var configuration = SandboxConfiguration()
    configuration.sampleData = count
    return TestDesk(configuration)
  }

  let sandbox = Self.sandbox(2000)

  @Test func theHeadersAreThoseOfTheOfficialExamples() throws {
    let empty = Self.sandbox(0)
    #expect(
      empty.text("/v1/applications/270/export_effects")
        == """
        created,name,applicationid,campaignid,rulesetid,ruleindex,sessionintegrationid,profileintegrationid,\
        sessionid,profileid,eventid,event_type,total_revenue,props,couponid,store_id,store_integration_id

        """)
    #expect(
      empty.text("/v1/applications/270/export_customer_sessions")
        == """
        id,firstsession,integrationid,applicationid,profileid,profileintegrationid,created,state,cartitems,\
        discounts,total,attributes,closedat,cancelledat,referral,identifiers,additional_costs,updated,\
        store_integration_id,coupons

        """)
    #expect(empty.get("/v1/applications/270/export_effects").contentType == "application/csv")
  }

  @Test func everySessionIsARowOfWholeJSON() throws {
    let rows = try sandbox.rows("export_customer_sessions")
    #expect(rows.count == 2001)
    #expect(rows.allSatisfy { $0.count == 20 })
    for row in rows.dropFirst() {
      for cell in [8, 9, 11, 15, 16, 19] { _ = try JSONReader.value(of: Array(row[cell].utf8)) }
    }
    #expect(Set(rows.dropFirst().map { $0[0] }).count == 2000)
    #expect(Set(rows.dropFirst().map { $0[2] }).count == 2000)
    let created = rows.dropFirst().map { $0[6] }
    #expect(created == created.sorted())
    #expect(created.allSatisfy(RFC3339.accepts))
    #expect(created.first == "2026-09-01T00:00:00Z")
  }

  @Test func thereAreTwiceAsManyEffectsOfWholeJSON() throws {
    let rows = try sandbox.rows("export_effects")
    #expect(rows.count == 4001)
    for row in rows.dropFirst() { _ = try JSONReader.value(of: Array(row[13].utf8)) }
    #expect(Set(rows.dropFirst().map { $0[1] }).isSuperset(of: SampleEffect.allCases.map(\.rawValue)))
    #expect(Set(rows).count == rows.count)
    let shapes = Dictionary(grouping: rows.dropFirst(), by: \.count).mapValues(\.count)
    #expect(Set(shapes.keys) == [14, 15, 17])
    #expect((shapes[14] ?? 0) + (shapes[15] ?? 0) < 100)
  }

  @Test func theSameRowsComeEveryTime() {
    let path = "/v1/applications/270/export_customer_sessions"
    #expect(sandbox.text(path) == Self.sandbox(2000).text(path))
  }
}
