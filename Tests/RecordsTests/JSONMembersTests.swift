import Testing

@testable import Records

@Suite struct JSONMembersTests {
  private func buffer(_ text: String) -> ByteBuffer {
    let buffer = ByteBuffer(capacity: 8)
    buffer.append(Array("xx".utf8) + Array(text.utf8) + Array("yy".utf8))
    return buffer
  }

  private func members(_ text: String) -> [String] {
    let bytes = buffer(text)
    return JSONMembers.of(bytes, 2..<bytes.count - 2).map { member in
      [member.key, member.value].map { String(decoding: bytes.bytes($0), as: UTF8.self) }.joined(separator: "=")
    }
  }

  private func elements(_ text: String) -> [String] {
    let bytes = buffer(text)
    return JSONMembers.elements(bytes, 2..<bytes.count - 2).map { String(decoding: bytes.bytes($0), as: UTF8.self) }
  }

  static let objects: [(String, [String])] = [
    ("{}", []), (#"{"a":1}"#, ["a=1"]), (#"{"a":"x","b":null,"c":true}"#, [#"a="x""#, "b=null", "c=true"]),
    (#"{"":"","b":""}"#, [#"="""#, #"b="""#]),
    (#"{"a":{"b":[1,{"c":"}"}]},"d":[]}"#, [#"a={"b":[1,{"c":"}"}]}"#, "d=[]"]),
    (#"{"a\"b":"c\\","d":"\\\"e,}"}"#, [#"a\"b="c\\""#, #"d="\\\"e,}""#]),
    (#"{"a:b,c":"]","d":"[{"}"#, [#"a:b,c="]""#, #"d="[{""#]),
    (#"{"a":[ 1 , { "b" : 2 } ],"c":3}"#, [#"a=[ 1 , { "b" : 2 } ]"#, "c=3"]),
    (#"{"a": [1] ,"b": "x" ,"c": -1.5e3 }"#, ["a=[1]", #"b="x""#, "c=-1.5e3"]),
    (#"{"é🙂":"\u00e9","b":1}"#, [#"é🙂="\u00e9""#, "b=1"]),
  ]

  @Test(arguments: objects) func membersAreFound(_ text: String, _ expected: [String]) {
    #expect(members(text) == expected)
  }

  @Test(arguments: [
    ("[]", []), (#"["a"]"#, [#""a""#]),
    (
      #"["a,b","]","\"","\\",{"x":[1]},[2,3],null]"#,
      [#""a,b""#, #""]""#, #""\"""#, #""\\""#, #"{"x":[1]}"#, "[2,3]", "null"]
    ),
    ("[ 1 , 2 ]", ["1", "2"]),
  ]) func elementsAreFound(_ text: String, _ expected: [String]) {
    #expect(elements(text) == expected)
  }

  /// Whatever is cut off, nothing is read beyond the range, and the walk ends.
  @Test func textThatIsCutAnywhereEndsTheWalk() {
    let whole = #"{"a\"":{"b":[1,"x\\"]},"c":"d\u0041","e": [ 2 ] }"#
    for count in 0...whole.utf8.count {
      let part = buffer(String(decoding: whole.utf8.prefix(count), as: UTF8.self))
      let range = 2..<max(2, part.count - 2)
      for member in JSONMembers.of(part, range) {
        #expect(range.contains(member.key.lowerBound) && member.value.upperBound <= range.upperBound)
      }
      for element in JSONMembers.elements(part, range) { #expect(element.upperBound <= range.upperBound) }
    }
  }

  @Test func partsOfARowAreTold() {
    let bytes = buffer(#"{"serial":["p","q"],"address":{"id":"a"},"frame":{"s":1},"item":{"v":[ 2 ]}}"#)
    let row = RequestRow(bytes, 2..<bytes.count - 2)
    let texts = ([row.address, row.frame, row.item] + row.serials).map {
      String(decoding: bytes.bytes($0), as: UTF8.self)
    }
    #expect(texts == [#"{"id":"a"}"#, #"{"s":1}"#, #"{"v":[ 2 ]}"#, #""p""#, #""q""#])
    let little = RequestRow(buffer(#"{"item":"x"}"#), 2..<14)
    #expect(little.serials.isEmpty && little.address.isEmpty && little.frame.isEmpty && little.item.count == 3)
  }
}
