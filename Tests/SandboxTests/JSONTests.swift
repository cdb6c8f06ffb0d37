import Testing

@testable import Sandbox

@Suite struct JSONTests {
  private func read(_ text: String) throws -> JSONValue { try JSONReader.value(of: Array(text.utf8)) }

  @Test(
    arguments: [
      "{\"a\":[1,2.50,-0,1e-7,12345678901234567890],\"b\":{\"c\":null,\"d\":true,\"e\":false},\"f\":\"\"}",
      "[]", "{}", "\"\"", "0", "[[[]]]", "\"Grüße, 日本 🚢\"",
    ])
  func whatIsReadIsWrittenAsItWas(text: String) throws {
    #expect(try read(text).words == text)
  }

  @Test func escapesAreUndone() throws {
    #expect(try read("\"a\\n\\t\\\"\\\\\\/\\u00e9\\uD83D\\uDEA2\\b\\f\\r\"") == "a\n\t\"\\/é🚢\u{8}\u{C}\r")
    #expect(JSONValue.string("\u{1}\n\"").words == "\"\\u0001\\n\\\"\"")
  }

  @Test func ofANameGivenTwiceTheLastOneCounts() throws {
    #expect(try read("{\"a\":1,\"a\":2}")["a"] == 2)
    #expect(try read("{\"a\":1,\"a\":2}") == ["a": 2])
  }

  @Test(
    arguments: [
      "", " ", "{", "[1,]", "{\"a\":1,}", "{a:1}", "[1 2]", "01", "1.", ".5", "+1", "1e", "-", "nul", "\"a", "\"\\x\"",
      "\"\\u12\"", "\"\\uD800\"", "\"\\uD800\\u0041\"", "\"a\nb\"", "1 1", "NaN", "'a'", "{\"a\" 1}", "[", "tru",
      "\"\\",
      "\"\\u", "{\"a\":", "]",
    ])
  func whatIsNoJSONIsRefused(text: String) {
    #expect(throws: JSONSyntaxError.self) { try read(text) }
  }

  @Test func invalidUTF8IsRefused() {
    #expect(throws: JSONSyntaxError.self) { try JSONReader.value(of: [0x22, 0xC3, 0x28, 0x22]) }
    #expect(throws: JSONSyntaxError.self) { try JSONReader.value(of: [0x22, 0x5C, 0x6E, 0xFF, 0x22]) }
  }

  @Test func sixtyFourLevelsAreTheDeepest() throws {
    let nested = { (depth: Int) in String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
    _ = try read(nested(64))
    #expect(throws: JSONSyntaxError.self) { try read(nested(65)) }
    #expect(throws: JSONSyntaxError.self) { try read(String(repeating: "[", count: 1_000_000)) }
  }

  @Test func cuttingADocumentAnywhereIsRefusedAndNeverCrashes() {
    let bytes = Array("{\"a\":[1.5e3,\"\\uD83D\\uDEA2é\",true,null],\"b\":{}}".utf8)
    for end in bytes.indices {
      #expect(throws: JSONSyntaxError.self) { try JSONReader.value(of: Array(bytes[..<end])) }
    }
  }
}
