import Testing

@testable import Records

@Suite struct ValueTests {
  /// What the member `v` becomes: JSON, or the words of the refusal after the field's name; "-" when it is left out.
  private static func value(_ answer: Encoder.Answer) -> String {
    switch answer {
    case .row("{}"): "-"
    case .row(let text): String(text.dropFirst(#"{"v":"#.count).dropLast())
    case .refused(let problems): problems.map { "\($0.column): \($0.words)" }.joined(separator: "; ")
    }
  }

  @Test(arguments: [
    (ValueKind.number, #"[1, 2.5]"#, true), (.number, #"[1, "x"]"#, false), (.number, #"[{"y": 1}]"#, false),
    (.integer, "[1, -2]", true), (.integer, "[1.5]", false), (.boolean, "[true]", true), (.boolean, "[1]", false),
    (.string, #"["a", 1, true]"#, true), (.string, "[[]]", false), (.string, "[null]", false),
  ])
  func aJSONArrayIsAListOfWhatIsWanted(_ element: ValueKind, _ json: String, _ isList: Bool) throws {
    let row = try Encoder(rule(.list) { $0.element = element }).ndjson("{\"v\":\(json)}")
    #expect((Self.value(row) == json) == isList)
  }

  @Test(
    arguments: [
      (.string, "abc", #""abc""#), (.string, "12.10", #""12.10""#), (.string, "\"a,\"\"b\"\"\"", #""a,\"b\"""#),
      (.string, "é\\\t", #""é\\\t""#),
      (.string, "\"\"\"\"", #""\"""#), (.string, "a\"b", #""a\"b""#), (.string, ",", "-"), (.string, "\"\"", "-"),
      (.number, "12.10", "12.10"), (.number, "\"-1E5\"", "-1E5"),
      (.number, "12345678901234567890.0", "12345678901234567890.0"),
      (.number, "x", "col: 'f' is 'x', expected a number such as 12.50"), (.number, "1,5", "1"),
      (.number, "\"1,5\"", "col: 'f' is '1,5', expected a number such as 12.50"),
      (.number, " 1", "col: 'f' is ' 1', expected a number such as 12.50"),
      (.number, "01", "col: 'f' is '01', expected a number such as 12.50"),
      (.number, "\"1\"\"\"", "col: 'f' is '1\"', expected a number such as 12.50"),
      (.integer, "-12", "-12"), (.integer, "1.0", "col: 'f' is '1.0', expected a whole number"),
      (.integer, "1e2", "col: 'f' is '1e2', expected a whole number"),
      (.boolean, "true", "true"), (.boolean, "false", "false"), (.boolean, "TRUE", "true"), (.boolean, "Yes", "true"),
      (.boolean, "0", "false"), (.boolean, "n", "false"),
      (.boolean, "\"t\"", "true"), (.boolean, "truex", "col: 'f' is 'truex', expected true or false"),
      (.boolean, "2", "col: 'f' is '2', expected true or false"),
      (.time, "2026-01-31T08:00:00+00:00", #""2026-01-31T08:00:00Z""#),
      (.time, "31.01.2026", "col: 'f' is '31.01.2026', expected a time such as 2026-01-31T08:00:00Z"),
      (.json, "\"{\"\"a\"\": [1]}\"", #"{"a": [1]}"#), (.json, "12", "12"), (.json, "\"[1,\r\n2]\"", "[1,2]"),
      (.json, "{a}", "col: 'f' is '{a}', expected JSON"), (.json, "abc", "col: 'f' is 'abc', expected JSON"),
      (.list, "a; b ;;c", #"["a","b","c"]"#), (.list, "a", #"["a"]"#), (.list, ";", "[]"),
      (.any, "12", #""12""#), (.any, "\"a\"\"b\"", #""a\"b""#), (.any, "null", #""null""#),
    ] as [(ValueKind, String, String)])
  func csvCellsBecomeValues(_ kind: ValueKind, _ record: String, _ expected: String) throws {
    #expect(Self.value(try Encoder(rule(kind)).csv(record)) == expected)
  }

  @Test(
    arguments: [
      (.string, #""abc""#, #""abc""#), (.string, #""a\n\u00e9\/\"""#, #""a\n\u00e9\/\"""#),
      (.string, "12.10", #""12.10""#),
      (.string, "true", #""true""#), (.string, #""""#, #""""#),
      (.string, "[1]", "col: 'f' is '[1]', expected text"), (.string, "null", "-"),
      (.string, #""\u0000""#, #""\u0000""#),
      (.number, "12.10", "12.10"), (.number, #""12.10""#, "12.10"), (.number, #""\u0031""#, "1"),
      (.number, "true", "col: 'f' is 'true', expected a number such as 12.50"), (.number, #""""#, "-"),
      (.number, "[1]", "col: 'f' is '[1]', expected a number such as 12.50"), (.integer, "7", "7"),
      (.integer, "7.0", "col: 'f' is '7.0', expected a whole number"),
      (.integer, "false", "col: 'f' is 'false', expected a whole number"),
      (.boolean, "true", "true"), (.boolean, "false", "false"), (.boolean, "1", "true"), (.boolean, #""yes""#, "true"),
      (.boolean, #""true""#, "true"), (.boolean, "{}", "col: 'f' is '{}', expected true or false"),
      (.time, #""2026-01-31t08:00:00z""#, #""2026-01-31T08:00:00Z""#),
      (.time, "true", "col: 'f' is 'true', expected a time such as 2026-01-31T08:00:00Z"),
      (.json, #"{"a" : [1]}"#, #"{"a" : [1]}"#), (.json, "1.50", "1.50"), (.json, "true", "true"),
      (.json, #""a\tb""#, #""a\tb""#),
      (.list, #"["a", 1]"#, #"["a", 1]"#), (.list, #""a;b""#, #"["a","b"]"#), (.list, "1", #"["1"]"#),
      (.list, "{}", "col: 'f' is '{}', expected a list of strings separated by ';'"),
      (.any, "1.50", "1.50"), (.any, "true", "true"), (.any, #""x""#, #""x""#), (.any, #""\"""#, #""\"""#),
      (.any, #"[1,{"a":null}]"#, #"[1,{"a":null}]"#), (.any, "null", "-"),
    ] as [(ValueKind, String, String)])
  func ndjsonCellsBecomeValues(_ kind: ValueKind, _ json: String, _ expected: String) throws {
    #expect(Self.value(try Encoder(rule(kind)).ndjson("{\"v\":\(json)}")) == expected)
  }

  @Test(arguments: ValueKind.allCases)
  func emptyCellsFollowThePolicy(_ kind: ValueKind) throws {
    for record in [",x", "\"\",x"] {
      #expect(Self.value(try Encoder(rule(kind, .omit)).csv(record)) == "-")
      #expect(Self.value(try Encoder(rule(kind, .null)).csv(record)) == "null")
      #expect(Self.value(try Encoder(rule(kind, .reject)).csv(record)).hasPrefix("col: 'f' is empty, expected "))
    }
    for record in ["{}", "{\"v\":null}"] + (kind == .string || kind == .any ? [] : ["{\"v\":\"\"}"]) {
      #expect(Self.value(try Encoder(rule(kind, .omit)).ndjson(record)) == "-")
      #expect(Self.value(try Encoder(rule(kind, .null)).ndjson(record)) == "null")
      #expect(Self.value(try Encoder(rule(kind, .reject)).ndjson(record)).hasPrefix("col: 'f' is empty, expected "))
    }
  }

  /// Rules, each with a text that keeps it and the words for one that does not.
  private static let rules: [(String, ValueRule, good: String, bad: String, words: String)] = [
    ("choices", rule(.string) { $0.choices = ["a", "b"] }, "b", "c", "col: 'f' is 'c', expected one of a, b"),
    ("longest", rule(.string) { $0.maximumLength = 3 }, "é€😀", "abcd", "col: 'f' has 4 characters, expected at most 3"),
    ("shortest", rule(.string) { $0.minimumLength = 2 }, "éé", "é", "col: 'f' is shorter than 2 characters: 'é'"),
    (
      "characters", rule(.string) { $0.characters = CharacterSet("ab-", pattern: "^[ab-]+$") }, "a-b", "a b",
      "col: 'f' is 'a b', expected only the characters ^[ab-]+$"
    ),
    ("numeric text", rule(.string) { $0.isNumericText = true }, "1.50", "x", "col: 'f' is 'x', expected a number"),
    (
      "least", rule(.number) { $0.minimum = DecimalText(Array("0".utf8)) }, "0.0", "-0.001",
      "col: 'f' is -0.001, expected a number of at least 0"
    ),
    (
      "most", rule(.integer) { $0.maximum = DecimalText(Array("9007199254740993".utf8)) }, "9007199254740993",
      "9007199254740994", "col: 'f' is 9007199254740994, expected a number of at most 9007199254740993"
    ),
    (
      "range",
      rule(.number) { ($0.minimum, $0.maximum) = (DecimalText(Array("1".utf8)), DecimalText(Array("2".utf8))) }, "1.5",
      "2.01", "col: 'f' is 2.01, expected a number from 1 to 2"
    ),
    (
      "numbers in a list", rule(.list) { $0.element = .number }, "1; 2.50", "1;x",
      "col: 'f' is '1;x', expected a list of numbers separated by ';'"
    ),
    (
      "whole numbers in a list", rule(.list) { ($0.element, $0.separator) = (.integer, UInt8(ascii: "|")) }, "1|2",
      "1|2.0", "col: 'f' is '1|2.0', expected a list of integers separated by '|'"
    ),
    (
      "booleans in a list", rule(.list) { $0.element = .boolean }, "yes;no", "yes;x",
      "col: 'f' is 'yes;x', expected a list of booleans separated by ';'"
    ),
    ("time", rule(.time) { $0.time = .unix }, "0", "x", "col: 'f' is 'x', expected a time in the job's format"),
  ]

  @Test(arguments: rules.indices)
  func ruleIsKeptByWhateverIsWritten(_ index: Int) throws {
    let (_, rule, good, bad, words) = Self.rules[index]
    for record in [good, "\"\(good)\""] { #expect(!Self.value(try Encoder(rule).csv(record)).contains("col")) }
    for record in [bad, "\"\(bad)\""] { #expect(Self.value(try Encoder(rule).csv(record)) == words) }
    #expect(!Self.value(try Encoder(rule).ndjson("{\"v\":\"\(good)\"}")).contains("col"))
    #expect(Self.value(try Encoder(rule).ndjson("{\"v\":\"\(bad)\"}")) == words)
  }

  @Test func lengthsAreCountedInCharactersWithDoubledQuotesOnce() throws {
    let short = rule(.string) { $0.maximumLength = 3 }
    #expect(Self.value(try Encoder(short).csv("\"\"\"\"\"\"\"\"")) == #""\"\"\"""#)
    #expect(Self.value(try Encoder(short).ndjson(#"{"v":"\u0061\u0062\u0063"}"#)) == #""abc""#)
    #expect(Self.value(try Encoder(short).ndjson(#"{"v":"\ud83d\ude00\n\n\n"}"#)).contains("4 characters"))
  }

  @Test func emptyTextIsShorterThanOneCharacter() throws {
    let named = rule(.string, .reject) { $0.minimumLength = 1 }
    #expect(Self.value(try Encoder(named).ndjson(#"{"v":""}"#)) == "col: 'f' is shorter than 1 characters: ''")
    #expect(Self.value(try Encoder(named).ndjson(#"{"v":"a"}"#)) == #""a""#)
  }

  @Test func longTextIsShownByItsStart() throws {
    let text = String(repeating: "é", count: 50)
    let words = Self.value(try Encoder(rule(.number)).csv(text))
    #expect(words == "col: 'f' is '\(String(repeating: "é", count: 38))…', expected a number such as 12.50")
  }

  @Test func listElementsAreEscaped() throws {
    #expect(Self.value(try Encoder(rule(.list)).csv("\"a\"\"b;\\;\tc\"")) == #"["a\"b","\\","\tc"]"#)
  }
}
