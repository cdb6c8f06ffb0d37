/// A part of a YAML document and its place.
package struct Node: Sendable {
  package enum Content: Sendable {
    case null
    /// Text; plain when it stood without quotes.
    case scalar(String, isPlain: Bool)
    case sequence([Node])
    case mapping([Entry])
  }

  package var content: Content
  package var place: Place

  package init(_ content: Content, at place: Place) {
    self.content = content
    self.place = place
  }

  /// What it is, for messages.
  package var words: String {
    switch content {
    case .null: "nothing"
    case .scalar(let text, _): "'\(text.prefix(60))'"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }
}

/// One key of a mapping and its value.
package struct Entry: Sendable {
  package var key: String
  package var keyPlace: Place
  package var value: Node

  package init(key: String, keyPlace: Place, value: Node) {
    self.key = key
    self.keyPlace = keyPlace
    self.value = value
  }
}
