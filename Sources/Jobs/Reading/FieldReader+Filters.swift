import Endpoints
import Records
import Settings

extension FieldReader {
  /// `filters`: a list of conditions, each with a constant or a column.
  func filters(_ entry: Entry, _ field: Field, operators: [String], numeric: [String]) -> MappedField? {
    guard case .sequence(let nodes) = entry.value.content, !nodes.isEmpty else {
      issues.report(
        at: entry.value.place,
        "'\(entry.key)' must be a list of conditions such as { attr: color, op: EQ, value: blue }")
      return nil
    }
    var filters: [MappedField.Filter] = []
    for node in nodes {
      let reader = MappingReader(node, as: "filter", issues: issues)
      let attribute = reader.string("attr", required: true)
      let operation = reader.choice("op", among: operators, required: true)
      let value = reader.string("value")
      let column = reader.string("column")
      reader.finish()
      guard let attribute, let operation else { continue }
      guard (value == nil) != (column == nil) else {
        issues.report(at: node.place, "a filter needs exactly one of 'value' and 'column'")
        continue
      }
      let isNumeric = numeric.contains(operation.value)
      if isNumeric, let value, DecimalText(Array(value.value.utf8)) == nil {
        issues.report(at: value.place, "\(operation.value) compares numbers, found '\(value.value)'")
      }
      let part = value.map { MappedField.Part.text($0.value) } ?? .column(column?.value ?? "")
      filters.append(
        MappedField.Filter(
          attribute: attribute.value, operation: operation.value, value: part, isNumeric: isNumeric))
    }
    return MappedField(
      name: entry.key, field: field, origin: .filters(filters), kind: .any, empty: .reject, place: entry.value.place)
  }
}
