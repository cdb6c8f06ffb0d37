import Endpoints
import Records
import Settings
import Testing

@testable import Jobs

@Suite struct JobSchemaTests {
  private let schema = JobSchema.whole

  /// The keys a reader says it knows, taken from its own words about one it does not.
  private func known(in section: String, _ text: String) -> Set<String> {
    let words = everyIssue(of: text).first { $0.contains("unknown key 'zzzzzz'") && $0.contains("'\(section)' knows") }
    let list = words?.split(separator: " knows ").last ?? ""
    return Set(list.split(separator: ", ").map { String($0.filter { $0 != "'" }) })
  }

  private func everyIssue(of text: String) -> [String] {
    let lookups = Lookups(environment: { _ in nil }, file: { _ in "" })
    guard case .failure(let failure) = AnyJob.read(Array(text.utf8), path: "j", folder: "", lookups: lookups) else {
      return []
    }
    return failure.issues.map(\.description)
  }

  private func keys(_ value: JSONValue?) -> Set<String> {
    guard case .object(let members)? = value else { return [] }
    return Set(members.map(\.key))
  }

  @Test(arguments: ["guards", "delivery"])
  func sectionHasTheKeysItsReaderKnows(section: String) {
    let words = known(
      in: section,
      """
      name: a
      import:
        source: a.csv
        target: profiles.update
        map: { integrationId: i }
        \(section): { zzzzzz: 1 }
      """)
    let properties = schema["properties"]?["import"]?["properties"]?[section]?["properties"]
    #expect(!words.isEmpty && keys(properties) == words)
  }

  @Test func importHasTheKeysItsReaderKnows() {
    let words = known(in: "import", "name: a\nimport: { source: a.csv, target: profiles.update, map: {}, zzzzzz: 1 }")
    #expect(!words.isEmpty && keys(schema["properties"]?["import"]?["properties"]) == words)
  }

  @Test(arguments: ["window", "delivery", "keys"])
  func exportSectionHasTheKeysItsReaderKnows(section: String) {
    let source = section == "keys" ? "customer-inventory" : "effects"
    let settings = section == "keys" ? "" : "settings: { applicationId: 1 }, "
    let words = known(
      in: section, "name: a\nexport: { source: \(source), \(settings)target: a.csv, \(section): { zzzzzz: 1 } }")
    let properties = keys(schema["properties"]?["export"]?["properties"]?[section]?["properties"])
    #expect(!words.isEmpty && properties.isSuperset(of: words))
    #expect(section == "delivery" || properties == words)
  }

  @Test func exportHasTheKeysItsReaderKnows() {
    let words = known(in: "export", "name: a\nexport: { source: effects, target: a.csv, zzzzzz: 1 }")
    #expect(!words.isEmpty && keys(schema["properties"]?["export"]?["properties"]) == words)
    #expect(schema["properties"]?["export"]?["allOf"]?.elements.count == exportEndpoints.count)
  }

  @Test func mappedFieldHasOnlyKeysItsReaderKnows() {
    let keys = keys(schema["$defs"]?["mapped"]?["oneOf"]?.elements.last?["properties"])
    #expect(keys.count == 9)
    for key in keys.union(["zzzzzz"]) {
      let map = "attributes.x: { \(key): 1 }"
      let words = issues(of: "name: a\nimport: { source: a.csv, target: profiles.update, map: { \(map) } }")
      #expect(words.contains { $0.contains("unknown key '\(key)'") } == (key == "zzzzzz"), "\(key)")
    }
  }

  @Test(arguments: importEndpoints.map(\.name))
  func everyFieldAndSettingOfATargetIsThere(name: String) throws {
    let endpoint = try #require(ImportEndpoint.named(name))
    let branches = schema["properties"]?["import"]?["allOf"]?.elements ?? []
    let branch = try #require(branches.first { $0["if"]?["properties"]?["target"]?["const"]?.text == name })
    let parts = branch["then"]?["properties"]
    let actions = endpoint.actions.map { [$0.name] } ?? []
    #expect(keys(parts?["map"]?["properties"]) == Set(endpoint.fields.map(\.name) + actions))
    let constants = endpoint.fields.filter(\.canBeSetting).map(\.name)
    #expect(keys(parts?["settings"]?["properties"]) == Set(endpoint.settings.map(\.name) + actions + constants))
  }
}
