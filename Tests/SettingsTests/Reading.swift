@testable import Settings

/// Reads `text` as one mapping called `the file` and hands back what `read` made of it with all issues in words.
func reading<Value>(
  _ text: String, _ read: (inout MappingReader) -> Value
) -> (value: Value?, issues: [String]) {
  let issues = IssueList()
  guard let node = Document.read(Array(text.utf8), into: issues) else { return (nil, issues.words) }
  var reader = MappingReader(node, as: "the file", issues: issues)
  let value = read(&reader)
  reader.finish()
  return (value, issues.words)
}

/// The issues of a document alone.
func documentIssues(_ bytes: [UInt8]) -> [String] {
  let issues = IssueList()
  let node = Document.read(bytes, into: issues)
  return issues.words + (node == nil && !issues.hasErrors ? ["nothing was read, and nobody was told"] : [])
}

extension IssueList {
  var words: [String] { sorted.map(\.description) }
}

/// What a test's job file can look up.
let lookups = Lookups(
  environment: { ["KEY": "s3cret", "EMPTY": "", "URL": "https://example.test"][$0] },
  file: { path in
    path == "key.txt"
      ? .success("from-file\n\n") : .failure(LookupFailure(reason: "the file '\(path)' does not exist"))
  })
