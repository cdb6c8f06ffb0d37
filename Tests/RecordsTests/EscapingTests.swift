import TestKit
import Testing

@testable import Records

@Suite struct EscapingTests {
  /// Bytes that are special to a word, to CSV or to JSON, and their neighbours.
  private static let specials = (0x01...0x23).map { UInt8($0) } + [0x27, 0x2C, 0x5B, 0x5C, 0x5D, 0x7F]

  private static func quoted(_ bytes: [UInt8], by quote: UInt8) -> [UInt8] {
    [quote] + bytes.flatMap { $0 == quote ? [$0, $0] : [$0] } + [quote]
  }

  private static func expect(_ text: [UInt8], _ answer: Encoder.Answer) {
    guard case .row(let row) = answer else {
      Issue.record("\(text) was refused")
      return
    }
    let expected = JSONValue.object([("v", .string(String(decoding: text, as: UTF8.self)))])
    #expect(JSONValue(Array(row.utf8)) == (text.isEmpty ? .object([]) : expected), "\(text)")
  }

  @Test func everySpecialByteIsEscapedAtEveryPlaceOfAWord() throws {
    let encoder = Encoder(rule(.string))
    for length in [1, 7, 8, 9, 17] {
      for place in 0..<length {
        for byte in Self.specials {
          var text = [UInt8](repeating: 0x61, count: length)
          text[place] = byte
          Self.expect(text, try encoder.csv(Self.quoted(text, by: .quote)))
        }
      }
    }
  }

  @Test(arguments: [UInt8.quote, UInt8(ascii: "'")])
  func runsOfQuotesAndBackslashesOfEveryLengthComeThrough(_ quote: UInt8) throws {
    let encoder = Encoder(rule(.string), dialect: CSVDialect(quote: quote))
    for length in 0...40 {
      for pattern in [
        [UInt8.quote], [.backslash], [UInt8(ascii: "'")], [0x61], [.quote, 0x61, .backslash], [0x01], [0xC3, 0xA9],
      ] {
        let text = (0..<length).flatMap { _ in pattern }
        Self.expect(text, try encoder.csv(Self.quoted(text, by: quote)))
      }
      for end in [UInt8.quote, .backslash, .lineFeed, UInt8(ascii: "'")] {
        let text = [UInt8](repeating: 0x61, count: length) + [end]
        Self.expect(text, try encoder.csv(Self.quoted(text, by: quote)))
        Self.expect([end] + text, try encoder.csv(Self.quoted([end] + text, by: quote)))
      }
    }
  }

  @Test func jsonStringsOfEveryLengthAreCopied() throws {
    let encoder = Encoder(rule(.string))
    for length in 1...80 {
      let text = [UInt8](repeating: 0x61, count: length)
      let line = String(decoding: Array("{\"v\":\"".utf8) + text + Array("\",\"w\":\"bbbb\"}".utf8), as: UTF8.self)
      Self.expect(text, try encoder.ndjson(line))
    }
  }

  @Test(arguments: 0..<3 as Range<UInt64>)
  func randomTextComesThroughCSVAndNDJSON(_ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let parts = ["a", "bcdefgh", "\"", "\\", "\n", "\r\n", "\t", "\u{1F}", ",", "é", "😀", "'", "{", "/"]
    let columns = ["a", "b", "c", "d"]
    let root = TemplateNode.object(columns.indices.map { member(columns[$0], $0, rule(.string, .null)) })
    for round in 0..<300 {
      let texts = columns.map { _ in
        (0..<Int.random(in: 0...12, using: &random)).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
      }
      let members = zip(columns, texts).map { (key: $0, value: JSONValue.string($1)) }
      // An empty CSV cell says nothing; an empty JSON string is a value.
      let nulled = members.map { (key: $0.key, value: $0.value == .string("") ? JSONValue.null : $0.value) }
      let dialect = CSVDialect(quote: round % 3 == 0 ? UInt8(ascii: "'") : .quote)
      let fields = texts.map { Array($0.utf8) }
      let encoder = Encoder(root, dialect: dialect)
      guard case .row(let row) = try encoder.csv(CSVText.join(fields, dialect)),
        case .row(let other) = try encoder.ndjson(
          String(decoding: JSONValue.object(members).bytes, as: UTF8.self), columns)
      else {
        Issue.record("\(texts) was refused")
        return
      }
      #expect(JSONValue(Array(row.utf8)) == .object(nulled))
      #expect(JSONValue(Array(other.utf8)) == .object(members))
    }
  }
}
