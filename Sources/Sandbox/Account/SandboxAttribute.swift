/// An attribute as the account defines it: on which entity, under which name, of which type.
package struct SandboxAttribute: Sendable, Equatable {
  package var entity: String
  package var name: String
  package var type: AttributeType

  package init(entity: String, name: String, type: AttributeType) {
    self.entity = entity
    self.name = name
    self.type = type
  }
}
