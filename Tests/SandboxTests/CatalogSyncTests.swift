import Testing

@testable import Sandbox

@Suite struct CatalogSyncTests {
  let sandbox = TestDesk()

  @Test func anAcceptedSyncAnswersTheCatalogAtItsNextVersion() throws {
    let answer = sandbox.sync(add("A", price: "1"))
    #expect(answer.status == 200)
    for name in [
      "id", "created", "accountId", "modified", "name", "description", "version", "createdBy",
    ] {
      #expect(try answer.json[name] != nil, "\(name)")
    }
    #expect(try answer.json["version"] == 2)
    #expect(try sandbox.sync(add("B")).json["version"] == 3)
    #expect(sandbox.statistics.accepted == ["syncCatalog": 2])
  }

  @Test func aPriceKeepsItsDigits() throws {
    #expect(sandbox.sync(add("A", price: "12.10") + "," + add("B", price: "12345678901234567890.50")).status == 200)
    #expect(try sandbox.items()["A"]?["price"] == .number("12.10"))
    #expect(try sandbox.items()["B"]?["price"] == .number("12345678901234567890.50"))
  }

  @Test func aDuplicateSKUIsRefusedWithAPointerToTheSecondAction() throws {
    var actions = (0..<17).map { add("SKU\($0)") }
    actions.append(add("SKU3"))
    let answer = sandbox.sync(actions.joined(separator: ","))
    #expect(answer.status == 400)
    #expect(try answer.json["message"] == "The submitted data was invalid")
    #expect(try answer.json["StatusCode"] == nil)
    #expect(try answer.pointers == ["/actions/17/payload/sku"])
    #expect(try sandbox.items().isEmpty)
  }

  @Test func oneBadActionAppliesNothing() throws {
    let answer = sandbox.sync(
      add("A") + "," + add("B", price: "\"12\"") + "," + add("C", attributes: "{\"brandNew\":1}"))
    #expect(answer.status == 400)
    #expect(try answer.pointers == ["/actions/1/payload/price"])
    #expect(try sandbox.items().isEmpty)
    #expect(sandbox.sync(add("D", attributes: "{\"brandNew\":\"now text\"}")).status == 200)
  }

  @Test func aRefusalListsUpToTenActions() throws {
    let answer = sandbox.sync((0..<25).map { add("A\($0)", price: "true") }.joined(separator: ","))
    #expect(try answer.pointers == (0..<10).map { "/actions/\($0)/payload/price" })
  }

  @Test(arguments: [0, 1001]) func aRequestHoldsOneToAThousandActions(count: Int) throws {
    let answer = sandbox.sync((0..<count).map { add("A\($0)") }.joined(separator: ","))
    #expect(answer.status == 400)
    #expect(try answer.pointers == ["/actions"])
  }

  @Test func mixedActionTypesAreRefused() throws {
    let answer = sandbox.sync(add("A") + "," + action("REMOVE", "{\"sku\":\"B\"}"))
    #expect(try answer.pointers == ["/actions/1/type"])
  }

  @Test func anUnknownActionTypeIsRefused() throws {
    #expect(try sandbox.sync(action("UPSERT", "{\"sku\":\"B\"}")).pointers == ["/actions/0/type"])
  }

  @Test func addingAnExistingItemNeedsReplaceIfExists() throws {
    #expect(sandbox.sync(add("A", replaces: false)).status == 200)
    #expect(try sandbox.sync(add("A", replaces: false)).pointers == ["/actions/0/payload/sku"])
    #expect(sandbox.sync(add("A")).status == 200)
  }

  @Test func aReplacementKeepsThePriceAndDropsAttributesAndProduct() throws {
    _ = sandbox.sync(add("A", price: "9.90", attributes: "{\"color\":\"red\",\"size\":4}", product: "shoe"))
    _ = sandbox.sync(add("A", attributes: "{\"size\":5}"))
    let item = try #require(try sandbox.items()["A"])
    #expect(item["price"] == .number("9.90"))
    #expect(item["product"] == nil)
    #expect(item["attributes"]?[0]?["name"] == "size")
    #expect(item["attributes"]?[1] == nil)
    #expect(item["version"] == 2)
  }

  @Test func aPatchMergesAttributesAndDropsTheProduct() throws {
    _ = sandbox.sync(add("A", price: "9.90", attributes: "{\"color\":\"red\",\"size\":4}", product: "shoe"))
    let patch = action("PATCH", "{\"sku\":\"A\",\"attributes\":{\"size\":5,\"color\":null}}")
    #expect(sandbox.sync(patch).status == 200)
    let item = try #require(try sandbox.items()["A"])
    #expect(item["price"] == .number("9.90"))
    #expect(item["product"] == nil)
    #expect(item["attributes"]?[0]?["value"] == 5)
    #expect(item["attributes"]?[1] == nil)
  }

  @Test func aPatchOfAMissingItemNeedsCreateIfNotExists() throws {
    #expect(try sandbox.sync(action("PATCH", "{\"sku\":\"A\"}")).pointers == ["/actions/0/payload/sku"])
    #expect(sandbox.sync(action("PATCH", "{\"sku\":\"A\",\"createIfNotExists\":true}")).status == 200)
    #expect(try sandbox.items().keys.sorted() == ["A"])
  }

  @Test func removingAMissingItemIsRefused() throws {
    _ = sandbox.sync(add("A"))
    #expect(sandbox.sync(action("REMOVE", "{\"sku\":\"A\"}")).status == 200)
    #expect(try sandbox.sync(action("REMOVE", "{\"sku\":\"A\"}")).pointers == ["/actions/0/payload/sku"])
  }

  @Test func anotherVersionThanTheCurrentOneIsRefused() throws {
    let body = { (version: Int) in "{\"version\":\(version),\"actions\":[\(add("A"))]}" }
    #expect(sandbox.send("PUT", "/v1/catalogs/30/sync", body(1)).status == 200)
    #expect(try sandbox.send("PUT", "/v1/catalogs/30/sync", body(1)).pointers == ["/version"])
  }

  @Test func anUnknownCatalogIsNotFound() throws {
    let answer = sandbox.sync(add("A"), catalog: 31)
    #expect(answer.status == 404)
    #expect(try answer.json["StatusCode"] == 404)
  }

  @Test func priceAdjustmentsNeedTheirFieldsAndAnItem() throws {
    _ = sandbox.sync(add("A"))
    let good =
      "{\"priceType\":\"member\",\"price\":null,\"referenceId\":\"r\",\"effectiveFrom\":\"2026-01-01T00:00:00Z\"}"
    let bad = "{\"price\":\"1\",\"referenceId\":\"\",\"calculatedAt\":\"2026-01-01\"}"
    let adjust = { (sku: String, list: String) in
      action("ADD_PRICE_ADJUSTMENT", "{\"sku\":\"\(sku)\",\"adjustments\":[\(list)]}")
    }
    #expect(sandbox.sync(adjust("A", good)).status == 200)
    #expect(try sandbox.sync(adjust("B", good)).pointers == ["/actions/0/payload/sku"])
    #expect(try sandbox.sync(adjust("A", "")).pointers == ["/actions/0/payload/adjustments"])
    let many = Array(repeating: good, count: 101).joined(separator: ",")
    #expect(try sandbox.sync(adjust("A", many)).pointers == ["/actions/0/payload/adjustments"])
    let pointers = try sandbox.sync(adjust("A", good + "," + bad)).pointers
    #expect(
      Set(pointers) == Set(["calculatedAt", "price", "priceType"].map { "/actions/0/payload/adjustments/1/" + $0 }))
  }

  @Test func requestsForTheSameSKUInFlightAreCounted() {
    let path = "/v1/catalogs/30/sync"
    let arrivals = ["A", "B", "A"].map { sku in
      let arrival = sandbox.desk.arrive(method: "PUT", target: path)
      let body = Array("{\"actions\":[\(add(sku))]}".utf8)
      _ = sandbox.desk.answer(Request(method: "PUT", target: path, authorization: "ApiKey-v1 a", body: body), arrival)
      return arrival
    }
    #expect(sandbox.statistics.overlappingCatalogRequests == 1)
    #expect(sandbox.statistics.maxInFlightOfOperation == ["syncCatalog": 3])
    for arrival in arrivals { sandbox.desk.depart(arrival, status: 200) }
    _ = sandbox.sync(add("A"))
    #expect(sandbox.statistics.overlappingCatalogRequests == 1)
  }
}
