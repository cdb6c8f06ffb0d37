import Testing

@testable import Settings

@Suite struct DocumentTests {
  @Test func everyNodeKnowsWhereItStands() throws {
    let list = IssueList()
    let yaml = "a: 1\nb:\n  - 'x'\n  - {c: ~}\n"
    let root = try #require(Document.read(Array(yaml.utf8), into: list))
    let c = Entry("c", at: Place(line: 4, column: 6), Node(.null, at: Place(line: 4, column: 9)))
    let items = [
      Node(.scalar("x", isPlain: false), at: Place(line: 3, column: 5)),
      Node(.mapping([c]), at: Place(line: 4, column: 5)),
    ]
    let expected: [Entry] = [
      Entry("a", at: .start, Node(.scalar("1", isPlain: true), at: Place(line: 1, column: 4))),
      Entry("b", at: Place(line: 2, column: 1), Node(.sequence(items), at: Place(line: 3, column: 3))),
    ]
    #expect(root == Node(.mapping(expected), at: .start))
    #expect(list.isEmpty)
  }

  @Test func byteOrderMarkAndWindowsLineEndsChangeNothing() {
    let plain = value("a: 1\nb: x\n") { $0.string("b") }
    #expect(plain == Located("x", at: Place(line: 2, column: 4)))
    #expect(value("\u{FEFF}a: 1\r\nb: x\r\n") { $0.string("b") } == plain)
  }

  @Test func starsInsideTextsStayStars() {
    #expect(value("a: out/*.csv") { $0.string("a")?.value } == "out/*.csv")
    #expect(value("a: '*.csv' # *") { $0.string("a")?.value } == "*.csv")
    #expect(value("a*b: 1") { $0.keys.first?.value } == "a*b")
    #expect(value("a: |\n  * one\n  * two\n") { $0.string("a")?.value } == "* one\n* two\n")
  }

  @Test(arguments: [
    "": "1:1: error: the file is empty; expected a mapping of keys to values",
    "# nothing\n": "1:1: error: the file is empty; expected a mapping of keys to values",
    "---\n": "1:1: error: the file is empty; expected a mapping of keys to values",
    "a: 1\n---\nb: 2\n": "2:1: error: a second document starts here; a file holds one",
    "a: &x 1\n": "1:4: error: anchors ('&name') are not read; remove it, or quote a text that begins with '&'",
    "a:\n  b: *x\n":
      "2:6: error: aliases ('*name') are not read; write the value out, or quote a text that begins with '*'",
    "a: *.csv\n":
      "1:4: error: aliases ('*name') are not read; write the value out, or quote a text that begins with '*'",
    "a:\n  <<: {b: 1}\n": "2:3: error: merge keys ('<<') are not read; write the keys out here",
    "a: !!int 5\n": "1:4: error: tags ('!name') are not read; remove it, or quote a text that begins with '!'",
    "a: !x [1]\n": "1:4: error: tags ('!name') are not read; remove it, or quote a text that begins with '!'",
    "[a]: 1\n": "1:1: error: a key must be text, found a list",
    "a: 1\n~: 2\n": "2:1: error: a key is missing before ':'",
  ])
  func whatASettingsFileMayNotHoldIsReportedWithItsPlace(_ yaml: String, _ issue: String) {
    #expect(issues(yaml) == [issue])
  }

  @Test func everyDuplicateKeyIsReportedWhereItStandsAgain() {
    let yaml = """
      a: 1
      b: {x: 1, "x": 2}
      'a': 2
      c: 3
      a: 3
      """
    let found = issues(yaml)
    #expect(
      found == [
        "2:11: error: key 'x' appears twice: first at 2:5; keep one",
        "3:1: error: key 'a' appears twice: first at 1:1; keep one",
        "5:1: error: key 'a' appears twice: first at 1:1; keep one",
      ])
    #expect(issues("'': 1\n'': 2\n") == ["1:1: error: key '' appears more than once in this mapping; keep one"])
  }

  @Test func otherIssuesAreStillFoundAfterADuplicateKey() {
    let found = issues("a: 1\na: 2\nb: x\n") { job in
      _ = job.integer("a")
      _ = job.integer("b")
    }
    #expect(
      found == [
        "2:1: error: key 'a' appears twice: first at 1:1; keep one",
        "3:4: error: 'b' must be a whole number, found 'x'",
      ])
  }

  @Test func duplicateKeysAndASyntaxErrorAreReportedTogether() {
    #expect(
      issues("a: {b: 1, b: 2}\nc: [1\n") == [
        "1:5: error: key 'b' appears more than once in this mapping; keep one",
        "3:1: error: expected ',' or ']' to go on with the list that begins at 2:4",
      ])
  }
}
