@testable import Settings

/// The issues of a YAML text as they print, after `read` has asked for what it wants from the root.
func issues(_ yaml: String, _ read: (MappingReader) -> Void) -> [String] {
  let list = IssueList()
  if let root = Document.read(Array(yaml.utf8), into: list) {
    let reader = MappingReader(root, as: "job", issues: list)
    read(reader)
    reader.finish()
  }
  return list.sorted.map(\.description)
}

/// The issues of a YAML text that its readers would not even get to see.
func issues(_ yaml: String) -> [String] {
  issues(bytes: Array(yaml.utf8))
}

func issues(bytes: [UInt8]) -> [String] {
  let list = IssueList()
  _ = Document.read(bytes, into: list)
  return list.sorted.map(\.description)
}

/// What `read` answers for a YAML text without issues.
func value<Value>(_ yaml: String, _ read: (MappingReader) -> Value?) -> Value? {
  let list = IssueList()
  guard let root = Document.read(Array(yaml.utf8), into: list) else { return nil }
  let value = read(MappingReader(root, as: "job", issues: list))
  return list.isEmpty ? value : nil
}

extension Lookups {
  /// A world of one variable and one file.
  static let small = Lookups(
    environment: { ["KEY": "hunter2", "EMPTY": ""][$0] },
    file: { path in
      guard path == "key.txt" else { throw NoSuchFile() }
      return "from ${env:KEY}\n"
    })
}

struct NoSuchFile: Error, CustomStringConvertible {
  var description: String { "no such file" }
}
