import Testing

@testable import Settings

@Suite struct SyntaxIssueTests {
  @Test(arguments: [
    "a:\n\tb: 1\n": "2:1: error: a tab cannot indent a line; use spaces",
    "a: 'x\nb: 1\n": "1:4: error: this quote is never closed",
    "a: \"x\n---\n": "1:4: error: this quote is never closed",
    "a: [1, 2\nb: 3\n": "2:2: error: expected ',' or ']' to go on with the list that begins at 1:4",
    "a: {b: 1\n": "2:1: error: expected ',' or '}' to go on with the mapping that begins at 1:4",
    "a: b: c\n": "1:5: error: a ':' cannot stand here; check the indentation, or quote a text that holds ': '",
    "a: 1\n  b: 2\n": "2:4: error: a ':' cannot stand here; check the indentation, or quote a text that holds ': '",
    "a: 1\nb\nc: 2\n": "2:1: error: expected ':' after this key, found the end of the line",
    "a: \"x\" y\n":
      "1:8: error: expected another key of the mapping that begins at 1:1; check indentation and quotes",
    "a:\n  - 1\n  b: 2\n":
      "3:3: error: expected '- ' and another item of the list that begins at 2:3; check indentation",
    "a: - 1\n": "1:4: error: a list item ('- ') cannot stand here; put it on a line of its own",
    "a: ? x\n": "1:4: error: a '? ' cannot stand here; quote a text that begins with '? '",
    "a: @x\n": "1:4: error: a value cannot begin with '@'; put it in quotes",
    "a: %x\n": "1:4: error: a value cannot begin with '%'; put it in quotes",
    "a: \"\\q\"\n": "1:5: error: this escape is unknown; write '\\\\' for a backslash, or use single quotes",
    "a: \"\\xZZ\"\n": "1:7: error: this escape needs hexadecimal digits, as in '\\u00e9'",
    "a: \"\\ud800\"\n": "1:7: error: this escape is not a Unicode character",
    "a: & x\n": "1:4: error: anchors ('&name') are not read; quote a text that begins with '&'",
    "a: !<x\n": "1:7: error: tags ('!name') are not read; quote a text that begins with '!'",
    "a: | x\n":
      "1:6: error: expected the end of the line after '|' or '>'; the text goes on the next lines, indented",
    "%FOO\n": "1:5: error: directives ('%NAME') are not read; remove this line",
    "{a: 1}\nb\n": "2:1: error: expected the end of the file or '---'; check indentation and quotes",
    "a: [1": "1:6: error: expected ',' or ']' to go on with the list that begins at 1:4",
    "a: [,]\n": "1:5: error: expected a value here",
  ])
  func everySyntaxErrorHasAPlaceAndPlainWords(_ yaml: String, _ issue: String) {
    #expect(issues(yaml) == [issue])
  }

  @Test func bytesThatAreNotUTF8AreReportedWhereTheyStand() {
    let bytes = Array("a: 1\r\nbé: ".utf8) + [0xC3, 0x28]
    #expect(issues(bytes: bytes) == ["2:5: error: this is not valid UTF-8; save the file as UTF-8"])
    #expect(issues(bytes: [0xFF, 0xFE, 0x61, 0]) == ["1:1: error: the file is written in UTF-16; save it as UTF-8"])
  }

  @Test(arguments: ["\u{0}", "\u{1B}", "\u{7F}", "\u{FFFE}", "\u{100000}"])
  func charactersYAMLDoesNotAllowAreReportedWhereTheyStand(_ character: String) {
    let found = issues("a: 1\nb: x\(character)y\n")
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("2:5: error: character U+") == true)
  }
}
