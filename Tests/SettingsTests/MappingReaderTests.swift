import Testing

@testable import Settings

@Suite struct MappingReaderTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var text: String
    var issues: [String]
    var read: @Sendable (inout MappingReader) -> Void

    init(_ text: String, _ issues: String..., read: @escaping @Sendable (inout MappingReader) -> Void) {
      self.text = text
      self.issues = issues
      self.read = read
    }

    var testDescription: String { text }
  }

  static let cases: [Case] = [
    Case("a: [1]", "1:4: error: 'a' must be text, found a list") { _ = $0.string("a") },
    Case("a: { b: 1 }", "1:4: error: 'a' must be text, found a mapping") { _ = $0.string("a") },
    Case("b: 1", "1:1: error: missing key 'a' in the file") { _ = ($0.string("a", required: true), $0.string("b")) },
    Case("a:", "1:1: error: 'a' says nothing; expected a value") { _ = $0.string("a", required: true) },
    Case("\na: ~", "2:1: error: 'a' says nothing; expected a value") { _ = $0.string("a", required: true) },
    Case("a: '${env:NONE}'", "1:4: error: 'a': the environment has no variable 'NONE'") {
      _ = $0.string("a", lookups: lookups)
    },
    Case("a: ${file:none.txt}", "1:4: error: 'a': the file 'none.txt' does not exist") {
      _ = $0.secret("a", lookups: lookups)
    },
    Case("a: [s3cret]", "1:4: error: 'a' must be text") { _ = $0.secret("a", lookups: lookups) },
    Case("a: 12", "1:4: error: 'a' must be a whole number from 1 to 9, found '12'") { _ = $0.integer("a", in: 1...9) },
    Case("a: 0", "1:4: error: 'a' must be a whole number of at least 1, found '0'") {
      _ = $0.integer("a", in: 1...Int.max)
    },
    Case("a: 1.5", "1:4: error: 'a' must be a whole number from 1 to 9, found '1.5'") {
      _ = $0.integer("a", in: 1...9)
    },
    Case("a: +5", "1:4: error: 'a' must be a whole number from 1 to 9, found '+5'") { _ = $0.integer("a", in: 1...9) },
    Case("a: 99999999999999999999", "1:4: error: 'a' must be a whole number from 1 to 9, found '99999999999999999999'")
    {
      _ = $0.integer("a", in: 1...9)
    },
    Case("b: 1", "1:1: error: missing key 'a' in the file") {
      _ = ($0.integer("a", in: 1...9, required: true), $0.string("b"))
    },
    Case("a: nan", "1:4: error: 'a' must be a number from 0.5 to 2.0, found 'nan'") { _ = $0.number("a", in: 0.5...2) },
    Case("a: 2.1", "1:4: error: 'a' must be a number from 0.5 to 2.0, found '2.1'") { _ = $0.number("a", in: 0.5...2) },
    Case("a: yes", "1:4: error: 'a' must be true or false, found 'yes'") { _ = $0.boolean("a") },
    Case("a: True", "1:4: error: 'a' must be true or false, found 'True'") { _ = $0.boolean("a") },
    Case("a: blu", "1:4: error: 'a' must be one of red, blue, found 'blu'; did you mean 'blue'?") {
      _ = $0.choice("a", among: ["red", "blue"])
    },
    Case("a: cyan", "1:4: error: 'a' must be one of red, blue, found 'cyan'") {
      _ = $0.choice("a", among: ["red", "blue"])
    },
    Case("a: [red]", "1:4: error: 'a' must be one of red, blue, found a list") {
      _ = $0.choice("a", among: ["red", "blue"])
    },
    Case(
      "a: 5",
      "1:4: error: 'a' must be a duration such as 250ms, 30s, 10m, 2h or 1d from 1.0 seconds to 60.0 seconds, found '5'"
    ) { _ = $0.duration("a", in: .seconds(1)...(.seconds(60))) },
    Case(
      "a: 61s",
      "1:4: error: 'a' must be a duration such as 250ms, 30s, 10m, 2h or 1d from 1.0 seconds to 60.0 seconds, found '61s'"
    ) { _ = $0.duration("a", in: .seconds(1)...(.seconds(60))) },
    Case("a: 9kB", "1:4: error: 'a' must be a size such as 900kB or 4MB from 10000 to 20000 bytes, found '9kB'") {
      _ = $0.byteCount("a", in: 10_000...20_000)
    },
    Case("a: 9 GB", "1:4: error: 'a' must be a size such as 900kB or 4MB from 10000 to 20000 bytes, found '9 GB'") {
      _ = $0.byteCount("a", in: 10_000...20_000)
    },
    Case("a: 101%", "1:4: error: 'a' must be a number of rows such as 100, or a share such as 5%, found '101%'") {
      _ = $0.share("a")
    },
    Case("a: -1", "1:4: error: 'a' must be a number of rows such as 100, or a share such as 5%, found '-1'") {
      _ = $0.share("a")
    },
    Case("a: nan%", "1:4: error: 'a' must be a number of rows such as 100, or a share such as 5%, found 'nan%'") {
      _ = $0.share("a")
    },
    Case("a: 1", "1:4: error: 'a' must be a mapping, found '1'") { _ = $0.mapping("a") },
    Case("a: {}", "1:4: error: 'a' must be text or a list of texts, found a mapping") { _ = $0.strings("a") },
    Case("a: []", "1:4: error: 'a' must be text or a list of texts, found a list") { _ = $0.strings("a") },
    Case("a: [x, [y]]", "1:4: error: 'a' must be text or a list of texts, found a list") { _ = $0.strings("a") },
    Case("b: 1", "1:1: error: missing key 'a' in the file") {
      _ = ($0.strings("a", required: true), $0.string("b"))
    },
    Case(
      "widnow: 1\nrows: 2\nzzz: 3", "1:1: error: unknown key 'widnow' in the file; did you mean 'window'?",
      "3:1: error: unknown key 'zzz' in the file; known are 'window', 'rows'"
    ) { _ = ($0.string("window"), $0.string("rows")) },
    Case("a: { WINDOW: 1 }", "1:6: error: unknown key 'WINDOW' in 'a'; did you mean 'window'?") {
      var inner = $0.mapping("a")
      _ = inner?.string("window")
      inner?.finish()
    },
    Case("[1]", "1:1: error: the file must be a mapping, found a list") { _ = $0.string("a") },
    Case("only words", "1:1: error: the file must be a mapping, found 'only words'") { _ = $0.string("a") },
    Case("zzz: 1", "1:1: error: unknown key 'zzz' in the file") { reader in
      for i in 0..<13 { _ = reader.string("known-\(i)-long") }
    },
  ]

  @Test(arguments: cases)
  func everyMessageNamesItsPlace(item: Case) {
    #expect(reading(item.text, item.read).issues == item.issues)
  }

  @Test func goodValuesAreRead() {
    let text = """
      text: 12
      flag: false
      count: -3
      number: 0.25
      wait: 10m
      day: 1d
      size: 4MB
      binary: 4MiB
      plain: 2000
      share: 5%
      rows: 100
      list: [a, "b", 3]
      one: a
      secret: ${env:KEY}
      url: "${env:URL}/v1"
      nothing: null
      quoted: "null"
      """
    let result = reading(text) { reader in
      #expect(reader.string("text")?.value == "12")
      #expect(reader.string("text")?.place == Place(line: 1, column: 7))
      #expect(reader.boolean("flag")?.value == false)
      #expect(reader.integer("count", in: -9...9)?.value == -3)
      #expect(reader.number("number", in: 0...1)?.value == 0.25)
      #expect(reader.duration("wait", in: .zero...(.seconds(86_400)))?.value == .seconds(600))
      #expect(reader.duration("day", in: .zero...(.seconds(86_400)))?.value == .seconds(86_400))
      #expect(reader.byteCount("size", in: 0...10_000_000)?.value == 4_000_000)
      #expect(reader.byteCount("binary", in: 0...10_000_000)?.value == 4_194_304)
      #expect(reader.byteCount("plain", in: 0...10_000_000)?.value == 2000)
      #expect(reader.share("share")?.value == .percent(5))
      #expect(reader.share("rows")?.value == .count(100))
      #expect(reader.strings("list")?.map(\.value) == ["a", "b", "3"])
      #expect(reader.strings("list")?.map(\.place.column) == [8, 11, 16])
      #expect(reader.strings("one")?.map(\.value) == ["a"])
      #expect(reader.secret("secret", lookups: lookups)?.value.reveal() == "s3cret")
      #expect(reader.string("url", lookups: lookups)?.value == "https://example.test/v1")
      #expect(reader.string("nothing") == nil)
      #expect(reader.string("quoted")?.value == "null")
      #expect(reader.string("absent") == nil)
    }
    #expect(result.issues.isEmpty)
  }

  @Test func issuesOfOnePlaceKeepTheirOrder() {
    let issues = IssueList()
    issues.error(at: Place(line: 2, column: 1), "b")
    issues.error(at: Place(line: 1, column: 9), "c")
    issues.warning(at: Place(line: 2, column: 1), "a")
    issues.error(at: Place(line: 1, column: 2), "d")
    #expect(issues.words == ["1:2: error: d", "1:9: error: c", "2:1: error: b", "2:1: warning: a"])
    #expect(issues.hasErrors)
  }

  @Test func longValuesAreCutInMessages() {
    let text = String(repeating: "x", count: 300)
    let result = reading("a: \(text)") { _ = $0.boolean("a") }
    #expect(result.issues == ["1:4: error: 'a' must be true or false, found '\(text.prefix(60))'"])
  }
}
