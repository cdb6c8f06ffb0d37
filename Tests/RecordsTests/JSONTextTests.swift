import Testing

@testable import Records

@Suite struct JSONTextTests {
  @Test(arguments: [
    ("", ""), ("abc", "abc"), (#"\"\\\/\b\f\n\r\t"#, "\"\\/\u{8}\u{C}\n\r\t"), (#"\u0041\u00e9\u20AC"#, "Aé€"),
    (#"\ud83d\uDE00"#, "😀"), (#"\u0000"#, "\0"), (#"x\\u0041"#, #"x\u0041"#), (#"é\n😀"#, "é\n😀"),
  ])
  func escapesAreResolved(_ text: String, _ expected: String) {
    let bytes = Array("\"\(text)\"".utf8)
    let content = JSONText.unescape(bytes.span, 1..<bytes.count - 1)
    #expect(content == Array(expected.utf8))
  }

  @Test(
    arguments: [
      ("true", true), ("TRUE", true), ("t", true), ("Yes", true), ("y", true), ("1", true), ("false", false),
      ("F", false), ("no", false), ("N", false), ("0", false),
      ("", nil), ("truth", nil), ("2", nil), ("on", nil), (" true", nil), ("falsey", nil), ("ｙ", nil),
    ] as [(String, Bool?)])
  func wordsForTrueAndFalse(_ text: String, _ expected: Bool?) {
    #expect(CellText.boolean(Array(text.utf8)) == expected)
  }

  @Test func firstAndCountFindABytesAtEveryPlace() {
    for length in 0...40 {
      let bytes = [UInt8](repeating: 0x61, count: length) + [.comma] + [UInt8](repeating: .comma - 1, count: 9)
      for start in 0...length {
        let found = bytes.span.first(.comma, from: start, to: bytes.count)
        let none = bytes.span.first(.comma, from: start, to: length)
        let count = bytes.span.count(of: .comma, in: start..<bytes.count)
        #expect(found == length && none == length && count == 1)
      }
    }
  }
}
