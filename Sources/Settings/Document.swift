import Yams

/// Reads YAML within bounds: hostile files cost no more than honest ones.
package enum Document {
  static let maximumBytes = 1 << 20
  static let maximumDepth = 32
  static let maximumNodes = 100_000
  static let maximumAliases = 32

  /// The document's root, or nil when there is none to speak of; every issue goes to `issues`.
  package static func read(_ bytes: [UInt8], into issues: IssueList) -> Node? {
    let start = Place(line: 1, column: 1)
    guard bytes.count <= maximumBytes else {
      issues.error(at: start, "the file has \(bytes.count) bytes, more than the \(maximumBytes) a job file may have")
      return nil
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      let place = Place(line: lineOfFault(in: bytes), column: 1)
      issues.error(at: place, "found bytes that are not UTF-8; save the file as UTF-8")
      return nil
    }
    guard !nestsTooDeep(text) else {
      issues.error(at: start, "values are nested deeper than \(maximumDepth) levels")
      return nil
    }
    guard !usesManyAliases(text) else {
      issues.error(at: start, NodeBuilder.noAliases)
      return nil
    }
    do {
      let parser = try Yams.Parser(yaml: text)
      guard let root = try parser.singleRoot() else {
        issues.error(at: start, "the file is empty; expected a job")
        return nil
      }
      var builder = NodeBuilder(issues: issues)
      // Nodes know their anchors only as long as the parser does.
      return withExtendedLifetime(parser) { builder.node(root, depth: 0) }
    } catch {
      let (place, words) = explain(error)
      issues.error(at: place, words)
      return nil
    }
  }

  /// The line of the first byte that is not UTF-8.
  private static func lineOfFault(in bytes: [UInt8]) -> Int {
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var line = 1
    while case .scalarValue(let scalar) = decoder.decode(&iterator) {
      if scalar == "\n" { line += 1 }
    }
    return line
  }

  /// Flow collections nest without indentation; counting brackets bounds the parser's recursion before it starts.
  private static func nestsTooDeep(_ text: String) -> Bool {
    var depth = 0
    for byte in text.utf8 {
      if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") { depth += 1 }
      if byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") { depth -= 1 }
      if depth > maximumDepth * 8 { return true }
    }
    return false
  }

  /// The parser replaces aliases by what they stand for and compares whole keys, so that a few dozen of them, each made of
  /// earlier ones, would keep it busy for years; fewer are refused with their places afterwards.
  private static func usesManyAliases(_ text: String) -> Bool {
    var count = 0
    for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
      guard line.first(where: { $0 != UInt8(ascii: " ") }) != UInt8(ascii: "#") else { continue }
      var previous = UInt8(ascii: " ")
      var isStar = false
      for byte in line {
        if isStar, byte != UInt8(ascii: " ") { count += 1 }
        isStar = byte == UInt8(ascii: "*") && " \t,[{:?-".utf8.contains(previous)
        previous = byte
      }
      if count > maximumAliases { return true }
    }
    return false
  }

  /// A parser's failure in plain words, at its place.
  private static func explain(_ error: any Error) -> (Place, String) {
    guard let error = error as? YamlError else { return (Place(line: 1, column: 1), "the file is not YAML: \(error)") }
    switch error {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let words = [context?.text, problem].compactMap { $0 }.joined(separator: ": ")
      return (Place(line: max(1, mark.line), column: max(1, mark.column)), "the file is not YAML: \(words)")
    case .reader(let problem, let offset, _, let yaml):
      // The error's own description shows the line, which may hold a secret.
      let before = yaml.prefix(offset ?? 0)
      let line = 1 + before.count(where: \.isNewline)
      let column = 1 + before.reversed().prefix { !$0.isNewline }.count
      return (Place(line: line, column: column), "the file is not YAML: \(problem)")
    case .duplicatedKeysInMapping(let duplicates, let context):
      let names = duplicates.map { "'\($0)'" }.sorted().joined(separator: ", ")
      let place = Place(line: max(1, context.mark.line), column: max(1, context.mark.column))
      return (place, "key \(names) stands twice in one mapping")
    default:
      return (Place(line: 1, column: 1), "the file is not YAML: \(error)")
    }
  }
}

/// Turns Yams' nodes into ours, within bounds.
private struct NodeBuilder {
  static let noAliases = "aliases are not used in job files; write the value out"

  let issues: IssueList
  var count = 0

  mutating func node(_ node: Yams.Node, depth: Int) -> Node? {
    let place = Place(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
    // By now an alias is the very node its anchor marks, so the anchor is what there is to see.
    if node.anchor != nil {
      issues.error(at: place, Self.noAliases)
      return nil
    }
    count += 1
    guard depth <= Document.maximumDepth, count <= Document.maximumNodes else {
      if depth > Document.maximumDepth {
        issues.error(at: place, "values are nested deeper than \(Document.maximumDepth) levels")
      } else if count == Document.maximumNodes + 1 {
        issues.error(at: place, "the file holds more than \(Document.maximumNodes) values")
      }
      return nil
    }
    switch node {
    case .scalar(let scalar):
      let isPlain = scalar.style == .plain || scalar.style == .any
      if isPlain, ["", "null", "~", "Null", "NULL"].contains(scalar.string) { return Node(.null, at: place) }
      return Node(.scalar(scalar.string, isPlain: isPlain), at: place)
    case .sequence(let sequence):
      return Node(.sequence(sequence.compactMap { self.node($0, depth: depth + 1) }), at: place)
    case .mapping(let mapping):
      var entries: [Entry] = []
      for (key, value) in mapping {
        let keyPlace = Place(line: key.mark?.line ?? place.line, column: key.mark?.column ?? place.column)
        guard let name = key.scalar?.string else {
          issues.error(at: keyPlace, "a key must be text")
          continue
        }
        guard let value = self.node(value, depth: depth + 1) else { continue }
        entries.append(Entry(key: name, keyPlace: keyPlace, value: value))
      }
      return Node(.mapping(entries), at: place)
    case .alias:
      issues.error(at: place, Self.noAliases)
      return nil
    }
  }
}
