import Testing

@testable import Sandbox

@Suite struct ExportQuirkTests {
  let sandbox = ExportTests.sandbox(4000)

  @Test func aQuoteWithinJSONWithinCSVIsABackslashAndTwoQuotes() {
    let text = sandbox.text("/v1/applications/270/export_customer_sessions")
    #expect(text.contains(#"""name"": ""Gravel bike - \""Aisle of Man\"""""#))
    #expect(text.contains(#"Rain jacket\n(2nd edition)"#))
    #expect(text.contains(#"Ladder 5\\6"#))
    #expect(text.contains("自転車のベル"))
    #expect(!text.contains("\r"))
  }

  @Test func whatIsMissingIsWrittenInManyWays() throws {
    let rows = try sandbox.rows("export_customer_sessions").dropFirst()
    #expect(rows.contains { $0[12] == "0001-01-01T00:00:00Z" && $0[13] == "0001-01-01T00:00:00Z" })
    #expect(rows.contains { $0[15] == "null" } && rows.contains { $0[15].hasPrefix("[") })
    #expect(rows.contains { $0[4] == "0" && $0[5].isEmpty })
    #expect(rows.contains { $0[9] == "{}" } && rows.contains { $0[19] == "[]" })
    for row in rows {
      #expect((row[12].hasPrefix("0001-")) == (row[7] == "open" || row[7] == "cancelled"))
    }
  }

  @Test func namesOfProfilesAreQuotedWhereTheyNeedIt() throws {
    let names = Set(try sandbox.rows("export_effects").dropFirst().map { $0[7] })
    #expect(names.contains { $0.hasPrefix("Müller, Jörg-") })
    #expect(names.contains { $0.hasPrefix("Bob \"B\"-") })
    #expect(names.contains { $0.hasPrefix("顧客-") } && names.contains(""))
    #expect(names.subtracting([""]).allSatisfy { SampleNames.profile(named: $0) != nil })
  }

  @Test(arguments: ["", "dateFormat=excel"])
  func withoutISODatesHaveASpace(query: String) throws {
    let rows = try sandbox.rows("export_customer_sessions", query).dropFirst()
    #expect(rows.first?[6] == "2026-09-01 00:00:00")
    #expect(rows.contains { $0[13] == "0001-01-01 00:00:00" })
  }

  @Test func theTotalIsCartAndShipping() throws {
    for row in try sandbox.rows("export_customer_sessions").dropFirst().prefix(50) {
      guard case .array(let items) = try JSONReader.value(of: Array(row[8].utf8)) else { continue }
      let costs = try JSONReader.value(of: Array(row[16].utf8))
      let sum = try items.reduce(cents(costs["ShippingCost"]?["price"])) { sum, item in
        try sum + cents(item["price"]) * #require(item["quantity"]?.integer)
      }
      #expect(sum == (try cents(.number(row[10]))))
    }
  }

  private func cents(_ value: JSONValue?) throws -> Int {
    guard case .number(let digits)? = value else { throw CSV.Broken(row: 0) }
    let halves = digits.split(separator: ".")
    return try #require(Int(halves[0])) * 100 + (halves.count > 1 ? #require(Int(halves[1])) : 0)
  }

  @Test func aFeedStopsNearTheSizeOfAChunk() throws {
    var feed = try #require(sandbox.get("/v1/applications/270/export_customer_sessions").stream?.feed)
    var chunk = Chunk()
    while feed.fill(&chunk) {
      #expect(chunk.bytes.count < Chunk.size + (16 << 10))
      chunk.clear()
    }
  }

  @Test func aSearchThatFindsNothingGivesOthersTheirTurn() throws {
    let sandbox = ExportTests.sandbox(10_000)
    let path = "/v1/applications/270/export_customer_sessions?profileIntegrationId=nobody"
    var feed = try #require(sandbox.get(path).stream?.feed)
    var chunk = Chunk()
    var turns = 0
    while feed.fill(&chunk) { turns += 1 }
    #expect(turns == 10)
  }
}
