package import Records

extension ImportEndpoint {
  /// The JSON Schema of a job's `settings` for this endpoint.
  package var settingsSchema: JSONValue {
    var properties = settings.map { ($0.name, $0.schema) }
    if let actions { properties.append((actions.name, .oneOf(actions.choices, actions.doc))) }
    for field in fields where field.canBeSetting {
      properties.append((field.name, .schema([("description", .string(field.doc))])))
    }
    return .object(of: properties, required: settings.filter(\.isRequired).map(\.name))
  }

  /// The JSON Schema of a job's `map` for this endpoint.
  package var mapSchema: JSONValue {
    var properties: [(String, JSONValue)] = []
    var patterns: [(String, JSONValue)] = []
    for field in fields {
      properties.append((field.name, field.schema))
      if field.isOpen { patterns.append(("^\(field.openPrefix.pattern).", .mapped(field.doc))) }
    }
    if let actions { properties.append((actions.name, .schema([("type", .string("string"))]))) }
    let isRequired: (Field) -> Bool = { $0.required == ["*"] && !$0.canBeSetting }
    return .object(of: properties, patterns: patterns, required: fields.filter(isRequired).map(\.name))
  }
}

extension ExportEndpoint {
  /// The JSON Schema of a job's `settings` for this export.
  package var settingsSchema: JSONValue {
    .object(of: settings.map { ($0.name, $0.schema) }, required: settings.filter(\.isRequired).map(\.name))
  }
}

extension Setting {
  fileprivate var schema: JSONValue {
    var members: [(String, JSONValue)] = []
    switch kind {
    case .id: members = [("type", .string("integer")), ("minimum", .number("1"))]
    case .integer(let range):
      members = [("type", .string("integer")), ("minimum", .number("\(range.lowerBound)"))]
      if range.upperBound < .max { members.append(("maximum", .number("\(range.upperBound)"))) }
    case .flag: members = [("type", .string("boolean"))]
    case .choice(let choices): return .oneOf(choices, doc)
    }
    if let fallback { members.append(("default", kind == .flag ? .boolean(fallback == "true") : .string(fallback))) }
    return .schema(members + [("description", .string(doc))])
  }
}

extension Field {
  fileprivate var schema: JSONValue {
    if isOpen { return .schema([("const", .string("*")), ("description", .string(doc))]) }
    guard case .filters(let operators, _) = shape else { return .mapped(doc) }
    let condition = JSONValue.object(
      of: [
        ("attr", .schema([("type", .string("string"))])), ("op", .oneOf(operators, "")),
        ("value", .schema([("type", .array([.string("string"), .string("number")]))])),
        ("column", .schema([("type", .string("string"))])),
      ], required: ["attr", "op"])
    return .schema([("type", .string("array")), ("minItems", .number("1")), ("items", condition)])
  }
}

extension JSONValue {
  /// A schema with these keywords.
  package static func schema(_ members: [(String, JSONValue)]) -> JSONValue {
    .object(members.map { (key: $0.0, value: $0.1) })
  }

  /// A string that is one of `choices`.
  package static func oneOf(_ choices: [String], _ doc: String) -> JSONValue {
    let values = ("enum", JSONValue.array(choices.map { .string($0) }))
    return .schema(doc.isEmpty ? [values] : [values, ("description", .string(doc))])
  }

  /// An object with these members and no others.
  package static func object(
    of properties: [(String, JSONValue)], patterns: [(String, JSONValue)] = [], required: [String] = []
  ) -> JSONValue {
    var members: [(String, JSONValue)] = [("type", .string("object")), ("properties", .schema(properties))]
    if !patterns.isEmpty { members.append(("patternProperties", .schema(patterns))) }
    if !required.isEmpty { members.append(("required", .array(required.map { .string($0) }))) }
    return .schema(members + [("additionalProperties", .boolean(false))])
  }

  /// What a field is mapped from; the details are defined once for all fields.
  fileprivate static func mapped(_ doc: String) -> JSONValue {
    .schema([("$ref", .string("#/$defs/mapped")), ("description", .string(doc))])
  }
}

extension String {
  /// The text as a regular expression that matches it alone.
  fileprivate var pattern: String { map { $0 == "." ? "\\." : String($0) }.joined() }
}
