/// How a scalar must be written to be a value of one type, and what a message says is expected.
///
/// The forms are static members, one file each: `.integer(in: 1...64)`, `.duration(in: …)`, `.choice(among: …)`.
package struct Form<Value> {
  /// What the text of a scalar turned out to be.
  enum Reading {
    case value(Value)
    /// Not such a value; the hint ends the message, such as `; write '30s'`.
    case refused(hint: String)
  }

  /// What is expected, to follow "must be".
  let expectation: String
  /// Whether quotes around the text change nothing.
  let acceptsQuotes: Bool
  let parse: (String) -> Reading

  init(_ expectation: String, acceptsQuotes: Bool = false, parse: @escaping (String) -> Reading) {
    self.expectation = expectation
    self.acceptsQuotes = acceptsQuotes
    self.parse = parse
  }

  /// The value of a node, or nil and an issue that begins with `subject`, such as `'window'`.
  package func read(_ node: Node, as subject: String, into issues: IssueList) -> Located<Value>? {
    var hint = ""
    if case .scalar(let text, let isPlain) = node.content {
      switch parse(text) {
      case .value(let value) where isPlain || acceptsQuotes: return Located(value, at: node.place)
      case .value: hint = "; remove the quotes"
      case .refused(let why): hint = why
      }
    }
    issues.report(at: node.place, "\(subject) must be \(expectation), found \(node.found)\(hint)")
    return nil
  }
}
