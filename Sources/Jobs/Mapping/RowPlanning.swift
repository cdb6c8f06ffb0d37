import Endpoints
package import Records
package import Settings

extension ImportPlan {
  /// The row templates for a file with these columns, or every column the mapping misses.
  ///
  /// - `columns`: the columns of a CSV file in their order; for NDJSON the mapped paths.
  package func rows(columns: [String], format: SourceFormat, path: String) -> Result<RowPlan, ColumnIssues> {
    if case .csv = format {
      let issues = missing(in: columns, path: path)
      if !issues.isEmpty { return .failure(ColumnIssues(issues: issues)) }
    }
    let index = Dictionary(columns.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let builder = RowBuilder(plan: self, columns: columns, index: index, format: format)
    var plan = RowPlan(variants: actions.map(builder.variant), columns: columns)
    if case .column(let column, _) = mapping.action, endpoint.actions?.isOnePerRequest == true {
      plan.selector = index[column]
      plan.selectorField = endpoint.actions?.name ?? ""
      plan.selectorColumn = column
    }
    return .success(plan)
  }

  /// The actions a request can be of: several only when a column picks among them and they cannot be mixed.
  package var actions: [String] {
    switch mapping.action {
    case .none: [""]
    case .fixed(let action): [action]
    case .column: endpoint.actions.map { $0.isOnePerRequest ? $0.choices : [""] } ?? [""]
    }
  }

  private func missing(in columns: [String], path: String) -> [Issue] {
    var wanted: [(column: String, place: Place)] = []
    for field in mapping.fields { wanted += field.columns.map { ($0, field.place) } }
    if case .column(let column, let place) = mapping.action { wanted.append((column, place)) }
    return wanted.filter { !columns.contains($0.column) }.map { item in
      let hint = nearest(to: item.column, among: columns).map { "; did you mean '\($0)'?" } ?? ""
      let known = hint.isEmpty ? "; it has \(columns.prefix(12).map { "'\($0)'" }.joined(separator: ", "))" : hint
      return Issue(.error, at: item.place, "column '\(item.column)' is not in \(path)\(known)")
    }
  }
}

/// The columns a mapping names and a file does not have.
package struct ColumnIssues: Error, Sendable {
  package var issues: [Issue]
}

/// Builds the variants of a row plan from the endpoint's description and the job's mapping.
private struct RowBuilder {
  let plan: ImportPlan
  let columns: [String]
  let index: [String: Int]
  let format: SourceFormat

  private var endpoint: ImportEndpoint { plan.endpoint }
  private var mapping: Mapping { plan.mapping }

  func variant(_ action: String) -> Variant {
    let fields = mapping.fields.filter { action.isEmpty || $0.field.exists(in: action) }
    let hasKey = fields.contains { $0.field.isKey && !$0.isConstant }
    let isCumulative = endpoint.actions?.cumulative.contains(action) ?? false
    var quote = UInt8.quote
    if case .csv(let dialect) = format { quote = dialect.quote }
    // Where batches are cut into requests, each of those has a head of its own.
    let envelope = plan.cut == nil ? endpoint.envelope(with: mapping.settings) : (head: [], tail: [])
    let tree = tree(action, fields)
    var variant = Variant(
      name: action, head: envelope.head, tail: envelope.tail,
      template: RowTemplate(tree.root, quote: quote, required: endpoint.actions?.payload), hasKey: hasKey,
      duplicates: mapping.duplicates ?? (isCumulative ? .keep : endpoint.duplicates))
    variant.objection = mapping.objections[action]
    if plan.cut?.kind == .folds {
      variant.address = tree[RequestRow.Part.address].map { RowTemplate($0, quote: quote) }
    }
    return variant
  }

  /// The prefix of the item's members in a row.
  private var itemPath: String { plan.cut == nil ? "" : RequestRow.Part.item }

  /// Where a field's value stands in a row.
  private func path(of field: Field) -> String {
    guard plan.cut != nil else { return field.path }
    if plan.cut?.kind == .folds {
      let lines = endpoint.shape.fold.map { "\($0.array)[]." } ?? ""
      return field.path.hasPrefix(lines)
        ? "\(itemPath).\(field.path.dropFirst(lines.count))" : "\(RequestRow.Part.frame).\(field.path)"
    }
    return field.path.isEmpty ? itemPath : "\(itemPath).\(field.path)"
  }

  private func tree(_ action: String, _ fields: [MappedField]) -> TemplateTree {
    var tree = TemplateTree()
    if let actions = endpoint.actions {
      if !action.isEmpty {
        tree.insert(.constant(JSONText.quoted(action)), at: actions.path)
        if let payload = actions.payload { tree.insert(.object([]), at: payload) }
      } else if case .column(let column, let place) = mapping.action {
        var rule = ValueRule(field: actions.name, column: column, kind: .string, empty: .reject)
        rule.choices = actions.choices
        _ = place
        tree.insert(.value(TemplateValue(.column(index[column] ?? 0), rule)), at: actions.path)
      }
    }
    for setting in endpoint.settings {
      guard case .item(let path) = setting.placement, let value = mapping.settings[setting.name],
        setting.actions.isEmpty || setting.actions.contains(action)
      else { continue }
      tree.insert(.constant(value), at: path)
    }
    if plan.cut != nil {
      let serials = fields.filter(\.field.isSerial).compactMap { node($0, isKey: false) }
      if !serials.isEmpty { tree.insert(.array(serials), at: RequestRow.Part.serial) }
      for mapped in fields where mapped.field.isAddress {
        guard let node = node(mapped, isKey: mapped.field.isKey && mapped.field.path.isEmpty) else { continue }
        tree.insert(node, at: RequestRow.Part.address, last: mapped.name)
      }
    }
    for mapped in fields {
      // A value without a place in the item is there already, or is the whole of it.
      if mapped.field.path.isEmpty, mapped.field.isAddress { continue }
      insert(mapped, into: &tree)
    }
    return tree
  }

  /// The field's value as a node of its own.
  private func node(_ mapped: MappedField, isKey: Bool) -> TemplateNode? {
    switch mapped.origin {
    case .constant(let bytes): .constant(bytes)
    case .column(let column):
      .value(TemplateValue(.column(index[column] ?? 0), mapped.rule(column: column), isKey: isKey))
    case .composed(let parts):
      .value(
        TemplateValue(
          .composed(parts.map(part)), mapped.rule(column: mapped.columns.joined(separator: ", ")), isKey: isKey))
    case .rest, .filters: nil
    }
  }

  private func insert(_ mapped: MappedField, into tree: inout TemplateTree) {
    let isOpen = mapped.field.isOpen
    let whole = path(of: mapped.field)
    let path = isOpen ? String(whole.dropLast(2)) : whole
    let last = isOpen ? String(mapped.name.dropFirst(mapped.field.openPrefix.count)) : nil
    switch mapped.origin {
    case .constant, .column, .composed:
      if let node = node(mapped, isKey: mapped.field.isKey) { tree.insert(node, at: path, last: last) }
    case .rest: insertRest(mapped, at: path, into: &tree)
    case .filters(let filters): tree.insert(.array(filters.map { filter($0, mapped) }), at: path)
    }
  }

  private func part(_ part: MappedField.Part) -> TemplateValue.Part {
    switch part {
    case .text(let text): .text(Array(text.utf8))
    case .column(let column): .column(index[column] ?? 0)
    }
  }

  private func insertRest(_ mapped: MappedField, at path: String, into tree: inout TemplateTree) {
    guard case .csv = format else { return tree.insertRest(at: path, mapped.rule(column: "")) }
    let used = Set(mapping.columns)
    let taken = Set(mapping.fields.map(\.name))
    for column in columns
    where !used.contains(column) && !ReservedColumn.contains(column)
      && !taken.contains(mapped.field.openPrefix + column)
    {
      var rule = mapped.rule(column: column)
      rule.field = mapped.field.openPrefix + column
      tree.insert(.value(TemplateValue(.column(index[column] ?? 0), rule)), at: path, last: column)
    }
  }

  private func filter(_ filter: MappedField.Filter, _ mapped: MappedField) -> TemplateNode {
    let value: TemplateNode
    switch filter.value {
    case .text(let text): value = .constant(JSONText.quoted(text))
    case .column(let column):
      var rule = ValueRule(field: "filters.\(filter.attribute)", column: column, kind: .string, empty: .reject)
      rule.isNumericText = filter.isNumeric
      value = .value(TemplateValue(.column(index[column] ?? 0), rule))
    }
    return .object([
      TemplateMember("attr", .constant(JSONText.quoted(filter.attribute))),
      TemplateMember("op", .constant(JSONText.quoted(filter.operation))), TemplateMember("value", value),
    ])
  }
}

extension MappedField {
  fileprivate var isConstant: Bool { if case .constant = origin { true } else { false } }

  /// What the value must be: the endpoint's constraints and the job's wishes.
  fileprivate func rule(column: String) -> ValueRule {
    var rule = ValueRule(field: name, column: column, kind: kind, empty: empty)
    rule.minimumLength = field.minimumLength
    rule.maximumLength = field.maximumLength
    rule.choices = field.choices
    rule.minimum = field.minimum.flatMap { DecimalText(Array($0.utf8)) }
    rule.maximum = field.maximum.flatMap { DecimalText(Array($0.utf8)) }
    rule.time = time
    rule.separator = separator
    rule.element = element
    return rule
  }
}
