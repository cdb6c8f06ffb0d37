import Testing

@testable import Records

@Suite struct CSVLineTests {
  private func line(_ json: String, _ columns: [String]) -> CSVLine {
    let buffer = ByteBuffer(capacity: 8)
    buffer.append(Array(json.utf8))
    return CSVLine(buffer, 0..<buffer.count, columns: columns.map { Array($0.utf8) })
  }

  static let lines: [(json: String, columns: [String], line: String)] = [
    (#"{"a":"x","b":12.50,"c":true,"d":null}"#, ["a", "b", "c", "d"], "x,12.50,true,"),
    (#"{"b":"y"}"#, ["a", "b", "c"], ",y,"), ("{}", ["a", "b"], ","), ("{}", ["a"], "\"\""),
    (#"{"b":1,"a":2}"#, ["a", "b"], "2,1"), (#"{"a":"null","b":"true"}"#, ["a", "b"], "null,true"),
    (#"{"a":"say \"hi\", please"}"#, ["a"], #""say ""hi"", please""#),
    (#"{"a":"back\\slash","b":"tab\there"}"#, ["a", "b"], "back\\slash,tab\there"),
    (#"{"a":"\u00e9\ud83d\ude00é"}"#, ["a"], "é😀é"), (#"{"a":"\u0001\u001f"}"#, ["a"], "\u{1}\u{1F}"),
    (#"{"a":"{}[]","b":" x "}"#, ["a", "b"], "{}[], x "),
    (
      #"{"value":"V","attributes":{"k":"a,\"b\"","n":1}}"#, ["value", "attributes"],
      #"V,"{""k"":""a,\""b\"""",""n"":1}""#
    ),
    (#"{"a": [ 1, 2 ] ,"b":"z"}"#, ["a", "b"], #""[ 1, 2 ]",z"#),
    (#"{"ab":"1","a":"2"}"#, ["a", "ab"], "2,1"),
  ]

  @Test(arguments: lines) func rowBecomesALine(_ json: String, _ columns: [String], _ text: String) {
    let line = line(json, columns)
    #expect(String(decoding: line.bytes, as: UTF8.self) == text + "\n" && !line.hasBreaks)
  }

  @Test(arguments: [#"\n"#, #"\r"#, #"\r\n"#, #"\u000a"#]) func breaksAreQuotedAndTold(_ escape: String) {
    let line = line("{\"a\":\"x\(escape)y\",\"b\":\"\\u2028\"}", ["a", "b"])
    #expect(line.hasBreaks && line.bytes.first == .quote)
    // The same fields come out again.
    let fields = CSVText.split(line.bytes.dropLast(), CSVDialect())
    #expect(fields?.count == 2 && fields?[1] == Array("\u{2028}".utf8))
  }

  @Test func everyCharacterSurvives() {
    let text = String((0..<0x250).compactMap { Unicode.Scalar($0).map(Character.init) })
    let json = String(decoding: JSONText.quoted(text), as: UTF8.self)
    let line = line("{\"a\":\(json),\"b\":1}", ["a", "b"])
    #expect(CSVText.split(line.bytes.dropLast(), CSVDialect())?.first == Array(text.utf8))
  }
}
