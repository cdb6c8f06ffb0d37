import Testing

@testable import Records

@Suite struct NumberTests {
  @Test(arguments: [
    "0", "-0", "1", "10", "-12.50", "0.5", "1e5", "1E+5", "1e-05", "1.5e10", "0e0", "12345678901234567890",
  ])
  func numbersAreRead(_ text: String) {
    let bytes = Array(text.utf8)
    let isNumber = bytes.span.isNumber(0..<bytes.count)
    #expect(isNumber)
    #expect(DecimalText(bytes)?.description == text)
    #expect(JSONValue(bytes) == .number(text))
  }

  @Test(arguments: [
    "", "-", "+1", "01", "-01", "1.", ".5", "1e", "1e+", "1.e5", "1,5", "1 ", " 1", "0x1", "NaN", "1e5.5", "--1",
    "1_000", "½",
  ])
  func otherTextIsNoNumber(_ text: String) {
    let bytes = Array(text.utf8)
    let isNumber = bytes.span.isNumber(0..<bytes.count)
    #expect(!isNumber)
    #expect(DecimalText(bytes) == nil)
  }

  @Test(arguments: [
    ("0", true), ("-0", true), ("7", true), ("-12", true), ("12345678901234567890", true), ("", false), ("-", false),
    ("01", false),
    ("-01", false), ("1.0", false), ("1e2", false), ("+1", false), ("1 ", false),
  ])
  func wholeNumbersAreDigitsAfterPerhapsAMinus(_ text: String, _ isInteger: Bool) {
    let bytes = Array(text.utf8)
    let answer = bytes.span.isInteger(0..<bytes.count)
    #expect(answer == isInteger)
  }

  /// Every text of up to `length` bytes of an alphabet, followed by what may stand behind a cell.
  private static func forEachText(upTo length: Int, _ body: ([UInt8], _ count: Int) -> Void) {
    let alphabet = Array("0195.-e:/\u{1}".utf8) + [0xB0, 0xFF]
    var texts: [[UInt8]] = [[]]
    for _ in 0...length {
      for text in texts { body(text + Array(",1.5,23.".utf8), text.count) }
      texts = texts.flatMap { text in alphabet.map { text + [$0] } }
    }
  }

  @Test func aShortDecimalIsWhatIsAnUnsignedNumberWithoutExponent() {
    var wrong: [String] = []
    Self.forEachText(upTo: 4) { bytes, count in
      let plain = bytes.prefix(count).allSatisfy { $0.isDigit || $0 == .point }
      let isNumber = plain && bytes.span.isNumber(0..<count)
      let isInteger = plain && bytes.span.isInteger(0..<count)
      let judged = bytes.span.isShortDecimal(0..<count, point: true)
      let judgedWhole = bytes.span.isShortDecimal(0..<count, point: false)
      if (judged, judgedWhole) != (isNumber, isInteger) { wrong.append(String(decoding: bytes, as: UTF8.self)) }
    }
    #expect(wrong == [])
  }

  @Test func theEndOfAShortDecimalIsThatOfTheNumber() {
    var wrong: [String] = []
    var found = 0
    Self.forEachText(upTo: 4) { bytes, count in
      for limit in count...count + 2 {
        let end = bytes.span.endOfShortDecimal(from: 0, to: limit)
        if end > 0 { found += 1 }
        if end != 0, end != bytes.span.endOfNumber(from: 0, to: limit) || end == limit {
          wrong.append(String(decoding: bytes[..<limit], as: UTF8.self))
        }
      }
    }
    #expect(wrong == [])
    #expect(found > 1000)
  }

  @Test(arguments: [
    ("1,", 1), ("1234567,", 7), ("12345678,", 0), ("12.4567}", 7), ("12.45678]", 0), ("0.5 ", 3), ("01,", 0),
    ("1e5,", 0),
    ("1.5e5,", 0), ("1.,", 0), (".5,", 0), ("-1,", 0), ("1.2.3,", 3), ("0\n", 1),
  ])
  func anEndIsFoundAtOnceForSevenBytesAndLess(_ text: String, _ end: Int) {
    let bytes = Array((text + "1234567").utf8)
    let answer = bytes.span.endOfShortDecimal(from: 0, to: bytes.count)
    #expect(answer == end)
  }

  @Test(arguments: [
    ("12345678", true), ("1234567.", false), ("1234.678", true), ("1.3.5678", false), (".2345678", false),
    ("0.234567", true), ("00.34567", false), ("123456789", false), ("0", true), ("00000000", false),
  ])
  func aDecimalOfUpToEightBytesIsShort(_ text: String, _ isShort: Bool) {
    let bytes = Array((text + ",1234567").utf8)
    let answer = bytes.span.isShortDecimal(0..<text.utf8.count, point: true)
    #expect(answer == isShort)
  }

  /// Each group holds one value in several spellings; the groups ascend.
  private static let ascending = [
    ["-1e9999999999999999999999"], ["-12345678901234567891"], ["-12345678901234567890"], ["-1e2", "-100", "-100.0"],
    ["-2"], ["-1.10", "-1.1"],
    ["-1"], ["-0.001"], ["-1e-9999999999999999999999"], ["0", "-0", "0.00", "0e5", "-0.0e-7"],
    ["1e-9999999999999999999999"], ["0.00099"],
    ["0.001", "1e-3", "100e-5"], ["0.1"], ["0.9999999999999999999"], ["1", "1.000", "10e-1", "0.01e+2"],
    ["1.0000000000000000001"], ["2"],
    ["9.99"], ["10", "1e1"], ["11"], ["100"], ["12345678901234567890"], ["12345678901234567891"],
    ["1e9999999999999999999999"],
  ]

  @Test func decimalsAreOrderedByValueNotThroughDouble() throws {
    for (i, lows) in Self.ascending.enumerated() {
      for (j, highs) in Self.ascending.enumerated() {
        for low in lows {
          for high in highs {
            let a = try #require(DecimalText(Array(low.utf8)))
            let b = try #require(DecimalText(Array(high.utf8)))
            #expect((a < b) == (i < j), "\(low) and \(high)")
          }
        }
      }
    }
  }
}
