import Foundation
import Records
import Testing

@testable import Endpoints

@Suite struct RegistryTests {
  @Test func namesAreUniqueAndSorted() {
    let names = importEndpoints.map(\.name)
    #expect(names == Set(names).sorted())
    for endpoint in importEndpoints { #expect(ImportEndpoint.named(endpoint.name)?.path == endpoint.path) }
    #expect(ImportEndpoint.named("none") == nil)
  }

  @Test(arguments: importEndpoints.map(\.name))
  func descriptionHoldsTogether(name: String) throws {
    let endpoint = try #require(ImportEndpoint.named(name))
    let choices = Set(endpoint.actions?.choices ?? [])
    let fields = endpoint.fields.map(\.name)
    let settings = endpoint.settings.map(\.name)
    let placeholders = Set(
      (endpoint.path + (endpoint.innerPath ?? "")).split(separator: "/").filter { $0.hasPrefix("{") }.map {
        String($0.dropFirst().dropLast())
      })

    #expect(!endpoint.title.isEmpty && endpoint.reference.hasPrefix("https://docs.talon.one/"))
    #expect(endpoint.path.hasPrefix("/v"))
    #expect(Set(fields).count == fields.count)
    #expect(Set(settings).count == settings.count)
    #expect(Set(fields).isDisjoint(with: settings))
    for placeholder in placeholders {
      if let field = endpoint.fields.first(where: { $0.name == placeholder }) {
        // Rows fill a path only where a request is theirs alone or of their address.
        #expect(field.isAddress && field.required == ["*"] && field.kindOfValue == .string)
        #expect(endpoint.shape.isAddressed)
      } else {
        let setting = try #require(endpoint.settings.first { $0.name == placeholder })
        #expect(setting.isRequired == endpoint.path.contains("{\(placeholder)}"))
        #expect(setting.placement == .path && setting.actions.isEmpty)
      }
    }
    let fillers =
      endpoint.settings.filter { $0.placement == .path }.map(\.name)
      + endpoint.fields.filter { $0.isAddress && $0.path.isEmpty }.map(\.name)
    #expect(Set(fillers) == placeholders)
    if let path = endpoint.reading.confirmation {
      for name in path.split(separator: "/").filter({ $0.hasPrefix("{") }).map({ String($0.dropFirst().dropLast()) }) {
        #expect(endpoint.fields.contains { $0.name == name && $0.isAddress }, "\(name)")
      }
    }
    if let name = endpoint.safeOnlyWith {
      #expect(endpoint.settings.contains { $0.name == name && $0.kind == .flag })
    }

    for field in endpoint.fields {
      #expect(choices.isSuperset(of: field.actions), "\(field.name)")
      #expect(field.required == ["*"] || choices.isSuperset(of: field.required), "\(field.name)")
      #expect(field.required == ["*"] || field.required.allSatisfy(field.exists), "\(field.name)")
      #expect(field.minimumLength <= field.maximumLength ?? .max, "\(field.name)")
      #expect(!field.doc.isEmpty && field.isOpen == field.name.hasSuffix(".*"), "\(field.name)")
      for bound in [field.minimum, field.maximum].compactMap(\.self) {
        #expect(DecimalText(Array(bound.utf8)) != nil, "\(field.name)")
      }
      if field.isKey { #expect(!field.required.isEmpty, "\(field.name)") }
    }
    for setting in endpoint.settings {
      #expect(choices.isSuperset(of: setting.actions) && !setting.doc.isEmpty, "\(setting.name)")
      if let fallback = setting.fallback, case .choice(let words) = setting.kind { #expect(words.contains(fallback)) }
    }
    for advice in endpoint.advice {
      #expect(choices.isSuperset(of: advice.actions))
      for setting in [advice.whenSetting, advice.unlessSetting].compactMap(\.self) {
        #expect(endpoint.settings.contains { $0.name == setting && $0.kind == .flag })
      }
      if let field = advice.unlessMapped { #expect(fields.contains(field)) }
    }
    if let actions = endpoint.actions {
      #expect(choices.count == actions.choices.count && !choices.isEmpty)
      #expect(choices.isSuperset(of: actions.removals) && choices.isSuperset(of: actions.cumulative))
      #expect(!fields.contains(actions.name) && !settings.contains(actions.name))
    }
    let limits = endpoint.limits
    // A JSON request takes 1000 items at most, everywhere in the API.
    #expect((1...(endpoint.shape.isUpload ? 500_000 : 1000)).contains(limits.items))
    #expect((1...limits.maximumWindow).contains(limits.window) && limits.maximumWindow <= 64)
    #expect((1...1800).contains(limits.stallSeconds))
    #expect(limits.requestsPerSecond.map { $0 > 0 } ?? (endpoint.api == .integration))
    #expect(endpoint.reading.accepted == 200...299)
  }

  @Test(arguments: importEndpoints.map(\.name))
  func pageMentionsEverything(name: String) throws {
    let endpoint = try #require(ImportEndpoint.named(name))
    let page = endpoint.page
    let words =
      [endpoint.name, endpoint.title, endpoint.path, endpoint.reference, endpoint.api.scheme, endpoint.safety.words]
      + endpoint.fields.flatMap { [$0.name, $0.doc] } + endpoint.settings.flatMap { [$0.name, $0.doc, $0.expectation] }
      + (endpoint.actions.map { [$0.name, $0.doc] + $0.choices } ?? []) + endpoint.notes
    for word in words { #expect(page.contains(word), "\(word)") }
    #expect(!page.contains("\n\n\n") && page.hasSuffix("\n"))
  }

  @Test func catalogPageReadsLikeThis() {
    let page = ImportEndpoint.catalogSync.page
    let start = """
      catalog.sync: Sync a cart item catalog

        PUT /v1/catalogs/{catalogId}/sync  (Integration API, Authorization: ApiKey-v1 …)
        https://docs.talon.one/integration-api#tag/Catalogs/operation/syncCatalog

      Limits
        1000 items a request, 1 in flight unless 'delivery.window' says otherwise
        safe: repeating gives the same state

      Settings (* required)
        catalogId *        the numeric id
                           The catalog. Catalogs are created in the Campaign Manager.
        replaceIfExists    true or false
                           Replace an item whose SKU exists already. Only for ADD.
      """
    let fields = """

      Fields (* required, + key)
        sku * +                     string, at least 1 character
                                    The item's SKU, once a request. Only for ADD, PATCH, REMOVE, ADD_PRICE_ADJUSTMENT.
        price                       number
                                    The price. Left out, an existing item keeps its own. Only for ADD, PATCH, PATCH_MANY.
      """
    #expect(page.hasPrefix(start), "\(page.prefix(start.count))")
    #expect(page.contains(fields.replacing("string, at least 1 character", with: "string")), "\(page)")
  }

  /// An endpoint is one value in one file: no other source may know it by its name.
  @Test(arguments: importEndpoints.map(\.name))
  func nameIsSpelledInOneSourceFile(name: String) throws {
    let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let sources = package.appendingPathComponent("Sources").resolvingSymlinksInPath()
    let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    var holders: [String] = []
    for case let file as URL in files where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      if text.contains("\"\(name)\"") { holders.append(file.lastPathComponent) }
    }
    #expect(holders.count == 1, "\(holders)")
  }

  @Test(arguments: [
    (RepeatSafety.safe, true), (.keyed, true), (.selfKeyed, true), (.unsafe, false),
  ])
  func onlyUnsafeRequestsAreNotRepeated(safety: RepeatSafety, isRepeatable: Bool) {
    #expect(safety.isRepeatable == isRepeatable)
    #expect(!safety.words.isEmpty)
  }

  @Test func keyFollowsTheAPI() {
    #expect(API.integration.scheme == "ApiKey-v1" && API.management.scheme == "ManagementKey-v1")
  }
}

extension Field {
  fileprivate var kindOfValue: ValueKind? { if case .value(let kind) = shape { kind } else { nil } }
}

extension ImportEndpoint.Shape {
  fileprivate var isUpload: Bool { if case .upload = self { true } else { false } }

  fileprivate var isAddressed: Bool {
    switch self {
    case .grouped, .single: true
    case .envelope, .upload: false
    }
  }
}
