import Testing

@testable import Records

@Suite struct RowTemplateTests {
  private static func constant(_ key: String, _ json: String) -> TemplateMember {
    TemplateMember(key, .constant(Array(json.utf8)))
  }

  private static func composed(
    _ key: String, _ parts: [TemplateValue.Part], _ rule: ValueRule = rule(.string)
  ) -> TemplateMember {
    TemplateMember(key, .value(TemplateValue(.composed(parts), rule)))
  }

  @Test(arguments: [
    ("1,2,3", #"{"a":"1","o":{"b":"2","p":{"c":"3"}}}"#), ("1,,", #"{"a":"1"}"#), (",,3", #"{"o":{"p":{"c":"3"}}}"#),
    (",2,", #"{"o":{"b":"2"}}"#), (",,", "{}"),
  ])
  func objectsWithoutMembersAreLeftOut(_ record: String, _ json: String) throws {
    let encoder = Encoder(
      .object([
        member("a", 0), TemplateMember("o", .object([member("b", 1), TemplateMember("p", .object([member("c", 2)]))])),
      ]))
    #expect(try encoder.csv(record) == .row(json))
  }

  @Test(arguments: [
    (
      "1,2",
      #"{"o":{"k":0,"a":"1"},"l":["1",true,"2"],"n":{"a":null},"e":{},"t":"end"}"#.replacing(
        "\"a\":null", with: "\"a\":\"1\"")
    ),
    (",2", #"{"o":{"k":0},"l":[true,"2"],"n":{"a":null},"e":{},"t":"end"}"#),
    (",", #"{"o":{"k":0},"l":[true],"n":{"a":null},"e":{},"t":"end"}"#),
  ])
  func objectsWithConstantsOrNullsStay(_ record: String, _ json: String) throws {
    let encoder = Encoder(
      .object([
        TemplateMember("o", .object([Self.constant("k", "0"), member("a", 0)])),
        TemplateMember(
          "l",
          .array([
            .value(TemplateValue(.column(0), rule(.string))), .constant(Array("true".utf8)),
            .value(TemplateValue(.column(1), rule(.string))),
          ])),
        TemplateMember("n", .object([member("a", 0, rule(.string, .null))])), Self.constant("e", "{}"),
        Self.constant("t", "\"end\""),
      ]))
    #expect(try encoder.csv(record) == .row(json))
  }

  @Test(arguments: [
    ("1,2", #"{"l":[{"a":"1"},["2"]]}"#), (",2", #"{"l":[["2"]]}"#), ("1,", #"{"l":[{"a":"1"}]}"#), (",", "{}"),
  ])
  func arraysAreLeftOutToo(_ record: String, _ json: String) throws {
    let inner = TemplateNode.array([.value(TemplateValue(.column(1), rule(.string)))])
    let encoder = Encoder(.object([TemplateMember("l", .array([.object([member("a", 0)]), inner]))]))
    #expect(try encoder.csv(record) == .row(json))
  }

  @Test func optionalObjectsNestSevenDeep() throws {
    var node = TemplateNode.object([member("v", 0)])
    for level in 0..<6 { node = .object([member("x\(level)", 1), TemplateMember("o", node)]) }
    let encoder = Encoder(.object([TemplateMember("o", node)]))
    #expect(try encoder.csv("a,") == .row(#"{"o":{"o":{"o":{"o":{"o":{"o":{"o":{"v":"a"}}}}}}}}"#))
    #expect(try encoder.csv(",") == .row("{}"))
  }

  @Test(arguments: [
    ("a,b", #"{"full":"a, b!"}"#), ("a,", #"{"full":"a, !"}"#), (",b", #"{"full":", b!"}"#), (",", "{}"),
    ("\"\"\"\",\\", #"{"full":"\", \\!"}"#),
  ])
  func textIsComposedOfColumns(_ record: String, _ json: String) throws {
    let parts: [TemplateValue.Part] = [.column(0), .text(Array(", ".utf8)), .column(1), .text(Array("!".utf8))]
    #expect(try Encoder(.object([Self.composed("full", parts)])).csv(record) == .row(json))
  }

  @Test func composedValuesKeepTheirRules() throws {
    let parts: [TemplateValue.Part] = [.column(0), .text(Array(".".utf8)), .column(1)]
    let number = Encoder(.object([Self.constant("k", "1"), Self.composed("v", parts, rule(.number, .null))]))
    #expect(try number.csv("12,50") == .row(#"{"k":1,"v":12.50}"#))
    #expect(try number.csv(",") == .row(#"{"k":1,"v":null}"#))
    #expect(
      try number.csv("x,50")
        == .refused([Problem(column: "col", words: "'f' is 'x.50', expected a number such as 12.50")]))
    let short = Encoder(.object([Self.composed("v", parts, rule(.string, .reject) { $0.maximumLength = 3 })]))
    #expect(try short.csv("é,€") == .row(#"{"v":"é.€"}"#))
    #expect(
      try short.csv("ab,c") == .refused([Problem(column: "col", words: "'f' has 4 characters, expected at most 3")]))
    #expect(try short.csv(",") == .refused([Problem(column: "col", words: "'f' is empty, expected text")]))
  }

  @Test func membersWithoutAColumnAreTakenAlongButReservedOnes() throws {
    let rest = TemplateMember("", .value(TemplateValue(.rest, rule(.any))))
    let record = #"{"x":[1, 2],"a":"1","_ferry_line":3,"y\n":"z","_ferry_reason":"no","n":null}"#
    let flat = Encoder(.object([member("a", 0), rest]))
    #expect(try flat.ndjson(record, ["a"], keepsRest: true) == .row(#"{"a":"1","x":[1, 2],"y\n":"z"}"#))
    let nested = Encoder(.object([member("a", 0), TemplateMember("attributes", .object([rest]))]))
    #expect(
      try nested.ndjson(record, ["a"], keepsRest: true)
        == .row(#"{"a":"1","attributes":{"x":[1, 2],"y\n":"z"}}"#))
    #expect(try nested.ndjson(#"{"a":"1","_ferry_line":3}"#, ["a"], keepsRest: true) == .row(#"{"a":"1"}"#))
  }

  @Test func oneColumnMayBeUsedOftenAndEscapedEachTime() throws {
    let encoder = Encoder(.object((0..<20).map { member("k\($0)", 0) }))
    let text = String(repeating: "\u{1}", count: 50)
    let members = (0..<20).map { "\"k\($0)\":\"" + String(repeating: #"\u0001"#, count: 50) + "\"" }
    #expect(try encoder.csv(text) == .row("{" + members.joined(separator: ",") + "}"))
  }

  @Test func keysAreEscaped() throws {
    #expect(try Encoder(.object([member("a\"\\\n", 0)])).csv("x") == .row(#"{"a\"\\\n":"x"}"#))
  }

  @Test func everyProblemOfARowIsToldInTheOrderOfTheMapping() throws {
    func named(_ kind: ValueKind, _ field: String, _ empty: EmptyPolicy = .omit) -> ValueRule {
      ValueRule(field: field, column: "c" + field, kind: kind, empty: empty)
    }
    let encoder = Encoder(
      .object([
        member("a", 0, named(.integer, "a")), member("ok", 3, named(.string, "ok")),
        TemplateMember(
          "o", .object([member("b", 1, named(.boolean, "o.b")), member("c", 2, named(.string, "o.c", .reject))])),
        Self.composed("d", [.column(0), .column(1)], named(.number, "d")),
      ]))
    let problems = [
      Problem(column: "ca", words: "'a' is '1.5', expected a whole number"),
      Problem(column: "co.b", words: "'o.b' is 'maybe', expected true or false"),
      Problem(column: "co.c", words: "'o.c' is empty, expected text"),
      Problem(column: "cd", words: "'d' is '1.5maybe', expected a number such as 12.50"),
    ]
    #expect(try encoder.csv("1.5,maybe,,fine") == .refused(problems))
    #expect(try encoder.csv("1,1,x,fine") == .row(#"{"a":1,"ok":"fine","o":{"b":true,"c":"x"},"d":11}"#))
  }

  /// The room for looking at a row's values follows the record, not the number of columns.
  @Test func problemsOfAWideRowTakeLittleMemory() throws {
    let encoder = Encoder(
      .object(
        (0..<200).map { index in
          member("k\(index)", index, rule(.number) { $0.field = "f\(index)" })
        }))
    let record = (0..<200).map { $0 % 2 == 0 ? "x" : "1" }.joined(separator: ",")
    let problems = (0..<100).map {
      Problem(column: "col", words: "'f\($0 * 2)' is 'x', expected a number such as 12.50")
    }
    #expect(try encoder.csv(record) == .refused(problems))
  }
}
