import Endpoints
package import Records

/// The JSON Schema (2020-12) of a job file, for editors: made from the endpoints' descriptions.
package enum JobSchema {
  /// The schema of every job.
  package static var whole: JSONValue {
    .schema([
      ("$schema", .string("https://json-schema.org/draft/2020-12/schema")), ("title", .string("A job of ferry")),
      ("type", .string("object")),
      (
        "properties",
        .schema([("name", name), ("connection", connection), ("import", importing), ("export", exporting)])
      ),
      ("required", .array([.string("name")])),
      ("oneOf", .array(["import", "export"].map { .schema([("required", .array([.string($0)]))]) })),
      ("additionalProperties", .boolean(false)),
      ("$defs", .schema([("mapped", mapped)])),
    ])
  }

  private static let text = JSONValue.schema([("type", .string("string"))])
  private static let texts = JSONValue.schema([
    ("oneOf", .array([text, .schema([("type", .string("array")), ("items", text), ("minItems", .number("1"))])]))
  ])

  private static let name = JSONValue.schema([
    ("type", .string("string")), ("pattern", .string("^[A-Za-z0-9_-][A-Za-z0-9._-]{0,79}$")),
  ])

  private static let connection = JSONValue.object(
    of: ["url", "apiKey", "managementKey", "certificates"].map { ($0, text) })

  private static func whole(from least: Int, to most: Int) -> JSONValue {
    .schema([("type", .string("integer")), ("minimum", .number("\(least)")), ("maximum", .number("\(most)"))])
  }

  private static let format = JSONValue.schema([
    (
      "oneOf",
      .array([
        .oneOf(["csv", "tsv", "ndjson"], ""),
        .object(
          of: [
            ("type", .oneOf(["csv", "tsv", "ndjson"], "")), ("delimiter", text), ("quote", text), ("columns", texts),
          ], required: ["type"]),
      ])
    )
  ])

  private static let share = JSONValue.schema([
    ("oneOf", .array([whole(from: 0, to: .max), .schema([("type", .string("string")), ("pattern", .string("%$"))])]))
  ])

  private static let guards = JSONValue.object(
    of: [("maxRejects", share), ("maxShrink", share), ("maxRemovals", whole(from: 0, to: .max))])

  private static let delivery = JSONValue.object(of: [
    ("window", whole(from: 1, to: 64)), ("batchRows", whole(from: 1, to: 500_000)),
    ("batchBytes", .schema([("type", .array([.string("string"), .string("integer")]))])),
    ("requestsPerSecond", .schema([("type", .string("number")), ("exclusiveMinimum", .number("0"))])),
    ("attempts", whole(from: 1, to: 100)), ("patience", text), ("timeout", text),
  ])

  /// What becomes of an empty cell; YAML's null is the word `null`.
  private static let empty = JSONValue.schema([
    ("enum", .array(EmptyPolicy.allCases.map { .string($0.rawValue) } + [.null]))
  ])

  /// What one field is mapped from.
  private static let mapped = JSONValue.schema([
    (
      "oneOf",
      .array([
        text,
        .object(of: [
          ("column", text), ("value", .schema([])), ("template", text),
          ("type", .oneOf(ValueKind.allCases.map(\.rawValue), "")),
          ("empty", empty), ("format", text), ("zone", text),
          ("separator", text), ("items", .oneOf(["string", "number", "integer", "boolean"], "")),
        ]),
      ])
    )
  ])

  /// What holds of a section whose `key` is this one.
  private static func when(_ key: String, _ name: String, _ properties: [(String, JSONValue)]) -> JSONValue {
    .schema([
      ("if", .schema([("properties", .schema([(key, .schema([("const", .string(name))]))]))])),
      ("then", .schema([("properties", .schema(properties))])),
    ])
  }

  private static var exporting: JSONValue {
    let sources = exportEndpoints.map { when("source", $0.name, [("settings", $0.settingsSchema)]) }
    let window = JSONValue.object(
      of: ["since", "until", "overlap", "first", "slice"].map { ($0, text) }, required: ["since"])
    let keys = JSONValue.object(of: [("source", text), ("column", text)], required: ["source", "column"])
    let delivery = JSONValue.object(of: [
      ("window", whole(from: 1, to: 64)),
      ("requestsPerSecond", .schema([("type", .string("number")), ("exclusiveMinimum", .number("0"))])),
      ("attempts", whole(from: 1, to: 100)), ("patience", text), ("timeout", text),
    ])
    let properties: [(String, JSONValue)] = [
      ("source", .oneOf(exportEndpoints.map(\.name), "What is exported.")), ("target", text),
      ("settings", .schema([("type", .string("object"))])), ("window", window), ("keys", keys), ("delivery", delivery),
    ]
    return .schema([
      ("type", .string("object")), ("properties", .schema(properties)),
      ("required", .array([.string("source"), .string("target")])), ("additionalProperties", .boolean(false)),
      ("allOf", .array(sources)),
    ])
  }

  private static var importing: JSONValue {
    let targets = importEndpoints.map {
      when("target", $0.name, [("settings", $0.settingsSchema), ("map", $0.mapSchema)])
    }
    let properties: [(String, JSONValue)] = [
      ("source", texts), ("format", format), ("target", .oneOf(importEndpoints.map(\.name), "What is imported.")),
      ("settings", .schema([("type", .string("object"))])), ("map", .schema([("type", .string("object"))])),
      ("duplicates", .oneOf(DuplicateRule.allCases.map(\.rawValue), "A key that comes twice.")),
      ("delivery", delivery), ("guards", guards),
    ]
    return .schema([
      ("type", .string("object")), ("properties", .schema(properties)),
      ("required", .array([.string("source"), .string("target"), .string("map")])),
      ("additionalProperties", .boolean(false)), ("allOf", .array(targets)),
    ])
  }
}
