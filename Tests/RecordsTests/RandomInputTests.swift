import TestKit
import Testing

@testable import Records

@Suite struct RandomInputTests {
  private static func input(_ alphabet: [[UInt8]], _ random: inout SplitMix64) -> [UInt8] {
    (0..<Int.random(in: 0...40, using: &random)).flatMap { _ in alphabet.randomElement(using: &random) ?? [] }
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func whereCSVIsCutNeverChangesTheRecords(_ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let alphabet: [[UInt8]] = ["a", ",", "\"", "\n", "\r", "é"].map { Array($0.utf8) } + [[0], [0xFF]]
    for _ in 0..<700 {
      // Half of the inputs are text, so that records survive.
      let input = Self.input(Bool.random(using: &random) ? alphabet : alphabet.dropLast(2), &random)
      let limit = Bool.random(using: &random) ? 1 << 20 : Int.random(in: 4...20, using: &random)
      let whole = try Reading(csv: input, limit: limit, chunk: 100)
      let cut = try Reading(csv: input, limit: limit, chunk: Int.random(in: 1...9, using: &random), capacity: 8)
      #expect(cut == whole, "\(input), at most \(limit)")
      #expect(whole.isPlaced(in: input), "\(input), at most \(limit)")
    }
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func whereNDJSONIsCutNeverChangesTheRecords(_ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let alphabet: [[UInt8]] =
      [
        "{", "}", "{\"a\":", "}\n", "[", "]", "\"", "\"a\"", ":", ",", "\\", "\\u", "d83d", "1", "-", ".", "e", "true",
        "nul",
      ]
      .map { Array($0.utf8) } + [[0x0A], [0x0D], [0x20], [0xC3, 0xA9], [0], [0xFF]]
    for _ in 0..<700 {
      let input = Self.input(alphabet, &random)
      let limit = Bool.random(using: &random) ? 1 << 20 : Int.random(in: 4...20, using: &random)
      let whole = try Reading(ndjson: input, ["a", "b.0"], limit: limit, chunk: 200)
      let cut = try Reading(
        ndjson: input, ["a", "b.0"], limit: limit, chunk: Int.random(in: 1...9, using: &random), capacity: 8)
      #expect(cut == whole, "\(input), at most \(limit)")
      #expect(whole.isPlaced(in: input), "\(input), at most \(limit)")
    }
  }

  @Test func fieldsComeBackFromQuotedText() throws {
    var random = SplitMix64(seed: 7)
    let alphabet = ["a", ",", "\"", "\n", "\r", "é", ""].map { Array($0.utf8) }
    for _ in 0..<500 {
      let fields = (0..<Int.random(in: 2...5, using: &random)).map { _ in Self.input(alphabet, &random) }
      let line = CSVText.join(fields, CSVDialect())
      #expect(CSVText.split(line, CSVDialect()) == fields)
      let reading = try Reading(csv: line, chunk: 3)
      #expect(reading.found == [.row(line: 1, fields.map { String(decoding: $0, as: UTF8.self) })])
    }
  }
}
