import Testing

@testable import Settings

@Suite struct FormTests {
  @Test(arguments: [
    ("0", "found '0'"), ("65", "found '65'"), ("ten", "found 'ten'"), ("'5'", "found the text '5'; remove the quotes"),
    ("1_0", "found '1_0'; write 10"), ("0x10", "found '0x10'; write 16"), ("010", "found '010'; write 10"),
    ("+5", "found '+5'; write 5"), ("5.0", "found '5.0'"), ("[5]", "found a list"), ("{}", "found a mapping"),
    ("99999999999999999999", "found '99999999999999999999'"),
  ])
  func wholeNumbersAreDigitsWithinTheirRange(_ text: String, _ found: String) {
    let expected = ["1:4: error: 'w' must be a whole number from 1 to 64, \(found)"]
    #expect(issues("w: \(text)") { _ = $0.integer("w", in: 1...64) } == expected)
  }

  @Test func numbersAreRead() {
    #expect(value("w: 64") { $0.integer("w", in: 1...64) } == Located(64, at: Place(line: 1, column: 4)))
    #expect(value("w: -3") { $0.integer("w")?.value } == -3)
    #expect(value("w: 0") { $0.integer("w", in: 0...Int.max)?.value } == 0)
    #expect(value("w: 0.25") { $0.number("w", in: 0...1)?.value } == 0.25)
    #expect(value("w: -1e3") { $0.number("w")?.value } == -1000)
  }

  @Test(arguments: [
    ("1.5", "from 0 to 1, found '1.5'"), (".inf", "from 0 to 1, found '.inf'"), ("nan", "from 0 to 1, found 'nan'"),
    ("'0,5'", "from 0 to 1, found the text '0,5'; the decimal sign is '.'"), ("0x1p-1", "from 0 to 1, found '0x1p-1'"),
  ])
  func otherNumbersAreRefused(_ text: String, _ rest: String) {
    let expected = ["1:4: error: 'w' must be a number \(rest)"]
    #expect(issues("w: \(text)") { _ = $0.number("w", in: 0...1) } == expected)
  }

  @Test func openRangesReadWell() {
    #expect(
      issues("w: x") { _ = $0.integer("w", in: 1...Int.max) }
        == ["1:4: error: 'w' must be a whole number of at least 1, found 'x'"])
    #expect(
      issues("w: x") { _ = $0.number("w", in: 0.5...Double.infinity) }
        == ["1:4: error: 'w' must be a number of at least 0.5, found 'x'"])
  }

  @Test(arguments: [
    ("yes", "found 'yes'; write true"), ("Off", "found 'Off'; write false"), ("True", "found 'True'; write true"),
    ("tru", "found 'tru'; did you mean 'true'?"), ("'true'", "found the text 'true'; remove the quotes"),
  ])
  func onlyTrueAndFalseAreBooleans(_ text: String, _ found: String) {
    #expect(issues("w: \(text)") { _ = $0.boolean("w") } == ["1:4: error: 'w' must be true or false, \(found)"])
    #expect(value("w: false") { $0.boolean("w")?.value } == false)
  }

  @Test func choicesSuggestTheNearestWord() {
    let words = ["ADD", "PATCH", "REMOVE_MANY"]
    #expect(value("w: PATCH") { $0.choice("w", among: words)?.value } == "PATCH")
    #expect(
      issues("w: add") { _ = $0.choice("w", among: words) }
        == ["1:4: error: 'w' must be one of 'ADD', 'PATCH', 'REMOVE_MANY', found 'add'; did you mean 'ADD'?"])
    #expect(
      issues("w: x") { _ = $0.choice("w", among: ["csv"]) } == ["1:4: error: 'w' must be 'csv', found 'x'"])
  }

  @Test(arguments: [
    ("250ms", 250), ("30s", 30_000), ("'10m'", 600_000), ("2h", 7_200_000), ("1d", 86_400_000),
  ])
  func durationsHaveAUnit(_ text: String, _ milliseconds: Int) {
    let range = Duration.zero ... .seconds(86_400)
    #expect(value("w: \(text)") { $0.duration("w", in: range)?.value } == .milliseconds(milliseconds))
  }

  @Test(arguments: [
    ("30", "found '30'; add a unit, such as '30s'"), ("2d", "found '2d'"),
    ("fast", "found 'fast'; write it like '30s'"),
    ("5min", "found '5min'; the units are 'ms', 's', 'm', 'h', 'd'"), ("9223372036854775807d", nil),
  ])
  func otherDurationsAreRefused(_ text: String, _ found: String?) {
    let expected = "1:4: error: 'w' must be a duration from 500ms to 90m, \(found ?? "found '\(text)'")"
    #expect(issues("w: \(text)") { _ = $0.duration("w", in: .milliseconds(500) ... .seconds(5400)) } == [expected])
  }

  @Test(arguments: [("512", 512), ("512B", 512), ("900kB", 900_000), ("4MB", 4_000_000), ("4MiB", 4 << 20)])
  func byteCountsTakeAUnit(_ text: String, _ bytes: Int) {
    #expect(value("w: \(text)") { $0.byteCount("w", in: 1...(1 << 30))?.value } == bytes)
  }

  @Test(arguments: [
    ("4mb", "found '4mb'; write '4MB'"), ("4K", "found '4K'; write '4kB'"), ("2GiB", "found '2GiB'"),
    ("x", "found 'x'; write it like '4MB'"), ("9223372036854775807GB", nil),
    ("1TB", "found '1TB'; the units are 'B', 'kB', 'KiB', 'MB', 'MiB', 'GB', 'GiB'"),
  ])
  func otherByteCountsAreRefused(_ text: String, _ found: String?) {
    let expected = "1:4: error: 'w' must be a number of bytes from 1kB to 1GiB, \(found ?? "found '\(text)'")"
    #expect(issues("w: \(text)") { _ = $0.byteCount("w", in: 1000...(1 << 30)) } == [expected])
  }

  @Test func sharesAreCountsOrPercentages() {
    #expect(value("w: 100") { $0.share("w")?.value } == .count(100))
    #expect(value("w: 0.5%") { $0.share("w")?.value } == .percent(0.5))
    let start = "1:4: error: 'w' must be a whole number or a percentage from 0% to 100%, found"
    #expect(issues("w: 101%") { _ = $0.share("w") } == ["\(start) '101%'"])
    #expect(issues("w: 0.05") { _ = $0.share("w") } == ["\(start) '0.05'; write it like '100' or '5%'"])
    #expect(Share.percent(5).description == "5%")
  }
}
