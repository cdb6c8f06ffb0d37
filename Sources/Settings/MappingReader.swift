/// Reads one mapping: every key it is asked for is known, every other key is an issue.
///
/// It never throws: a problem is recorded and the answer is nil, so one reading reports all of them.
package struct MappingReader {
  let name: String
  let issues: IssueList
  /// Where the mapping begins.
  package let start: Place
  package let entries: [Entry]
  private var known: [String] = []

  /// - `name`: what the mapping is called in messages: `delivery`.
  package init(_ node: Node, as name: String, issues: IssueList) {
    self.name = name
    self.issues = issues
    start = node.place
    if case .mapping(let entries) = node.content {
      self.entries = entries
    } else {
      entries = []
      issues.error(at: node.place, "\(name) must be a mapping, found \(node.words)")
    }
  }

  package func has(_ key: String) -> Bool { entries.contains { $0.key == key } }

  /// Whether the key is there with a value.
  package func says(_ key: String) -> Bool {
    entries.contains { entry in
      if entry.key == key, case .null = entry.value.content { false } else { entry.key == key }
    }
  }

  package func place(of key: String) -> Place? { entries.first { $0.key == key }?.value.place }

  /// The value of a key as it stands; nil when it is absent or says nothing.
  package mutating func node(_ key: String, required: Bool = false) -> Node? {
    known.append(key)
    if let entry = entries.first(where: { $0.key == key }) {
      if case .null = entry.value.content {
        if required { issues.error(at: entry.keyPlace, "'\(key)' says nothing; expected a value") }
        return nil
      }
      return entry.value
    }
    if required { issues.error(at: start, "missing key '\(key)' in \(name)") }
    return nil
  }

  package mutating func mapping(_ key: String) -> MappingReader? {
    node(key).map { MappingReader($0, as: "'\(key)'", issues: issues) }
  }

  /// A list of texts, or one text.
  package mutating func strings(_ key: String, required: Bool = false) -> [Located<String>]? {
    guard let node = node(key, required: required) else { return nil }
    switch node.content {
    case .scalar(let text, _): return [Located(text, at: node.place)]
    case .sequence(let nodes):
      let texts = nodes.compactMap { item in
        if case .scalar(let text, _) = item.content { Located(text, at: item.place) } else { nil }
      }
      if texts.count == nodes.count, !texts.isEmpty { return texts }
    case .null, .mapping: break
    }
    issues.error(at: node.place, "'\(key)' must be text or a list of texts, found \(node.words)")
    return nil
  }

  /// Call last: reports the keys nobody asked for.
  package func finish() {
    for entry in entries where !known.contains(entry.key) {
      let hint =
        nearest(to: entry.key, among: known).map { "; did you mean '\($0)'?" }
        ?? (known.count <= 12 ? "; known are \(known.map { "'\($0)'" }.joined(separator: ", "))" : "")
      issues.error(at: entry.keyPlace, "unknown key '\(entry.key)' in \(name)\(hint)")
    }
  }
}
