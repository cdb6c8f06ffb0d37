import TestKit
import Testing

@testable import Records

@Suite struct JSONValueTests {
  private static func parse(_ text: String) -> JSONValue? { JSONValue(Array(text.utf8)) }

  @Test(
    arguments: [
      ("null", .null), (" true\n", .boolean(true)), ("false", .boolean(false)), ("12.10", .number("12.10")),
      ("-0", .number("-0")),
      (#""""#, .string("")), (#""a\n\u00e9\ud83d\ude00\/\"\\""#, .string("a\né😀/\"\\")), ("[]", .array([])),
      ("[ ]", .array([])),
      ("{ }", .object([])), ("[1,\"a\" , [null]]", .array([.number("1"), .string("a"), .array([.null])])),
      ("{\"a\":{\"b\":[]},\r\n\t\"c\" : 1}", .object([("a", .object([("b", .array([]))])), ("c", .number("1"))])),
      (#"{"":0,"a":1,"a":2}"#, .object([("", .number("0")), ("a", .number("1")), ("a", .number("2"))])),
    ] as [(String, JSONValue)])
  func documentsAreRead(_ text: String, _ value: JSONValue) {
    #expect(Self.parse(text) == value)
    #expect(JSONValue(value.bytes) == value)
  }

  @Test(arguments: [
    "", " ", "nul", "nulll", "True", "01", "1.", "-", "+1", ".5", "1 2", "[1,]", "[,1]", "[1", "[", "]", "{", "}",
    "{\"a\"}", "{\"a\":}", "{\"a\":1,}",
    "{,}", "{a:1}", "{\"a\" 1}", "{\"a\":1 \"b\":2}", "\"", "\"a", "\"\\", "\"\\\"", "\"\\x\"", "\"\\u12\"", "\"\\u123",
    "\"\\ud800\"", "\"\\udc00\"",
    "\"\\ud800\\u0041\"", "\"a\nb\"", "\"\t\"", "'a'", "[1]]", "{}{}", "\u{0}", "\"\u{0}\"", "\u{FEFF}{}", "// x\n1",
    "NaN", "t", "[t",
  ])
  func whatIsNotJSONIsRefused(_ text: String) {
    #expect(Self.parse(text) == nil)
  }

  @Test(arguments: [[0x22, 0xFF, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xC3, 0x22], [0xC3]] as [[UInt8]])
  func whatIsNotUTF8IsRefused(_ bytes: [UInt8]) {
    #expect(JSONValue(bytes) == nil)
  }

  @Test(arguments: ["[", "{\"a\":"])
  func nestingEndsAt64(_ opening: String) {
    let closing = opening == "[" ? "]" : "}"
    func nested(_ depth: Int, _ inner: String) -> String {
      String(repeating: opening, count: depth) + inner + String(repeating: closing, count: depth)
    }
    #expect(Self.parse(nested(64, "1")) != nil && Self.parse(nested(65, "1")) == nil)
    #expect(
      Self.parse(nested(63, "[]")) != nil && Self.parse(nested(64, "{}")) == nil && Self.parse(nested(64, "[]")) == nil)
    #expect(Self.parse(String(repeating: opening, count: 100_000)) == nil)
  }

  @Test func membersAreFoundByKeyAndTheLastOneWins() throws {
    let value = try #require(Self.parse(#"{"a":"x","n":1.0,"list":[1,2],"a":"y"}"#))
    #expect(value["a"]?.text == "y" && value["n"]?.text == "1.0" && value["z"] == nil)
    #expect(value["list"]?.elements.map(\.text) == ["1", "2"] && value["list"]?.text == nil)
    #expect(value["a"]?["b"] == nil && value.elements.isEmpty)
  }

  @Test func stringsAreWrittenEscaped() {
    for scalar in (0...0x110).compactMap(Unicode.Scalar.init) {
      let text = "a" + String(Character(scalar)) + "b"
      let quoted = JSONText.quoted(text)
      #expect(JSONValue(quoted) == .string(text))
      #expect(quoted.allSatisfy { $0 >= 0x20 })
    }
    #expect(JSONText.quoted("\"\\\n\u{1F}é/") == Array(#""\"\\\n\u001fé/""#.utf8))
  }

  @Test(arguments: 0..<3 as Range<UInt64>)
  func randomTreesComeBack(_ seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for _ in 0..<200 {
      let value = Self.tree(depth: 0, &random)
      #expect(JSONValue(value.bytes) == value)
      // Whatever one byte is changed to, the answer is a value or nil.
      var bytes = value.bytes
      bytes[Int.random(in: bytes.indices, using: &random)] = .random(in: 0...255, using: &random)
      if let changed = JSONValue(bytes) { #expect(JSONValue(changed.bytes) == changed) }
      // Nothing that is cut off is a document, numbers apart.
      if value.elements.count > 0 { #expect(JSONValue(value.bytes.dropLast()) == nil) }
    }
  }

  private static func tree(depth: Int, _ random: inout SplitMix64) -> JSONValue {
    let texts = ["", "a", "é\n", "\"\\\u{0}\u{1F}", "😀 0123456789 /", "\u{2028}\u{7F}"]
    switch Int.random(in: 0...(depth < 5 ? 6 : 4), using: &random) {
    case 0: return .null
    case 1: return .boolean(.random(using: &random))
    case 2: return .number(["0", "-1.50", "1e400", "12345678901234567890"].randomElement(using: &random) ?? "0")
    case 3, 4: return .string(texts.randomElement(using: &random) ?? "")
    case 5: return .array((0..<Int.random(in: 0...4, using: &random)).map { _ in tree(depth: depth + 1, &random) })
    default:
      return .object(
        (0..<Int.random(in: 0...4, using: &random)).map { _ in
          (texts.randomElement(using: &random) ?? "", tree(depth: depth + 1, &random))
        })
    }
  }
}
