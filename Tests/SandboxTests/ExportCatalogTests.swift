import Testing

@testable import Sandbox

@Suite struct ExportCatalogTests {
  private static func sandbox(_ count: Int, _ quirks: String = "") -> TestDesk {
    var configuration = SandboxConfiguration()
    configuration.sampleData = count
    configuration.managementPace = 0
    if let quirks = PagingQuirks(words: quirks) { configuration.quirks = quirks }
    return TestDesk(configuration)
  }

  private func page(_ sandbox: TestDesk, _ query: String) throws -> (skus: [String], hasMore: Bool?, total: Int?) {
    let answer = try sandbox.send("GET", "/v1/catalogs/30/items?" + query).json
    guard case .array(let items)? = answer["data"] else { throw CSV.Broken(row: 0) }
    let skus = items.compactMap { item -> String? in
      guard case .string(let sku)? = item["sku"] else { return nil }
      return sku
    }
    return (skus, answer["hasMore"].map { $0 == true }, answer["totalResultSize"]?.integer)
  }

  /// Every SKU, page by page, as a client does that trusts `hasMore` until a page is empty.
  private func all(_ sandbox: TestDesk, _ query: String = "") throws -> [String] {
    var skus: [String] = []
    for _ in 0..<100 {
      let page = try page(sandbox, "pageSize=10&skip=\(skus.count)&" + query)
      skus += page.skus
      if page.hasMore != true || page.skus.isEmpty { break }
    }
    return skus
  }

  @Test func sampleItemsFollowThoseThatWereSynced() throws {
    let sandbox = Self.sandbox(25)
    _ = sandbox.sync([add("A"), add("B"), add("C")].joined(separator: ","))
    #expect(try all(sandbox) == ["A", "B", "C"] + (0..<25).map(SampleItem.sku))
    #expect(try page(sandbox, "withTotalResultSize=true&pageSize=1").total == 28)
    #expect(try page(sandbox, "skip=9223372036854775807").skus.isEmpty)
    #expect(try page(sandbox, "skip=18&pageSize=10") == (["SAMPLE-15"] + (16..<25).map(SampleItem.sku), false, nil))
  }

  @Test func aSyncedItemTakesThePlaceOfItsSample() throws {
    let sandbox = Self.sandbox(25)
    _ = sandbox.sync(
      [add("A"), add("SAMPLE-3", price: "7", product: "other"), add("SAMPLE-25")].joined(separator: ","))
    #expect(try all(sandbox) == ["A", "SAMPLE-25"] + (0..<25).map(SampleItem.sku))
    let item = try sandbox.send("GET", "/v1/catalogs/30/items?sku=SAMPLE-3").json["data"]?[0]
    #expect(item?["price"] == .number("7"))
    #expect(try page(sandbox, "productNames=other").skus == ["SAMPLE-3"])
  }

  @Test func sampleItemsAreFoundBySKUAndProduct() throws {
    let sandbox = Self.sandbox(100)
    #expect(try page(sandbox, "sku=SAMPLE-7&sku=SAMPLE-3&sku=SAMPLE-100&sku=x").skus == ["SAMPLE-3", "SAMPLE-7"])
    #expect(
      try all(sandbox, "productNames=Pump&productNames=Gloves")
        == (0..<100).filter { [12, 14].contains($0 % 16) }.map(SampleItem.sku))
    let both = try page(sandbox, "productNames=Pump&withTotalResultSize=true&sku=SAMPLE-14&sku=SAMPLE-15")
    #expect(both.skus == ["SAMPLE-14"] && both.total == 1)
  }

  @Test func aSampleItemCarriesTheNamesOfTheAPI() throws {
    let item = try Self.sandbox(5).send("GET", "/v1/catalogs/30/items?sku=SAMPLE-1").json["data"]?[0]
    for name in ["id", "created", "sku", "price", "catalogid", "version", "attributes", "product"] {
      #expect(item?[name] != nil, "\(name)")
    }
    #expect(item?["attributes"]?[0]?["attributeid"] != 0)
    #expect(item?["product"]?["name"] == "Gravel bike - \"Aisle of Man\"")
  }

  @Test func itemsThatMoveComeTwiceButNoneIsLost() throws {
    let sandbox = Self.sandbox(25, "repeat")
    let skus = try all(sandbox)
    #expect(skus.count == 26)
    #expect(Set(skus).count == 25)
    #expect(skus[9] == skus[10])
  }

  @Test func anEmptyPageMayPromiseMore() throws {
    let sandbox = Self.sandbox(25, "repeat,hasmore")
    #expect(try page(sandbox, "skip=1000") == ([], true, nil))
    #expect(Set(try all(sandbox)).count == 25)
    #expect(try page(Self.sandbox(25), "skip=1000") == ([], false, nil))
  }

  @Test func onlyKnownQuirksAreTaken() {
    #expect(PagingQuirks(words: "") == PagingQuirks.none)
    #expect(PagingQuirks(words: "hasmore,repeat")?.repeats == true)
    #expect(PagingQuirks(words: "repeat,other") == nil)
  }
}
