internal import Yams

/// One YAML file.
///
/// Aliases, anchors, merge keys and tags are refused: they make a file mean something other than what it shows.
package enum Document {
  /// The root of the file, or nil when there is nothing to look at; problems go to `issues`.
  ///
  /// A root may come back although errors were reported (a duplicate key, say), so that one run reports all of them.
  package static func read(_ bytes: [UInt8], into issues: IssueList) -> Node? {
    guard let text = sourceText(of: bytes, into: issues) else { return nil }
    var shield = Shield(text)
    guard let (parser, yaml) = compose(&shield, into: issues) else { return nil }
    var walk = TreeWalk(shield: shield, issues: issues)
    // The nodes of Yams hold their anchors weakly: without the parser there would be none to report.
    let root = withExtendedLifetime(parser) { walk.node(yaml, depth: 0, parent: .start) }
    guard !walk.isOverLimit else { return nil }
    guard !root.isNull else {
      reportEmpty(issues)
      return nil
    }
    return root
  }

  /// What Yams makes of the text.
  ///
  /// It gives up at duplicate keys, which are then masked for another attempt.
  private static func compose(_ shield: inout Shield, into issues: IssueList) -> (Yams.Parser, Yams.Node)? {
    let attempts = 32
    var problems: [Issue] = []
    for _ in 0..<attempts {
      do {
        // Without rules nothing depends on how a scalar looks: types are decided by who asks for them.
        let parser = try Yams.Parser(yaml: shield.text, resolver: .basic, encoding: .utf8)
        if let root = try parser.singleRoot() { return (parser, root) }
        reportEmpty(issues)
        return nil
      } catch YamlError.duplicatedKeysInMapping(let keys, let first) {
        let place = Place(line: first.mark.line, column: first.mark.column)
        let key = shield.restore(keys.first ?? "")
        problems.append(Issue(at: place, "key \(quoted(key)) appears more than once in this mapping; keep one"))
        guard shield.maskKey(at: place) else { break }
      } catch {
        problems.append(syntaxIssue(of: error, in: shield))
        break
      }
    }
    for issue in problems { issues.report(issue.severity, at: issue.place, issue.message) }
    return nil
  }

  private static func reportEmpty(_ issues: IssueList) {
    issues.report(at: .start, "the file is empty; expected a mapping of keys to values")
  }
}
