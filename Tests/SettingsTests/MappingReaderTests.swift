import Testing

@testable import Settings

@Suite struct MappingReaderTests {
  @Test func oneReadReportsEveryIssueInTheOrderOfTheFile() {
    let yaml = """
      nmae: x
      import:
        target: catalog.sync
        settings: { catalogid: 30 }
        delivery: [1]
      """
    let found = issues(yaml) { job in
      _ = job.string("name", required: true)
      guard let part = job.mapping("import") else { return }
      _ = part.string("source", required: true)
      _ = part.string("target", required: true)
      _ = part.mapping("delivery")
      let settings = part.mapping("settings")
      _ = settings?.integer("catalogId", required: true)
      settings?.finish()
      part.finish()
    }
    #expect(
      found == [
        "1:1: error: missing key 'name' in 'job', expected text",
        "1:1: error: unknown key 'nmae'; did you mean 'name'?",
        "2:1: error: missing key 'source' in 'import', expected text",
        "4:3: error: missing key 'catalogId' in 'settings', expected a whole number",
        "4:15: error: unknown key 'catalogid'; did you mean 'catalogId'?",
        "5:13: error: 'delivery' must be a mapping, found a list",
      ])
  }

  @Test func anUnknownKeyWithoutLikenessListsTheKnownOnes() {
    #expect(
      issues("zebra: 1") {
        _ = $0.string("name")
        _ = $0.has("import")
      } == ["1:1: error: unknown key 'zebra'; 'job' knows 'name', 'import'"])
    #expect(
      issues("zebra: 1") { job in for number in 0..<9 { _ = job.has("key\(number)") } }
        == ["1:1: error: unknown key 'zebra' in 'job'"])
  }

  @Test func aRootThatIsNoMappingIsOneIssue() {
    #expect(
      issues("- a") { _ = $0.string("name", required: true) }
        == ["1:1: error: 'job' must be a mapping, found a list"])
  }

  @Test func aKeyWithoutAValueCountsAsAbsent() {
    #expect(issues("a:\nb: ~\nc: null\n") { job in for key in ["a", "b", "c"] { _ = job.mapping(key) } } == [])
    #expect(issues("a:\n") { _ = $0.string("a", required: true) } == ["1:1: error: 'a' has no value, expected text"])
    #expect(value("a:\n") { $0.has("a") } == true)
    #expect(value("b: 1\na: ''") { $0.string("a", required: true)?.value } == "")
  }

  @Test func plainScalarsOfAnyKindAreText() {
    #expect(value("a: 12") { $0.string("a")?.value } == "12")
    #expect(value("a: true") { $0.string("a")?.value } == "true")
    #expect(issues("a: [x]") { _ = $0.string("a") } == ["1:4: error: 'a' must be text, found a list"])
  }

  @Test func listsAcceptOneItemWithoutAList() {
    let one = value("a: x") { $0.strings("a") }
    #expect(one == [Located("x", at: Place(line: 1, column: 4))])
    #expect(value("a: [x, 2]") { $0.strings("a")?.map(\.value) } == ["x", "2"])
    #expect(value("a: []") { $0.strings("a")?.count } == 0)
    #expect(value("a: [1, 2]") { $0.list("a", of: .integer(in: 1...2))?.map(\.value) } == [1, 2])
    #expect(
      issues("a: [x, {}, ~]") { _ = $0.strings("a") } == [
        "1:8: error: item 2 of 'a' must be text, found a mapping",
        "1:12: error: item 3 of 'a' must be text, found nothing",
      ])
    #expect(issues("a: {}") { _ = $0.strings("a") } == ["1:4: error: 'a' must be text or a list, found a mapping"])
    #expect(issues("a: x") { _ = $0.sequence("a") } == ["1:4: error: 'a' must be a list, found 'x'"])
    #expect(value("a: [x, y]") { $0.sequence("a")?.count } == 2)
  }

  @Test func freeKeysCanBeWalked() {
    let keys = value("map: {sku: a, price: b}") { job in
      job.mapping("map").map { map in map.keys.map { "\($0.place) \($0.value) \(map.string($0.value)?.value ?? "")" } }
    }
    #expect(keys == ["1:7 sku a", "1:15 price b"])
  }

  @Test func longAndUnprintableTextsAreShownCutAndEscaped() {
    #expect(quoted("a\nb\u{202E}") == "'a\\nb\\u{202E}'")
    #expect(quoted(String(repeating: "x", count: 99)) == "'\(String(repeating: "x", count: 60))…'")
  }

  @Test func issuesAtOnePlaceStayInTheirOrderAndWarningsAreNoErrors() {
    let list = IssueList()
    list.report(.warning, at: Place(line: 2, column: 1), "b")
    #expect(!list.hasErrors)
    list.report(at: Place(line: 2, column: 1), "a")
    list.report(.error, at: Place(line: 1, column: 9), "c")
    #expect(list.hasErrors)
    #expect(list.sorted.map(\.description) == ["1:9: error: c", "2:1: warning: b", "2:1: error: a"])
  }
}
