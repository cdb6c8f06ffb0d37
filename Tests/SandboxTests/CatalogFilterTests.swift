import Testing

@testable import Sandbox

@Suite struct CatalogFilterTests {
  let sandbox = TestDesk()

  init() {
    let items = [
      add("A", price: "1", attributes: "{\"color\":\"red\",\"size\":41}", product: "shoe"),
      add("B", price: "2", attributes: "{\"color\":\"blue\",\"size\":45.50}"),
      add("C", price: "3", attributes: "{\"color\":\"green\",\"size\":48}"),
      add("D", price: "4"),
    ]
    _ = sandbox.sync(items.joined(separator: ","))
  }

  private func remove(_ filters: String) -> Answer { sandbox.sync(action("REMOVE_MANY", "{\"filters\":[\(filters)]}")) }

  private func filter(_ attribute: String, _ comparison: String, _ value: String) -> String {
    "{\"attr\":\"\(attribute)\",\"op\":\"\(comparison)\",\"value\":\(value)}"
  }

  @Test(
    arguments: [
      ("EQ", "\"45.5\"", ["A", "C", "D"]), ("LT", "\"45.50\"", ["B", "C", "D"]), ("LE", "45.5", ["C", "D"]),
      ("GT", "\"45\"", ["A", "D"]), ("GE", "48", ["A", "B", "D"]), ("IN", "\"41,48\"", ["B", "D"]),
    ])
  func numbersAreComparedAsNumbers(comparison: String, value: String, left: [String]) throws {
    #expect(remove(filter("size", comparison, value)).status == 200)
    #expect(try sandbox.items().keys.sorted() == left)
  }

  @Test func filtersAreJoinedByAnd() throws {
    #expect(remove(filter("color", "IN", "\"red,blue\"") + "," + filter("size", "GT", "42")).status == 200)
    #expect(try sandbox.items().keys.sorted() == ["A", "C", "D"])
  }

  @Test func sizesOfTextCannotBeCompared() throws {
    #expect(try remove(filter("color", "GT", "\"a\"")).pointers == ["/actions/0/payload/filters/0/op"])
    #expect(try remove(filter("size", "GT", "\"big\"")).pointers == ["/actions/0/payload/filters/0/value"])
    #expect(try remove(filter("brand", "EQ", "\"x\"")).pointers == ["/actions/0/payload/filters/0/attr"])
    #expect(try remove(filter("size", "NE", "1")).pointers == ["/actions/0/payload/filters/0/op"])
  }

  @Test func withoutFiltersEverythingIsTouched() throws {
    #expect(sandbox.sync(action("PATCH_MANY", "{\"price\":7.00,\"attributes\":{\"color\":\"grey\"}}")).status == 200)
    for item in try sandbox.items().values {
      #expect(item["price"] == .number("7.00"))
      #expect(item["version"] == 2)
    }
    #expect(try sandbox.items()["A"]?["product"]?["name"] == "shoe")
    #expect(sandbox.sync(action("REMOVE_MANY", "{}")).status == 200)
    #expect(try sandbox.items().isEmpty)
  }
}
