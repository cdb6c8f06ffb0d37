/// A value of a YAML file as it was written, before anyone decides what type it has.
package struct Node: Sendable, Equatable {
  package enum Content: Sendable, Equatable {
    /// Nothing after the colon, `~` or `null`.
    case null
    /// Text; plain when it was written without quotes, so that `12` and `true` may mean more than text.
    case scalar(String, isPlain: Bool)
    case sequence([Node])
    /// Every key once, in the order of the file.
    case mapping([Entry])
  }

  package let content: Content
  package let place: Place
  /// Whether a null was spelled out, as `null` or `~`: where it is one of the words a key takes, it is meant.
  let isSpelledOut: Bool

  package init(_ content: Content, at place: Place, isSpelledOut: Bool = true) {
    self.content = content
    self.place = place
    self.isSpelledOut = isSpelledOut
  }

  /// What a message says was found; the text of a scalar is quoted.
  package var found: String {
    switch content {
    case .null: "nothing"
    case .scalar(let text, isPlain: true): quoted(text)
    case .scalar(let text, isPlain: false): "the text \(quoted(text))"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }

  var isNull: Bool { content == .null }
}
