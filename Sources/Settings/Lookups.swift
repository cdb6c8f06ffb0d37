/// What substitution may ask the world, handed in by whoever may touch it.
package struct Lookups: Sendable {
  /// The value of an environment variable, nil when it is not set.
  package let environment: @Sendable (String) -> String?
  /// The contents of a file; whoever hands this in resolves the path.
  package let file: @Sendable (String) throws -> String

  package init(
    environment: @escaping @Sendable (String) -> String?,
    file: @escaping @Sendable (String) throws -> String
  ) {
    self.environment = environment
    self.file = file
  }
}
