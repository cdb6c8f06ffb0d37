/// The types an attribute can have, spelled as the API spells them.
///
/// See https://docs.talon.one/management-api#tag/Attributes/operation/createAttribute.
package enum AttributeType: String, Sendable, CaseIterable {
  case string, number, boolean, time, location
  case strings = "(list string)"
  case numbers = "(list number)"
  case times = "(list time)"
  case locations = "(list location)"

  /// The type a value fixes for an attribute that nobody defined; nil for null and for mixed lists.
  init?(firstUse value: JSONValue) {
    switch value {
    case .string: self = .string
    case .number: self = .number
    case .boolean: self = .boolean
    case .object: self = .location
    case .null: return nil
    case .array(let values):
      guard let fitting = [Self.strings, .numbers, .locations].first(where: { $0.accepts(.array(values)) }) else {
        return nil
      }
      self = fitting
    }
  }

  /// How a location is spelled in JSON is not documented, so any object or pair of numbers passes.
  func accepts(_ value: JSONValue) -> Bool {
    switch (self, value) {
    case (.string, .string), (.number, .number), (.boolean, .boolean), (.location, .object): true
    case (.time, .string(let text)): RFC3339.accepts(text)
    case (.location, .array(let pair)): pair.count == 2 && pair.allSatisfy(AttributeType.number.accepts)
    case (.strings, .array(let values)): values.allSatisfy(AttributeType.string.accepts)
    case (.numbers, .array(let values)): values.allSatisfy(AttributeType.number.accepts)
    case (.times, .array(let values)): values.allSatisfy(AttributeType.time.accepts)
    case (.locations, .array(let values)): values.allSatisfy(AttributeType.location.accepts)
    default: false
    }
  }
}
