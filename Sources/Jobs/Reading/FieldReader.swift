import Endpoints
import Records
import Settings

/// Reads one entry of `map`: a column's name, or a mapping with more to say.
struct FieldReader {
  let issues: IssueList

  func read(_ entry: Entry, _ field: Field) -> MappedField? {
    if case .filters(let operators, let numeric) = field.shape {
      return filters(entry, field, operators: operators, numeric: numeric)
    }
    if field.isOpen, entry.key == field.name { return rest(entry, field) }
    switch entry.value.content {
    case .scalar(let column, _):
      return mapped(entry, field, .column(column))
    case .mapping:
      return details(entry, field)
    case .null, .sequence:
      issues.report(
        at: entry.value.place,
        "'\(entry.key)' must be the name of a column, or a mapping such as { column: …, type: … }")
      return nil
    }
  }

  private func mapped(_ entry: Entry, _ field: Field, _ origin: MappedField.Origin) -> MappedField {
    let isRequired = !field.required.isEmpty
    return MappedField(
      name: entry.key, field: field, origin: origin, kind: field.kind, empty: isRequired ? .reject : .omit,
      place: entry.value.place)
  }

  private func details(_ entry: Entry, _ field: Field) -> MappedField? {
    let reader = MappingReader(entry.value, as: entry.key, issues: issues)
    let column = reader.string("column")
    let value = reader.node("value")
    let template = reader.string("template")
    let type = reader.choice("type", among: ValueKind.allCases.map(\.rawValue))
    let empty = reader.choice("empty", among: EmptyPolicy.allCases.map(\.rawValue))
    let format = reader.string("format")
    let zone = reader.string("zone")
    let separator = reader.string("separator")
    let items = reader.choice("items", among: ["string", "number", "integer", "boolean"])
    reader.finish()
    let given = [column != nil, value != nil, template != nil].filter { $0 }.count
    guard given == 1 else {
      issues.report(
        at: entry.value.place, "'\(entry.key)' needs exactly one of 'column', 'value' and 'template', found \(given)")
      return nil
    }
    var mapped = mapped(entry, field, .column(column?.value ?? ""))
    if let type, let kind = ValueKind(rawValue: type.value) {
      guard field.allows(kind) else {
        issues.report(
          at: type.place, "'\(entry.key)' is \(field.kind.phrase), it cannot have 'type: \(type.value)'")
        return nil
      }
      mapped.kind = kind
    }
    if let empty, let policy = EmptyPolicy(rawValue: empty.value) {
      if !field.required.isEmpty, policy == .omit {
        issues.report(at: empty.place, "'\(entry.key)' must be there in every row, so an empty cell cannot be omitted")
      }
      if field.isAddress || !field.required.isEmpty && !field.takesNull, policy == .null {
        issues.report(
          at: empty.place, "'\(entry.key)' must say something in every row, so an empty cell can only be rejected")
      }
      mapped.empty = policy
    }
    readTime(format, zone, entry, &mapped)
    if let separator {
      if separator.value.utf8.count == 1, let byte = separator.value.utf8.first {
        mapped.separator = byte
      } else {
        issues.report(at: separator.place, "'separator' must be one ASCII character, found '\(separator.value)'")
      }
    }
    if let items, let element = ValueKind(rawValue: items.value) { mapped.element = element }
    if let value {
      guard let bytes = constant(value, kind: mapped.kind, name: entry.key, of: field) else { return nil }
      mapped.origin = .constant(bytes)
    } else if let template {
      guard let parts = parts(template) else { return nil }
      guard [.string, .any, .number, .integer].contains(mapped.kind) else {
        issues.report(
          at: template.place, "'template' makes text or a number, and '\(entry.key)' is \(mapped.kind.phrase)")
        return nil
      }
      mapped.origin = .composed(parts)
    }
    return mapped
  }

  private func readTime(
    _ format: Located<String>?, _ zone: Located<String>?, _ entry: Entry, _ mapped: inout MappedField
  ) {
    guard format != nil || zone != nil else { return }
    if mapped.kind != .time {
      issues.report(
        at: (format ?? zone)?.place ?? entry.keyPlace,
        "'format' and 'zone' are for 'type: time', found \(mapped.kind.phrase)")
    }
    var offset = 0
    if let zone {
      if let minutes = Self.offset(zone.value) {
        offset = minutes
      } else {
        issues.report(at: zone.place, "'zone' must be 'Z' or an offset such as '+02:00', found '\(zone.value)'")
      }
    }
    if let time = TimeFormat(format?.value ?? "rfc3339", offsetMinutes: offset) {
      mapped.time = time
    } else {
      issues.report(
        at: format?.place ?? entry.keyPlace,
        "'format' must be rfc3339, unix, unix-ms or a pattern with %Y %m %d and perhaps %H %M %S %f %z, "
          + "found '\(format?.value ?? "")'")
    }
  }

  private static func offset(_ text: String) -> Int? {
    if text == "Z" || text == "UTC" { return 0 }
    let bytes = Array(text.utf8)
    guard bytes.count == 6, bytes[0] == .plus || bytes[0] == .minus, bytes[3] == .colon,
      ![bytes[1], bytes[4]].contains(where: { $0 == .plus || $0 == .minus }),
      let hours = Int(text.dropFirst().prefix(2)), let minutes = Int(text.suffix(2)), hours < 24, minutes < 60
    else { return nil }
    return (hours * 60 + minutes) * (bytes[0] == .minus ? -1 : 1)
  }

  /// `{first} {last}` in its parts; `{{` is a brace.
  private func parts(_ template: Located<String>) -> [MappedField.Part]? {
    var parts: [MappedField.Part] = []
    var text = ""
    var rest = template.value[...]
    while let character = rest.popFirst() {
      if (character == "{" || character == "}") && rest.first == character {
        text.append(character)
        rest.removeFirst()
      } else if character == "{" {
        guard let end = rest.firstIndex(of: "}") else {
          issues.report(at: template.place, "'template' has a '{' without '}' in '\(template.value)'")
          return nil
        }
        if !text.isEmpty { parts.append(.text(text)) }
        text = ""
        parts.append(.column(String(rest[..<end])))
        rest = rest[rest.index(after: end)...]
      } else {
        text.append(character)
      }
    }
    if !text.isEmpty { parts.append(.text(text)) }
    return parts
  }

  private func rest(_ entry: Entry, _ field: Field) -> MappedField? {
    guard case .scalar("*", _) = entry.value.content else {
      issues.report(
        at: entry.value.place, "'\(entry.key)' must be '*', which maps every column nothing else is mapped from")
      return nil
    }
    return mapped(entry, field, .rest)
  }

  /// The JSON of a constant that keeps the field's bounds.
  func constant(_ node: Node, kind: ValueKind, name: String, of field: Field) -> [UInt8]? {
    guard let bytes = constant(node, kind: kind, name: name) else { return nil }
    guard case .scalar(let text, _) = node.content, let objection = field.objection(to: text) else { return bytes }
    issues.report(at: node.place, "'\(name)' must \(objection), found '\(text)'")
    return nil
  }

  /// The JSON of a constant.
  private func constant(_ node: Node, kind: ValueKind, name: String) -> [UInt8]? {
    guard case .scalar(let text, let isPlain) = node.content else {
      issues.report(at: node.place, "the value of '\(name)' must be text, a number or a boolean")
      return nil
    }
    let bytes = Array(text.utf8)
    let isNumber = DecimalText(bytes) != nil
    let isBoolean = text == "true" || text == "false"
    switch kind {
    case .number where isNumber, .boolean where isBoolean: return bytes
    case .integer where isNumber && Int(text) != nil: return bytes
    case .any where isPlain && (isNumber || isBoolean): return bytes
    case .json:
      if JSONValue(bytes) != nil { return bytes }
    case .string, .any: return JSONText.quoted(text)
    case .time:
      if let time = TimeFormat.rfc3339.convert(bytes) { return JSONText.quoted(String(decoding: time, as: UTF8.self)) }
    default: break
    }
    issues.report(at: node.place, "the value of '\(name)' must be \(kind.phrase), found '\(text)'")
    return nil
  }
}

extension ValueKind {
  /// With its article: `an integer`.
  fileprivate var phrase: String {
    switch self {
    case .json: "JSON"
    case .any: "any value"
    case .integer: "an integer"
    default: "a \(rawValue)"
    }
  }
}

extension Field {
  /// The kind of value it holds.
  var kind: ValueKind { if case .value(let kind) = shape { kind } else { .any } }

  /// What a constant fails to keep of the field's bounds.
  fileprivate func objection(to text: String) -> String? {
    let length = text.unicodeScalars.count
    if length < minimumLength { return "have at least \(minimumLength) characters" }
    if let maximumLength, length > maximumLength { return "have at most \(maximumLength) characters" }
    if !choices.isEmpty, !choices.contains(text) { return "be one of \(choices.joined(separator: ", "))" }
    guard let value = DecimalText(Array(text.utf8)) else { return nil }
    if let minimum, let least = DecimalText(Array(minimum.utf8)), value < least { return "be at least \(minimum)" }
    if let maximum, let most = DecimalText(Array(maximum.utf8)), most < value { return "be at most \(maximum)" }
    return nil
  }

  /// Whether a job may say that its column holds this kind.
  func allows(_ kind: ValueKind) -> Bool {
    switch shape {
    case .open: true
    case .filters: false
    case .value(let own): kind == own || (own == .number && kind == .integer)
    }
  }
}
