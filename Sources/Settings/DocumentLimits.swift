/// How much of a file is read before it is refused; a settings file stays far below each of these.
package enum DocumentLimits {
  /// One mebibyte.
  package static let bytes = 1 << 20
  /// Lists and mappings inside one another.
  package static let depth = 32
  /// Keys, values, lists and mappings together.
  package static let nodes = 100_000
}
