import Testing

@testable import Sandbox

@Suite struct AttributeTests {
  private var strict: TestDesk {
    var configuration = SandboxConfiguration()
    configuration.strictAttributes = true
    configuration.account.add(attribute: SandboxAttribute(entity: "CartItem", name: "since", type: .time))
    configuration.account.add(attribute: SandboxAttribute(entity: "CartItem", name: "place", type: .location))
    configuration.account.add(attribute: SandboxAttribute(entity: "CartItem", name: "tags", type: .strings))
    return TestDesk(configuration)
  }

  @Test func undefinedAttributesAreRefusedWhenStrict() throws {
    let answer = strict.sync(add("A", attributes: "{\"color\":\"red\",\"a~b/c\":1}"))
    #expect(answer.status == 400)
    #expect(try answer.pointers == ["/actions/0/payload/attributes/a~0b~1c"])
    let error = try answer.json["errors"]?[0]
    #expect(error?["title"] == "Attribute not found")
    #expect(error?["details"] == "The attribute \"a~b/c\" is not defined on CartItem entities.")
  }

  @Test func definedTypesAreChecked() throws {
    let good = "{\"since\":\"2026-01-01T00:00:00Z\",\"place\":{\"lat\":1},\"tags\":[\"a\"],\"color\":\"red\"}"
    #expect(strict.sync(add("A", attributes: good)).status == 200)
    let bad = "{\"since\":\"2026-01-01\",\"place\":\"here\",\"tags\":[1],\"color\":false}"
    let answer = strict.sync(add("A", attributes: bad))
    #expect(
      try answer.pointers == ["since", "place", "tags", "color"].map { "/actions/0/payload/attributes/\($0)" })
    #expect(try answer.json["errors"]?[3]?["title"] == "Invalid type")
    #expect(
      try answer.json["errors"]?[3]?["details"] == "Value of \"color\" attribute (false) is not a string")
  }

  @Test func theFirstValueDefinesTheTypeUnlessStrict() throws {
    let sandbox = TestDesk()
    #expect(sandbox.sync(add("A", attributes: "{\"size\":4,\"sizes\":[1,2],\"on\":true}")).status == 200)
    #expect(try sandbox.sync(add("B", attributes: "{\"size\":\"4\"}")).pointers.count == 1)
    #expect(try sandbox.sync(add("B", attributes: "{\"mixed\":[1,\"a\"]}")).pointers.count == 1)
    #expect(try sandbox.sync(add("B", attributes: "{\"no name\":1}")).pointers.count == 1)
    let list = try sandbox.send("GET", "/v1/attributes?entity=CartItem&pageSize=2&skip=1").json
    #expect(list["totalResultSize"] == 4)
    #expect(list["data"]?[0]?["name"] == "size")
    #expect(list["data"]?[0]?["type"] == "number")
    #expect(list["data"]?[1]?["type"] == "(list number)")
    #expect(list["data"]?[2] == nil)
    for name in ["id", "created", "accountId", "entity", "title", "description", "suggestions", "editable"] {
      #expect(list["data"]?[0]?[name] != nil, "\(name)")
    }
  }

  @Test func tooManyAttributesAreRefused() throws {
    let attributes = (0...AttributeRegistry.countLimit).map { "\"a\($0)\":1" }.joined(separator: ",")
    #expect(try TestDesk().sync(add("A", attributes: "{\(attributes)}")).pointers == ["/actions/0/payload/attributes"])
  }
}
