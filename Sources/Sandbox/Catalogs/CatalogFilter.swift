/// One condition of `PATCH_MANY` and `REMOVE_MANY`.
///
/// See https://docs.talon.one/docs/product/account/dev-tools/managing-cart-item-catalogs.
struct CatalogFilter: Sendable {
  enum Comparison: String, CaseIterable {
    case equal = "EQ"
    case less = "LT"
    case lessOrEqual = "LE"
    case greater = "GT"
    case greaterOrEqual = "GE"
    case oneOf = "IN"
  }

  let attribute: String
  let comparison: Comparison
  /// Numbers come as strings too (`"45"`).
  let values: [String]
  let pointer: String

  init?(_ filter: JSONValue, at pointer: String, _ problems: inout Problems) {
    guard let attribute = problems.text(filter["attr"], at: pointer + "/attr"),
      let name = problems.text(filter["op"], at: pointer + "/op")
    else { return nil }
    guard let comparison = Comparison(rawValue: name) else {
      let names = Comparison.allCases.map(\.rawValue).joined(separator: ", ")
      problems.add("enum", "op must be one of the following: \(names)", at: pointer + "/op")
      return nil
    }
    guard let value = filter["value"], let text = Self.text(value) else {
      problems.wrongType(filter["value"], "a string, a number or a boolean", at: pointer + "/value")
      return nil
    }
    self.attribute = attribute
    self.comparison = comparison
    self.pointer = pointer
    values = comparison == .oneOf ? text.split(separator: ",").map(String.init) : [text]
  }

  private static func text(_ value: JSONValue) -> String? {
    switch value {
    case .string(let text), .number(let text): text
    case .boolean(let truth): truth ? "true" : "false"
    case .null, .array, .object: nil
    }
  }

  /// An unknown attribute is refused, and so is a comparison of sizes with anything but numbers.
  func check(against registry: AttributeRegistry, _ problems: inout Problems) {
    guard let type = registry["CartItem", attribute]?.definition.type else {
      return problems.add(
        "Attribute not found", "The attribute \"\(attribute)\" is not defined on CartItem entities.",
        at: pointer + "/attr")
    }
    let isNumeric = type == .number
    if comparison != .equal, comparison != .oneOf, !isNumeric {
      problems.add("Invalid operator", "\(comparison.rawValue) is for numeric attributes only", at: pointer + "/op")
    } else if isNumeric, !values.allSatisfy({ Double($0)?.isFinite ?? false }) {
      problems.add("Invalid type", "value must be a number", at: pointer + "/value")
    }
  }

  func passes(_ item: CatalogItem) -> Bool {
    guard let found = item.attributes[attribute] else { return false }
    return values.contains { compare(found, $0) }
  }

  private func compare(_ found: JSONValue, _ wanted: String) -> Bool {
    switch found {
    case .number(let digits):
      guard let one = Double(digits), let other = Double(wanted) else { return false }
      return switch comparison {
      case .equal, .oneOf: digits == wanted || one == other
      case .less: one < other
      case .lessOrEqual: one <= other
      case .greater: one > other
      case .greaterOrEqual: one >= other
      }
    case .array(let members): return members.contains { compare($0, wanted) }
    default: return Self.text(found) == wanted
    }
  }
}
