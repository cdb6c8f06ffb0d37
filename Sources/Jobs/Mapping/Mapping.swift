package import Endpoints
package import Records
package import Settings

/// One field of the endpoint and where its value comes from.
package struct MappedField: Sendable {
  package enum Origin: Sendable, Equatable {
    case column(String)
    /// The same JSON in every row.
    case constant([UInt8])
    /// Text with columns in it: `{first} {last}`.
    case composed([Part])
    /// Every column nothing else is mapped from.
    case rest
    case filters([Filter])
  }

  package enum Part: Sendable, Equatable {
    case text(String)
    case column(String)
  }

  /// One condition of a `filters` field.
  package struct Filter: Sendable, Equatable {
    package var attribute: String
    package var operation: String
    package var value: Part
    package var isNumeric: Bool
  }

  /// The name as mapped: `attributes.size`.
  package var name: String
  package var field: Field
  package var origin: Origin
  package var kind: ValueKind
  package var empty: EmptyPolicy
  package var time = TimeFormat.rfc3339
  package var separator = UInt8(ascii: ";")
  package var element = ValueKind.string
  package var place: Place

  /// The columns this is made from.
  package var columns: [String] {
    switch origin {
    case .column(let column): [column]
    case .constant, .rest: []
    case .composed(let parts): parts.compactMap(\.column)
    case .filters(let filters): filters.compactMap(\.value.column)
    }
  }
}

extension MappedField.Part {
  var column: String? { if case .column(let name) = self { name } else { nil } }
}

/// A job's whole mapping: fields, settings that go into every row, and what picks a row's action.
package struct Mapping: Sendable {
  package enum ActionChoice: Sendable, Equatable {
    /// The endpoint knows one kind of row only.
    case none
    case fixed(String)
    case column(String, place: Place)
  }

  package var fields: [MappedField]
  package var action: ActionChoice
  /// Settings and their JSON, by name.
  package var settings: [String: [UInt8]]
  /// Actions a column may not pick in this job, and why: fields they need are not mapped.
  package var objections: [String: String] = [:]
  /// The rule for keys that come twice, when the job states one.
  package var duplicates: DuplicateRule?

  /// Every column the mapping names, each once, in its order.
  package var columns: [String] {
    var columns: [String] = []
    for column in fields.flatMap(\.columns) where !columns.contains(column) { columns.append(column) }
    if case .column(let column, _) = action, !columns.contains(column) { columns.append(column) }
    return columns
  }

  package var keepsRest: Bool { fields.contains { $0.origin == .rest } }
}
