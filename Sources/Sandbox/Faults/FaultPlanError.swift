/// A fault plan that cannot be read: what was found and what was expected there.
package struct FaultPlanError: Error, Equatable, CustomStringConvertible {
  package let found: String
  package let expected: String

  package var description: String { "found \"\(found)\" in the fault plan, expected \(expected)" }
}
