internal import Yams

/// What a message says about lists and mappings too far inside one another.
let tooDeep = "lists and mappings are nested more than \(DocumentLimits.depth) deep"

/// The issue for an error of the YAML parser: its place, and what is wrong in plain words.
func syntaxIssue(of error: any Error, in shield: Shield) -> Issue {
  switch error as? YamlError {
  case .scanner(let opening, let problem, let mark, _), .parser(let opening, let problem, let mark, _):
    // The parser takes the end of the file for the start of one more line.
    let place = min(Place(mark), shield.end)
    return syntaxIssue(problem, at: place, opened: opening.map { Place($0.mark) }, by: opening?.text, in: shield)
  case .composer(_, _, let mark, _):
    return Issue(at: Place(mark), "a second document starts here; a file holds one")
  case .reader(let problem, _, _, _):
    return Issue(at: .start, "the file cannot be read as YAML: \(problem)")
  default:
    return Issue(at: .start, "the file cannot be read as YAML")
  }
}

private func syntaxIssue(
  _ problem: String, at place: Place, opened: Place?, by opening: String?, in shield: Shield
) -> Issue {
  let start = opened ?? place
  switch problem {
  case _ where problem.contains("tab character"),
    "found character that cannot start any token" where shield.scalar(at: place) == "\t":
    return Issue(at: place, "a tab cannot indent a line; use spaces")
  case _ where problem.hasPrefix("Maximum nesting level"):
    return Issue(at: place, tooDeep)
  case "found character that cannot start any token":
    let character = shield.scalar(at: place).map { "a value cannot begin with \(quoted(String($0)))" }
    return Issue(at: place, "\(character ?? "a value cannot begin like this"); put it in quotes")
  case "found unexpected end of stream", "found unexpected document indicator":
    return Issue(at: start, "this quote is never closed")
  case "could not find expected ':'":
    return Issue(at: start, "expected ':' after this key, found the end of the line")
  case "did not find expected ',' or ']'":
    return Issue(at: place, "expected ',' or ']' to go on with the list that begins at \(start)")
  case "did not find expected ',' or '}'":
    return Issue(at: place, "expected ',' or '}' to go on with the mapping that begins at \(start)")
  case "did not find expected key":
    return Issue(
      at: place, "expected another key of the mapping that begins at \(start); check indentation and quotes")
  case "did not find expected '-' indicator":
    return Issue(at: place, "expected '- ' and another item of the list that begins at \(start); check indentation")
  case "did not find expected alphabetic or numeric character":
    return Issue(at: start, "anchors ('&name') are not read; quote a text that begins with '&'")
  default:
    let words = syntaxWords[problem] ?? wordsByOpening(opening)
    return Issue(at: place, words ?? "this is not YAML: \(problem)")
  }
}

private let syntaxWords = [
  "mapping values are not allowed in this context":
    "a ':' cannot stand here; check the indentation, or quote a text that holds ': '",
  "mapping keys are not allowed in this context": "a '? ' cannot stand here; quote a text that begins with '? '",
  "block sequence entries are not allowed in this context":
    "a list item ('- ') cannot stand here; put it on a line of its own",
  "found unknown escape character":
    "this escape is unknown; write '\\\\' for a backslash, or use single quotes",
  "did not find expected hexdecimal number": "this escape needs hexadecimal digits, as in '\\u00e9'",
  "found invalid Unicode character escape code": "this escape is not a Unicode character",
  "found unexpected ':'": "a ':' cannot stand here; put the text in quotes",
  "did not find expected node content": "expected a value here",
  "did not find expected <document start>": "expected the end of the file or '---'; check indentation and quotes",
]

private func wordsByOpening(_ opening: String?) -> String? {
  guard let opening else { return nil }
  if opening.hasSuffix("block scalar") {
    return "expected the end of the line after '|' or '>'; the text goes on the next lines, indented"
  }
  if opening.hasSuffix("tag") || opening.hasSuffix("node") {
    return "tags ('!name') are not read; quote a text that begins with '!'"
  }
  if opening.hasSuffix("directive") { return "directives ('%NAME') are not read; remove this line" }
  return nil
}

extension Place {
  fileprivate init(_ mark: Mark) {
    self.init(line: mark.line, column: mark.column)
  }
}
