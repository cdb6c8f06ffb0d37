/// Reads one mapping: every key it is asked for is known, every other key is an issue.
///
/// A reader never throws. It reports each problem and answers nil, so that one run reports all of them. A key without
/// a value (`map:` and nothing after it) counts as absent. Call `finish()` last.
package final class MappingReader {
  /// What messages call this mapping.
  package let name: String
  /// Where a missing key is reported: the key of this mapping, or where the mapping begins.
  package let place: Place
  package let issues: IssueList

  private let entries: [Entry]
  private let byKey: [String: Entry]
  private let isMapping: Bool
  private var known: [String] = []

  /// A reader of `node`; anything but a mapping is an issue, and then every key counts as absent.
  package init(_ node: Node, as name: String, at place: Place? = nil, issues: IssueList) {
    self.name = name
    self.place = place ?? node.place
    self.issues = issues
    if case .mapping(let entries) = node.content {
      self.entries = entries
      isMapping = true
    } else {
      entries = []
      isMapping = false
      issues.report(at: node.place, "\(quoted(name)) must be a mapping, found \(node.found)")
    }
    byKey = Dictionary(entries.map { ($0.key, $0) }) { first, _ in first }
  }

  /// The keys in the order of the file, for a mapping whose keys are names that someone else knows.
  package var keys: [Located<String>] {
    entries.map { Located($0.key, at: $0.keyPlace) }
  }

  /// Whether the key is there, with or without a value.
  package func has(_ key: String) -> Bool {
    entry(key) != nil
  }

  /// Where the key stands.
  package func place(of key: String) -> Place? {
    entry(key)?.keyPlace
  }

  /// The value as it was written, null included.
  package func node(_ key: String) -> Node? {
    entry(key)?.value
  }

  /// The value in a form; a missing key is an issue only when it is required.
  package func read<Value>(_ key: String, as form: Form<Value>, required: Bool = false) -> Located<Value>? {
    value(key, required: required, expected: form.expectation).flatMap { form.read($0, as: quoted(key), into: issues) }
  }

  /// Reports the keys nobody asked for, with what was probably meant.
  package func finish() {
    // A key that is there already is not what was meant.
    let absent = known.filter { byKey[$0] == nil }
    let asked = Set(known)
    for entry in entries where !asked.contains(entry.key) {
      let hint = hint(for: entry.key, among: absent)
      issues.report(at: entry.keyPlace, "unknown key \(quoted(entry.key))\(hint)")
    }
  }

  /// The value, when there is one.
  func value(_ key: String, required: Bool, expected: String? = nil) -> Node? {
    let found = entry(key)
    if let found, !found.value.isNull { return found.value }
    if required, isMapping {
      let message = found == nil ? "missing key \(quoted(key)) in \(quoted(name))" : "\(quoted(key)) has no value"
      issues.report(at: found?.keyPlace ?? place, message + (expected.map { ", expected \($0)" } ?? ""))
    }
    return nil
  }

  private func entry(_ key: String) -> Entry? {
    if !known.contains(key) { known.append(key) }
    return byKey[key]
  }

  private func hint(for key: String, among absent: [String]) -> String {
    if let meant = nearest(to: key, among: absent) { return "; did you mean \(quoted(meant))?" }
    guard (1...8).contains(known.count) else { return " in \(quoted(name))" }
    return "; \(quoted(name)) knows \(quoted(known, atMost: 8))"
  }
}
