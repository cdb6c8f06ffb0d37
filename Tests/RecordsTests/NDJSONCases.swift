import Records

private func text(_ text: String) -> [UInt8] { Array(text.utf8) }

private func bad(_ fault: JSONFault, _ byte: Int) -> Found { .bad(line: 1, .invalidJSON(fault), byte: byte) }

extension DecodingCase {
  static let ndjson = paths + values + lines + brokenJSON + orders + unfinished + notTextJSON + deep

  private static let good = Found.row(line: 2, ["good"])

  /// A first line that cannot be read; the next one can.
  private static func line(_ name: String, _ json: String, _ found: Found) -> DecodingCase {
    DecodingCase(name, json + "\n{\"a\":\"good\"}\n", [found, good], columns: ["a"])
  }

  /// A line whose columns are these texts.
  private static func row(_ name: String, _ json: String, _ columns: [String], _ texts: [String]) -> DecodingCase {
    DecodingCase(name, json + "\n", [.row(line: 1, texts)], columns: columns)
  }

  private static let paths: [DecodingCase] = [
    row("columns in any order", #"{"b":"2","c":"3","a":"1"}"#, ["a", "b"], ["1", "2"]),
    row("nested path", #"{"a":{"x":0,"b":{"c":"deep"}},"z":1}"#, ["a.b.c"], ["deep"]),
    row("path and its parent", #"{"a":{"b":"1"}}"#, ["a", "a.b"], [#"<composite>{"b":"1"}"#, "1"]),
    row(
      "element of an array", #"{"list":["p","q",["r","s"]]}"#, ["list.0", "list.2.1", "list.9"],
      ["p", "s", "<missing>"]),
    row("number as a key", #"{"list":{"0":"x"}}"#, ["list.0"], ["x"]),
    row("objects in an array", #"{"list":[{"id":"a"},{"id":"b"}]}"#, ["list.1.id"], ["b"]),
    row("escaped point", #"{"a.b":"1","a":{"b":"2"}}"#, [#"a\.b"#, "a.b"], ["1", "2"]),
    row("escaped backslash", #"{"a\\b":"1"}"#, [#"a\\b"#], ["1"]),
    row("key spelled with escapes", #"{"\u0061\/":"1"}"#, ["a/"], ["1"]),
    row("empty key", #"{"":"1"}"#, [""], ["1"]),
    row("key with spaces and accents", #"{"the né 😀":"1"}"#, ["the né 😀"], ["1"]),
    row("missing columns", "{}", ["a", "b.c"], ["<missing>", "<missing>"]),
    row("path through a text", #"{"a":"x"}"#, ["a.b"], ["<missing>"]),
  ]

  private static let values: [DecodingCase] = [
    row(
      "numbers keep their digits", #"{"a":12.10,"b":12345678901234567890,"c":-0.0,"d":1E+2,"e":0}"#,
      ["a", "b", "c", "d", "e"],
      ["<number>12.10", "<number>12345678901234567890", "<number>-0.0", "<number>1E+2", "<number>0"]),
    row(
      "literals", #"{"a":true,"b":false,"c":null,"d":"null"}"#, ["a", "b", "c", "d"],
      ["<boolean>true", "<boolean>false", "<null>", "null"]),
    row(
      "composites stay as written", #"{"a":{"x" : [1, 2]},"b":[ ],"c":{ }}"#, ["a", "b", "c"],
      [#"<composite>{"x" : [1, 2]}"#, "<composite>[ ]", "<composite>{ }"]),
    row("escapes", #"{"a":"\"\\\/\b\f\n\r\t\u0000\u00e9\u20AC"}"#, ["a"], ["\"\\/\u{8}\u{C}\n\r\t\u{0}é€"]),
    row("surrogate pair", #"{"a":"\ud83d\uDE00x"}"#, ["a"], ["😀x"]),
    row("last and first pair", #"{"a":"\ud800\udc00\udbff\udfff"}"#, ["a"], ["\u{10000}\u{10FFFF}"]),
    row(
      "plain text of many lengths", #"{"a":"","b":"1234567","c":"12345678","d":"é€😀 123456789"}"#,
      ["a", "b", "c", "d"], ["", "1234567", "12345678", "é€😀 123456789"]),
    row("delete is no control character", "{\"a\":\"\u{7F}\"}", ["a"], ["\u{7F}"]),
  ]

  private static let lines: [DecodingCase] = [
    DecodingCase("nothing", "", [], columns: ["a"]),
    DecodingCase(
      "blank lines", "\n \t\n{\"a\":\"x\"}\r\n\r\n  {\"a\":\"y\"}  \n", [.row(line: 3, ["x"]), .row(line: 5, ["y"])],
      columns: ["a"]),
    DecodingCase(
      "spaces everywhere", " { \"a\" :\t\"x\" , \"b\" : [ 1 , 2 ] } \r\n", [.row(line: 1, ["x"])], columns: ["a"]),
    DecodingCase(
      "no last line end", "{\"a\":\"x\"}\n{\"a\":\"y\"}", [.row(line: 1, ["x"]), .row(line: 2, ["y"])], columns: ["a"]),
    DecodingCase("last line ends in CR", "{\"a\":\"x\"}\r", [.row(line: 1, ["x"])], columns: ["a"]),
    DecodingCase("byte order mark", "\u{FEFF}{\"a\":\"x\"}\n", [.row(line: 1, ["x"])], columns: ["a"]),
    DecodingCase("no columns wanted", "{\"a\":\"x\"}\n", [.row(line: 1, [])]),
    DecodingCase(
      "just short enough", "{\"a\":1}\n{\"a\":2}\n", [.row(line: 1, ["<number>1"]), .row(line: 2, ["<number>2"])],
      columns: ["a"], limit: 8),
    DecodingCase(
      "too long", "{\"a\":12}\n{\"a\":2}\n",
      [.bad(line: 1, .tooLong(limit: 8), byte: 0), .row(line: 2, ["<number>2"])], columns: ["a"], limit: 8),
    DecodingCase(
      "far too long", "{\"a\":1}\n{\"a\":\"123456789012345678901234567890\"}\n{\"a\":2}\n",
      [.row(line: 1, ["<number>1"]), .bad(line: 2, .tooLong(limit: 8), byte: 8), .row(line: 3, ["<number>2"])],
      columns: ["a"], limit: 8),
    DecodingCase(
      "malformed, then too long", "{1 34567890123\n{\"a\":2}\n",
      [bad(.unexpectedByte, 1), .row(line: 2, ["<number>2"])], columns: ["a"], limit: 8),
  ]

  private static let brokenJSON: [DecodingCase] = [
    line("array", "[1]", .bad(line: 1, .notAnObject, byte: 0)),
    line("text", " \"a\"", .bad(line: 1, .notAnObject, byte: 1)),
    line("CSV", "sku,name", .bad(line: 1, .notAnObject, byte: 0)),
    line("text after the object", #"{"a":1} x"#, bad(.trailingText, 8)),
    line("two objects", #"{"a":1}{"a":2}"#, bad(.trailingText, 7)),
    line("leading zero", #"{"a":01}"#, bad(.unexpectedByte, 6)),
    line("no fraction", #"{"a":1.}"#, bad(.badNumber, 5)),
    line("only a minus", #"{"a":-}"#, bad(.badNumber, 5)),
    line("no whole part", #"{"a":.5}"#, bad(.unexpectedByte, 5)),
    line("no exponent", #"{"a":1e}"#, bad(.badNumber, 5)),
    line("exponent without digits", #"{"a":1e+,"b":2}"#, bad(.badNumber, 5)),
    line("plus", #"{"a":+1}"#, bad(.unexpectedByte, 5)),
    line("hexadecimal", #"{"a":0x1}"#, bad(.unexpectedByte, 6)),
    line("infinity", #"{"a":-Infinity}"#, bad(.badNumber, 5)),
    line("not a number", #"{"a":NaN}"#, bad(.unexpectedByte, 5)),
    line("misspelled true", #"{"a":tru}"#, bad(.badLiteral, 5)),
    line("capital null", #"{"a":nuLL}"#, bad(.badLiteral, 5)),
    line("longer than true", #"{"a":truely}"#, bad(.unexpectedByte, 9)),
    line("unknown escape", #"{"a":"\x"}"#, bad(.badEscape, 6)),
    line("not hexadecimal", #"{"a":"\u00g0"}"#, bad(.badEscape, 6)),
    line("high surrogate alone", #"{"a":"\ud800"}  "#, bad(.loneSurrogate, 6)),
    line("high surrogate before text", #"{"a":"\ud800abcdefgh"}"#, bad(.loneSurrogate, 6)),
    line("high surrogate before another", #"{"a":"\ud800\ud800"}"#, bad(.loneSurrogate, 6)),
    line("low surrogate alone", #"{"a":"x\udc00"}"#, bad(.loneSurrogate, 7)),
    line("control character", "{\"a\":\"x\u{1}\"}", bad(.controlCharacter, 7)),
    line("tab in a string", "{\"a\":\"\t\"}", bad(.controlCharacter, 6)),
    line("NUL in a string", "{\"a\":\"\u{0}\"}", bad(.controlCharacter, 6)),
    line("NUL outside strings", "{\"a\":\u{0}1}", bad(.unexpectedByte, 5)),
    line("comma at the end", #"{"a":1,}"#, bad(.unexpectedByte, 7)),
    line("comma at the end of an array", #"{"a":[1,]}"#, bad(.unexpectedByte, 8)),
    line("two commas", #"{"a":1,,"b":2}"#, bad(.unexpectedByte, 7)),
    line("no colon", #"{"a" 1}"#, bad(.unexpectedByte, 5)),
    line("no quotes", #"{a:1}"#, bad(.unexpectedByte, 1)),
    line("apostrophes", "{'a':1}", bad(.unexpectedByte, 1)),
    line("wrong bracket", #"{"a":[1}"#, bad(.unexpectedByte, 7)),
    line("same key twice", #"{"a":1,"b":2,"a":3}"#, bad(.duplicateKey, 14)),
    line("same key, spelled with escapes", #"{"a":1,"\u0061":3}"#, bad(.duplicateKey, 8)),
    line("same key in a nested object", #"{"x":[{"k":1,"k":2}]}"#, bad(.duplicateKey, 14)),
    row("same key in different objects", #"{"a":{"a":{"a":"1"},"b":{"a":2}},"b":{"a":3}}"#, ["a.a.a"], ["1"]),
  ]

  /// The decoder foresees keys in the order of the lines before.
  private static let orders: [DecodingCase] = [
    DecodingCase(
      "keys in another order each line",
      #"""
      {"a":"1","b":"2","c":"3"}
      {"c":"3","a":"1","b":"2"}
      {"c":"3","a":"1","b":"2"}
      {"b":"2","x":0,"a":"1"}
      {"\u0062":"2","a":"1","c":"3"}

      """#,
      [
        .row(line: 1, ["1", "2", "3"]), .row(line: 2, ["1", "2", "3"]), .row(line: 3, ["1", "2", "3"]),
        .row(line: 4, ["1", "2", "<missing>"]), .row(line: 5, ["1", "2", "3"]),
      ], columns: ["a", "b", "c"]),
    DecodingCase(
      "a foreseen key twice", "{\"b\":1,\"a\":2}\n{\"a\":1,\"b\":2}\n{\"a\":1,\"b\":2,\"a\":3}\n",
      [
        .row(line: 1, ["<number>2", "<number>1"]), .row(line: 2, ["<number>1", "<number>2"]),
        .bad(line: 3, .invalidJSON(.duplicateKey), byte: 42),
      ], columns: ["a", "b"]),
    row(
      "a key that begins like the foreseen one", #"{"name":1,"names":2,"nam":3}"#, ["names", "nam"],
      ["<number>2", "<number>3"]),
    row(
      "columns that JSON spells otherwise", #"{"a\"b":1,"c\\d":2,"é":3,"":4}"#, [#"a"b"#, #"c\\d"#, "é", ""],
      ["<number>1", "<number>2", "<number>3", "<number>4"]),
    row(
      "more columns than are foreseen", members(100), (0..<100).map(String.init),
      [String](repeating: "<number>0", count: 100)),
    line(
      "a late key twice", String(members(100).dropLast()) + ",\"99\":1}",
      bad(.duplicateKey, members(100).utf8.count + 1)),
  ]

  private static let unfinished: [DecodingCase] = [
    line("open object", "{", bad(.unexpectedEnd, 1)),
    line("open key", #"{"a"#, bad(.unexpectedEnd, 3)),
    line("no value", #"{"a":"#, bad(.unexpectedEnd, 5)),
    line("open string", #"{"a":"xyz"#, bad(.unexpectedEnd, 9)),
    line("open escape", #"{"a":"xyz\"#, bad(.unexpectedEnd, 10)),
    line("open number", #"{"a":1"#, bad(.unexpectedEnd, 6)),
    line("open array", #"{"a":[1,"#, bad(.unexpectedEnd, 8)),
    line("object after a comma", #"{"a":1,"#, bad(.unexpectedEnd, 7)),
    line("open hexadecimal escape", #"{"a":"\u12"#, bad(.badEscape, 6)),
    line("open pair", #"{"a":"\ud83d"#, bad(.loneSurrogate, 6)),
    atEnd("open object at the end", "{", bad(.unexpectedEnd, 1)),
    atEnd("open string at the end", #"{"a":"xyz"#, bad(.unexpectedEnd, 9)),
    atEnd("open escape at the end", #"{"a":"xyz\"#, bad(.unexpectedEnd, 10)),
    atEnd("open number at the end", #"{"a":1"#, bad(.unexpectedEnd, 6)),
    atEnd("open literal at the end", #"{"a":tr"#, bad(.badLiteral, 5)),
    atEnd("open hexadecimal escape at the end", #"{"a":"\u12"#, bad(.badEscape, 6)),
    atEnd("hexadecimal escape at the end", #"{"a":"\u1234"#, bad(.unexpectedEnd, 12)),
    atEnd("open pair at the end", #"{"a":"\ud83d"#, bad(.loneSurrogate, 6)),
    atEnd("half a pair at the end", #"{"a":"\ud83d\ude0"#, bad(.loneSurrogate, 6)),
  ]

  private static func atEnd(_ name: String, _ json: String, _ found: Found) -> DecodingCase {
    DecodingCase(name, json, [found], columns: ["a"])
  }

  private static let notTextJSON: [DecodingCase] = [
    DecodingCase(
      "Latin-1", text("{\"a\":\"caf") + [0xE9] + text("\"}\n{\"a\":\"good\"}\n"),
      [.bad(line: 1, .invalidUTF8, byte: 9), good], columns: ["a"]),
    DecodingCase(
      "invalid UTF-8 in an unmapped key", text("{\"") + [0xFF] + text("\":1}\n{\"a\":\"good\"}\n"),
      [.bad(line: 1, .invalidUTF8, byte: 2), good], columns: ["a"]),
    DecodingCase(
      "invalid UTF-8 outside strings", text("{\"a\":") + [0xC3, 0xA9] + text("}\n{\"a\":\"good\"}\n"),
      [bad(.unexpectedByte, 5), good], columns: ["a"]),
    DecodingCase(
      "truncated sequence before the quote", text("{\"a\":\"") + [0xE2, 0x82] + text("\"}\n{\"a\":\"good\"}\n"),
      [.bad(line: 1, .invalidUTF8, byte: 6), good], columns: ["a"]),
    DecodingCase(
      "surrogate", text("{\"a\":\"") + [0xED, 0xA0, 0x80] + text("\"}\n{\"a\":\"good\"}\n"),
      [.bad(line: 1, .invalidUTF8, byte: 6), good], columns: ["a"]),
  ]

  private static func nested(_ depth: Int) -> String {
    "{\"a\":" + String(repeating: "[", count: depth - 1) + String(repeating: "]", count: depth - 1) + "}"
  }

  private static func members(_ count: Int) -> String {
    "{" + (0..<count).map { "\"\($0)\":0" }.joined(separator: ",") + "}"
  }

  private static let deep: [DecodingCase] = [
    row("64 levels", nested(64), ["a.0"], ["<composite>" + nested(63).dropFirst(5).dropLast(1)]),
    line("65 levels", nested(65), bad(.tooDeep, 68)),
    line("hostile depth", "{\"a\":" + String(repeating: "[", count: 9000), bad(.tooDeep, 68)),
    row("1024 members", members(1024), ["1023"], ["<number>0"]),
    line("1025 members", members(1025), bad(.tooManyMembers, members(1024).utf8.count + 1)),
    row("many objects of many members", "{\"x\":[\(members(900)),\(members(900))],\"a\":1}", ["a"], ["<number>1"]),
  ]
}
