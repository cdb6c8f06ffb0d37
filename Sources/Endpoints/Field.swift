package import Records

/// One value of a row, as the API names and restricts it.
package struct Field: Sendable {
  package enum Shape: Sendable, Equatable {
    case value(ValueKind)
    /// Any number of values under names of the job's choosing: `attributes.*`.
    case open
    /// Conditions `{attr, op, value}` joined by AND.
    case filters(operators: [String], numericOperators: [String])
  }

  /// The name a job maps: `sku`, `product.name`, `attributes.*`.
  package var name: String
  /// Where it stands in the item: `payload.product.name`; `[]` after a component makes it an array of one.
  ///
  /// Empty for a value that is no part of an object: one that stands in the path only, or that is the item itself.
  package var path: String
  package var shape: Shape
  package var doc: String
  /// The actions it exists in; empty for all.
  package var actions: [String] = []
  /// The actions it must be mapped in; `["*"]` for all.
  package var required: [String] = []
  /// Whether it is (part of) what makes two rows the same.
  package var isKey = false
  /// Whether null says something though the field is required.
  package var takesNull = false
  /// Whether it fills `{name}` in the path of the request, or of the look-up that confirms one.
  package var isAddress = false
  /// Whether requests with the same value follow one another, in the order of the source.
  package var isSerial = false
  /// Whether `settings` may give one value for the whole job instead of a column.
  package var canBeSetting = false
  package var minimumLength = 0
  package var maximumLength: Int?
  package var choices: [String] = []
  package var minimum: String?
  package var maximum: String?

  package init(
    _ name: String, at path: String, _ shape: Shape, _ doc: String, actions: [String] = [], required: [String] = [],
    takesNull: Bool = false, isKey: Bool = false, isAddress: Bool = false, isSerial: Bool = false,
    canBeSetting: Bool = false,
    length: ClosedRange<Int>? = nil,
    choices: [String] = [], minimum: String? = nil, maximum: String? = nil
  ) {
    self.name = name
    self.path = path
    self.shape = shape
    self.doc = doc
    self.actions = actions
    self.required = required
    self.takesNull = takesNull
    self.isKey = isKey
    self.isAddress = isAddress
    self.isSerial = isSerial
    self.canBeSetting = canBeSetting
    minimumLength = length?.lowerBound ?? 0
    maximumLength = length?.upperBound
    self.choices = choices
    self.minimum = minimum
    self.maximum = maximum
  }

  package func exists(in action: String) -> Bool { actions.isEmpty || actions.contains(action) }
  package func isRequired(in action: String) -> Bool { required == ["*"] || required.contains(action) }
  package var isOpen: Bool { shape == .open }

  /// The name before the star of an open field: `attributes.`.
  package var openPrefix: String { String(name.dropLast()) }
}
