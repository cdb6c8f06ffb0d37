internal import Yams

/// Turns what Yams composed into our nodes, and reports what a settings file may not use.
struct TreeWalk {
  let shield: Shield
  let issues: IssueList
  /// Whether the walk was given up because there are too many nodes.
  private(set) var isOverLimit = false
  private var count = 0

  init(shield: Shield, issues: IssueList) {
    self.shield = shield
    self.issues = issues
  }

  mutating func node(_ yaml: Yams.Node, depth: Int, parent: Place) -> Node {
    let place = yaml.mark.map { Place(line: $0.line, column: $0.column) } ?? parent
    guard mayGoOn(at: place) else { return Node(.null, at: place, isSpelledOut: false) }
    reportTag(yaml, at: place)
    switch yaml {
    case .scalar(let scalar):
      reportAnchor(scalar.anchor, at: place)
      return Node(content(of: scalar, at: place), at: place, isSpelledOut: !scalar.string.isEmpty)
    case .sequence(let sequence):
      reportAnchor(sequence.anchor, at: place)
      guard isShallow(depth, at: place) else { return Node(.null, at: place, isSpelledOut: false) }
      var items: [Node] = []
      for item in sequence where !isOverLimit { items.append(node(item, depth: depth + 1, parent: place)) }
      return Node(.sequence(items), at: place)
    case .mapping(let mapping):
      reportAnchor(mapping.anchor, at: place)
      guard isShallow(depth, at: place) else { return Node(.null, at: place, isSpelledOut: false) }
      return Node(.mapping(entries(of: mapping, depth: depth, parent: place)), at: place)
    case .alias:
      reportAlias(at: place)
      return Node(.null, at: place, isSpelledOut: false)
    }
  }

  private mutating func entries(of mapping: Yams.Node.Mapping, depth: Int, parent: Place) -> [Entry] {
    var entries: [Entry] = []
    var firsts: [String: Place] = [:]
    for (yamlKey, yamlValue) in mapping where !isOverLimit {
      let key = node(yamlKey, depth: depth + 1, parent: parent)
      let value = node(yamlValue, depth: depth + 1, parent: key.place)
      guard let text = keyText(key) else { continue }
      if let first = firsts[text] {
        issues.report(at: key.place, "key \(quoted(text)) appears twice: first at \(first); keep one")
        continue
      }
      firsts[text] = key.place
      entries.append(Entry(text, at: key.place, value))
    }
    return entries
  }

  private func keyText(_ key: Node) -> String? {
    switch key.content {
    case .scalar("<<", isPlain: true):
      issues.report(at: key.place, "merge keys ('<<') are not read; write the keys out here")
      return nil
    case .scalar(let text, _): return text
    case .null:
      issues.report(at: key.place, "a key is missing before ':'")
      return nil
    case .sequence, .mapping:
      issues.report(at: key.place, "a key must be text, found \(key.found)")
      return nil
    }
  }

  private func content(of scalar: Yams.Node.Scalar, at place: Place) -> Node.Content {
    let isPlain = scalar.style == .plain
    if isPlain, Shield.beginsWithStar(scalar.string) { reportAlias(at: place) }
    if isPlain, ["", "~", "null", "Null", "NULL"].contains(scalar.string) { return .null }
    return .scalar(shield.restore(scalar.string), isPlain: isPlain)
  }

  private mutating func mayGoOn(at place: Place) -> Bool {
    if isOverLimit { return false }
    count += 1
    guard count > DocumentLimits.nodes else { return true }
    isOverLimit = true
    issues.report(at: place, "the file holds more than \(DocumentLimits.nodes) values")
    return false
  }

  private func isShallow(_ depth: Int, at place: Place) -> Bool {
    if depth < DocumentLimits.depth { return true }
    issues.report(at: place, tooDeep)
    return false
  }

  private func reportAlias(at place: Place) {
    issues.report(
      at: place, "aliases ('*name') are not read; write the value out, or quote a text that begins with '*'")
  }

  private func reportAnchor(_ anchor: Anchor?, at place: Place) {
    guard anchor != nil else { return }
    issues.report(at: place, "anchors ('&name') are not read; remove it, or quote a text that begins with '&'")
  }

  private func reportTag(_ yaml: Yams.Node, at place: Place) {
    let name = yaml.tag.rawValue
    guard !name.isEmpty, ![Tag.Name.str, .seq, .map].map(\.rawValue).contains(name) else { return }
    issues.report(at: place, "tags ('!name') are not read; remove it, or quote a text that begins with '!'")
  }
}
