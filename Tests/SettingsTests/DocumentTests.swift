import TestKit
import Testing

@testable import Settings

@Suite struct DocumentTests {
  @Test(arguments: [
    ("", "1:1: error: the file is empty; expected a job"),
    ("# nothing\n", "1:1: error: the file is empty; expected a job"),
    ("a: 1\nb: 2\na: 3\n", "1:1: error: key 'a' stands twice in one mapping"),
    ("x:\n  a: 1\n  b: 2\n  b: 3\n", "3:3: error: key 'b' stands twice in one mapping"),
    ("a: &x 1\nb: *x\n", "1:4: error: aliases are not used in job files; write the value out"),
    ("a: &x [1]\nb: [*x, *x]\n", "1:4: error: aliases are not used in job files; write the value out"),
    ("? [1]\n: 2\n", "1:3: error: a key must be text"),
  ])
  func unusableDocumentIsAnIssueWithAPlace(text: String, issue: String) {
    #expect(documentIssues(Array(text.utf8)).first == issue)
  }

  @Test(arguments: [
    ("a: 1\n\tb: 2\n", 2), ("a: [1\nb: 2\n", 2), ("a: 'open\n", 2), ("a: b: c\n", 1), ("a: *none\n", 1),
    ("---\na: 1\n---\nb: 2\n", 3), ("%YAML 9.9\n---\na: 1\n", 1), ("a: \"\\q\"\n", 1), ("}\n", 1), ("a: @b\n", 1),
  ])
  func brokenSyntaxNamesItsLine(text: String, line: Int) {
    let issues = documentIssues(Array(text.utf8))
    #expect(issues.count == 1)
    #expect(issues.first?.hasPrefix("\(line):") == true, "\(issues)")
    #expect(issues.allSatisfy { !$0.contains("\n") })
  }

  static let notUTF8: [(bytes: [UInt8], line: Int)] = [
    ([0x61, 0x3A, 0xFF], 1),
    ([0x61, 0x3A, 0xFF, 0x0A, 0x0A, 0x62], 1),
    (Array("a: 1\nb: ".utf8) + [0xC3, 0x28, 0x0A, 0x63], 2),
    ([0xFF, 0xFE, 0x61, 0x00], 1),
    (Array("a: 1\nü: 2\nb: ".utf8) + [0xE2, 0x82], 3),
  ]

  @Test(arguments: notUTF8)
  func invalidUTF8NamesItsLine(bytes: [UInt8], line: Int) {
    #expect(documentIssues(bytes) == ["\(line):1: error: found bytes that are not UTF-8; save the file as UTF-8"])
  }

  @Test func controlCharactersAreAnIssueThatShowsNoValue() {
    let issues = documentIssues(Array("a: 1\nkey: hunter2 \u{01}\n".utf8))
    #expect(issues.count == 1)
    #expect(issues.first?.hasPrefix("2:") == true, "\(issues)")
    #expect(issues.allSatisfy { !$0.contains("\n") && !$0.contains("hunter2") }, "\(issues)")
  }

  @Test func byteOrderMarkIsTolerated() {
    #expect(documentIssues([0xEF, 0xBB, 0xBF] + Array("a: 1\n".utf8)).isEmpty)
  }

  @Test func fileIsBoundedInBytes() {
    let good = "a: 1\n# " + String(repeating: "x", count: (1 << 20) - 7)
    #expect(documentIssues(Array(good.utf8)).isEmpty)
    #expect(
      documentIssues(Array((good + "x").utf8)) == [
        "1:1: error: the file has 1048577 bytes, more than the 1048576 a job file may have"
      ])
  }

  @Test(arguments: [
    String(repeating: "[", count: 500_000), String(repeating: "{a: ", count: 200_000),
    String(repeating: "- ", count: 500_000) + "a", String(repeating: "? ", count: 500_000) + "a",
    "# " + String(repeating: "]", count: 3000) + "\n" + String(repeating: "[", count: 3000),
    (0..<900).map { String(repeating: " ", count: $0) + "a:\n" }.joined(),
    String(repeating: "[", count: 40) + String(repeating: "]", count: 40),
  ])
  func deepNestingIsAnIssue(text: String) {
    #expect(!documentIssues(Array(text.utf8)).isEmpty)
  }

  @Test func nestingWithinBoundsIsFine() {
    let text = "a: " + String(repeating: "[", count: 31) + String(repeating: "]", count: 31)
    #expect(documentIssues(Array(text.utf8)).isEmpty)
  }

  @Test func tooManyValuesAreAnIssue() {
    let list = "a: [" + String(repeating: "1,", count: 100_001) + "1]"
    #expect(documentIssues(Array(list.utf8)).count == 1)
  }

  @Test func manyAliasesOfAliasesAreRefusedAtOnce() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for i in 1..<30 {
      text += "a\(i): &a\(i) [" + String(repeating: "*a\(i - 1), ", count: 8) + "*a\(i - 1)]\n"
    }
    #expect(documentIssues(Array(text.utf8)).first?.contains("aliases") == true)
    let keys = text + "? *a29\n: 1\n"
    #expect(documentIssues(Array(keys.utf8)).first?.contains("aliases") == true)
  }

  @Test(arguments: 0..<8)
  func randomEditsNeverCrash(seed: UInt64) {
    let good = Array(
      """
      name: catalog-sync
      import:
        source: [../samples/a.csv, "b.csv"]
        settings: { catalogId: 30, action: ADD }
        map:
          sku: sku   # the key
          attributes.size: { column: size, type: 'number' }
          text: |
            many
            lines
          folded: >-
            words
      """.utf8)
    var random = SplitMix64(seed: seed)
    for _ in 0..<400 {
      var bytes = good
      for _ in 0...Int.random(in: 0..<4, using: &random) {
        let at = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: at)
        case 2: bytes.insert(Array("[]{}:,-?&*!|>'\"%@`\n\t #".utf8).randomElement(using: &random) ?? 0, at: at)
        default: bytes.removeSubrange(at..<min(bytes.count - 1, at + 20))
        }
      }
      let issues = documentIssues(bytes)
      #expect(!issues.contains { $0.contains("\n") || $0.contains("nobody was told") }, "\(issues)")
    }
  }
}
