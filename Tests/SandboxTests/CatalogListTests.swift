import Testing

@testable import Sandbox

@Suite struct CatalogListTests {
  let sandbox = TestDesk()

  init() {
    _ = sandbox.sync(
      (0..<5).map { add("S\($0)", attributes: "{\"color\":\"red\"}", product: "p\($0 % 2)") }.joined(separator: ","))
  }

  private func list(_ query: String) throws -> JSONValue {
    sandbox.wait(1000)
    return try sandbox.send("GET", "/v1/catalogs/30/items?" + query).json
  }

  @Test func itemsComeInPages() throws {
    #expect(try list("pageSize=2")["hasMore"] == true)
    let last = try list("pageSize=2&skip=4")
    #expect(last["hasMore"] == false)
    #expect(last["totalResultSize"] == nil)
    #expect(last["data"]?[0]?["sku"] == "S4")
    #expect(try list("withTotalResultSize=true&pageSize=1")["totalResultSize"] == 5)
    #expect(try list("skip=9223372036854775807")["data"] == [])
  }

  @Test func itemsCarryTheNamesOfTheAPI() throws {
    let item = try list("sku=S0")["data"]?[0]
    for name in ["id", "created", "sku", "catalogid", "version", "attributes", "product"] {
      #expect(item?[name] != nil, "\(name)")
    }
    #expect(item?["catalogid"] == 30)
    #expect(item?["attributes"]?[0]?["attributeid"] != nil)
    #expect(item?["attributes"]?[0]?["value"] == "red")
  }

  @Test func itemsAreFoundBySKUAndProduct() throws {
    let found = try list("sku=S1&sku=S2&sku=missing")["data"]
    #expect(found?[0]?["sku"] == "S1")
    #expect(found?[1]?["sku"] == "S2")
    #expect(found?[2] == nil)
    #expect(try list("productNames=p1&withTotalResultSize=true")["totalResultSize"] == 2)
  }

  @Test(arguments: ["pageSize=0", "pageSize=1001", "pageSize=x", "skip=-1", "withTotalResultSize=yes"])
  func aWrongParameterIsNamed(query: String) throws {
    let name = query.prefix { $0 != "=" }
    #expect(try list(query)["errors"]?[0]?["source"]?["parameter"] == .string(String(name)))
  }
}
