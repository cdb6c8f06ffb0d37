import TestKit
import Testing

@testable import Records

/// That a line is the row its template writes is checked by `Encoder`, for every row of every test.
@Suite struct RowLineTests {
  private static let kinds: [ValueKind] = [.string, .any, .number, .integer, .boolean, .time, .json, .list]

  @Test func aRowInWhichEveryColumnSaysSomethingIsALine() throws {
    let members = Self.kinds.enumerated().map { member("k\($0)", $0, rule($1), isKey: $0 < 3) }
    let encoder = Encoder(.object([TemplateMember("o", .object(members))]))
    let full = "a,\"b \"\"c\"\"\",1.50,12,true,2026-11-21T00:00:00Z,\"{\"\"x\"\":1}\",a;b"
    #expect(try encoder.isLine(full))
    #expect(try encoder.csv(full) != .refused([]))
    // Said otherwise than JSON says it.
    #expect(try encoder.isLine(full.replacing("true", with: "YES")))
    for (index, field) in ["a", "1.50", "12", "true", "2026-11-21T00:00:00Z", "a;b"].enumerated() {
      let other = full.replacing(field, with: "", maxReplacements: 1)
      #expect(try !encoder.isLine(other), "without \(index): \(other)")
    }
    #expect(try !encoder.isLine(full.replacing("1.50", with: "much")))
  }

  @Test func aComposedValueOrTheRestOfTheMembersMakesNoLine() {
    let composed = TemplateMember("c", .value(TemplateValue(.composed([.column(0), .text([0x61])]), rule(.string))))
    #expect(!Encoder(.object([member("a", 0), composed])).template.line.isPossible)
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func aLineIsTheRowItsTemplateWrites(_ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var column = 0
    let root = Self.object(3, &column, &random)
    let encoder = Encoder(root)
    let texts = ["", "a", "1", "1.5", "true", "é \\", "\"q \"\" q\"", "2026-11-21T00:00:00Z", "[1]", "a;b", "0"]
    for _ in 0..<60 {
      let cells = (0..<max(2, column)).map { _ in texts.randomElement(using: &random) ?? "" }
      _ = try encoder.csv(cells.joined(separator: ","))
      let members = (0..<column).compactMap { index -> String? in
        let text = texts.randomElement(using: &random) ?? ""
        let value = ["1", "1.5", "true", "[1]", "0"].contains(text) ? text : "\"\(text.filter { $0 != "\"" })\""
        return text.isEmpty ? nil : "\"c\(index)\":\(value.replacing("\\", with: "\\\\"))"
      }
      _ = try encoder.ndjson("{\(members.joined(separator: ","))}", (0..<max(1, column)).map { "c\($0)" })
    }
  }

  /// A random object: values of every kind, constants, objects and arrays.
  private static func object(_ depth: Int, _ column: inout Int, _ random: inout SplitMix64) -> TemplateNode {
    .object(
      (0..<Int.random(in: 1...4, using: &random)).map { index in
        TemplateMember("m\(index)", node(depth, &column, &random))
      })
  }

  private static func node(_ depth: Int, _ column: inout Int, _ random: inout SplitMix64) -> TemplateNode {
    switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &random) {
    case 0: return .constant(Array("{\"k\":0}".utf8))
    case 6: return object(depth - 1, &column, &random)
    case 7: return .array([node(depth - 1, &column, &random), node(depth - 1, &column, &random)])
    default:
      column += 1
      let empty: EmptyPolicy = [.omit, .omit, .null, .reject].randomElement(using: &random) ?? .omit
      let rule = rule(kinds.randomElement(using: &random) ?? .string, empty)
      return .value(TemplateValue(.column(column - 1), rule, isKey: Int.random(in: 0..<4, using: &random) == 0))
    }
  }
}
