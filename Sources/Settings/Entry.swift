/// One key of a mapping with its value.
package struct Entry: Sendable, Equatable {
  package let key: String
  package let keyPlace: Place
  package let value: Node

  package init(_ key: String, at keyPlace: Place, _ value: Node) {
    self.key = key
    self.keyPlace = keyPlace
    self.value = value
  }
}
