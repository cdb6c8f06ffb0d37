import TestKit
import Testing

@testable import Records

@Suite struct JSONCheckTests {
  private static func isValue(_ text: [UInt8]) -> Bool {
    let bytes = text + [.lineFeed] + [UInt8](repeating: 0, count: ByteBuffer.slack)
    var check = JSONCheck()
    guard let end = check.value(bytes.span, from: 0, to: text.count) else { return false }
    return check.skip(bytes.span, from: end, to: text.count) == text.count
  }

  /// The fast check agrees with the parser on sound values and on what a few flipped bytes make of them.
  @Test func agreesWithTheParser() {
    let seeds = [
      #"{"a":[1,2.5e-3,{"b":null}],"c":"\u00fc\ud83d\ude00 \\ \""}"#, "[]", "{}", "[[[]]]", "-0.5", "\"\"", " true ",
      "[true,false,null]", #"{"a":{},"b":[]}"#, "[1,\n2]",
    ].map { Array($0.utf8) }
    var dice = SplitMix64(seed: 11)
    let alphabet = Array("{}[]\",:0123.eE-+tfn\\u \n".utf8)
    for seed in seeds {
      #expect(Self.isValue(seed))
      for _ in 0..<3000 {
        var text = seed
        for _ in 0..<Int.random(in: 1...3, using: &dice) where !text.isEmpty {
          let at = Int.random(in: 0..<text.count, using: &dice)
          switch Int.random(in: 0..<3, using: &dice) {
          case 0: text[at] = alphabet.randomElement(using: &dice) ?? 0
          case 1: text.remove(at: at)
          default: text.insert(alphabet.randomElement(using: &dice) ?? 0, at: at)
          }
        }
        #expect(Self.isValue(text) == (JSONValue(text) != nil), "\(String(decoding: text, as: UTF8.self))")
      }
    }
  }

  @Test func nestingIsBounded() {
    #expect(Self.isValue(Array(String(repeating: "[", count: 64).utf8) + Array(String(repeating: "]", count: 64).utf8)))
    #expect(
      !Self.isValue(Array(String(repeating: "[", count: 65).utf8) + Array(String(repeating: "]", count: 65).utf8)))
    #expect(!Self.isValue([UInt8](repeating: .openBracket, count: 100_000)))
  }
}
