import Endpoints
import Records
import Settings

/// Reads `settings` and `map` against an endpoint's description.
struct MappingBuilder {
  let endpoint: ImportEndpoint
  let issues: IssueList
  private var fields: [MappedField] = []
  private var settings: [String: [UInt8]] = [:]
  private var action = Mapping.ActionChoice.none
  /// Every field the job speaks of, those included whose values are no good.
  private var mentioned: Set<String> = []
  /// Whether `settings` names an action there is not, which was said already.
  private var hasBadAction = false
  /// Where each setting stands, for messages.
  private var places: [String: Place] = [:]

  init(endpoint: ImportEndpoint, issues: IssueList) {
    self.endpoint = endpoint
    self.issues = issues
  }

  // MARK: Settings

  mutating func readSettings(_ section: MappingReader?, at place: Place) {
    let reader = section
    for setting in endpoint.settings {
      if let found = reader?.place(of: setting.name) { places[setting.name] = found }
      if let bytes = reader?.value(of: setting) ?? setting.fallback.map({ JSONText.quoted($0) }) {
        settings[setting.name] = bytes
      } else if setting.isRequired, reader?.says(setting.name) != true {
        issues.report(
          at: section?.place ?? place,
          "missing key '\(setting.name)' in 'settings': \(endpoint.name) needs \(setting.expectation)")
      }
    }
    if let actions = endpoint.actions {
      if let chosen = reader?.choice(actions.name, among: actions.choices) {
        action = .fixed(chosen.value)
        places[actions.name] = chosen.place
      } else {
        hasBadAction = reader?.says(actions.name) == true
      }
    }
    for field in endpoint.fields where field.canBeSetting {
      guard let node = reader?.node(field.name), node.content != .null else { continue }
      mentioned.insert(field.name)
      if let bytes = FieldReader(issues: issues).constant(node, kind: field.kind, name: field.name, of: field) {
        fields.append(
          MappedField(
            name: field.name, field: field, origin: .constant(bytes), kind: field.kind, empty: .reject,
            place: node.place))
      }
    }
    requireInnerSettings(at: section?.place ?? place)
    reader?.finish()
  }

  /// The settings of the inner path come together or not at all.
  private func requireInnerSettings(at place: Place) {
    let names = endpoint.innerSettings
    let given = names.filter { settings[$0] != nil }
    guard let first = given.first, given.count < names.count else { return }
    let missing = names.filter { !given.contains($0) }.map { "'\($0)'" }.joined(separator: ", ")
    issues.report(
      at: places[first] ?? place, "'\(first)' is given without \(missing); give all of them, or none")
  }

  // MARK: Map

  mutating func readMap(_ section: MappingReader?, at place: Place) {
    guard let reader = section else { return }
    for key in reader.keys {
      guard let value = reader.node(key.value) else { continue }
      let entry = Entry(key.value, at: key.place, value)
      if let actions = endpoint.actions, entry.key == actions.name {
        readAction(entry, actions)
      } else if let field = field(named: entry.key) {
        mentioned.insert(entry.key)
        if let mapped = FieldReader(issues: issues).read(entry, field) { add(mapped) }
      } else {
        let names = endpoint.fields.map(\.name) + (endpoint.actions.map { [$0.name] } ?? [])
        let hint =
          nearest(to: entry.key, among: names).map { "; did you mean '\($0)'?" }
          ?? "; it has \(names.joined(separator: ", "))"
        issues.report(at: entry.keyPlace, "\(endpoint.name) has no field '\(entry.key)'\(hint)")
      }
    }
  }

  private mutating func add(_ mapped: MappedField) {
    if let other = fields.first(where: { $0.name == mapped.name }) {
      issues.report(
        at: mapped.place,
        "'\(mapped.name)' is given in 'settings' already (line \(other.place.line)); keep one of the two")
      return
    }
    fields.append(mapped)
  }

  private mutating func readAction(_ entry: Entry, _ actions: ImportEndpoint.Actions) {
    guard case .scalar(let column, _) = entry.value.content else {
      issues.report(at: entry.value.place, "'\(actions.name)' must be the name of a column")
      return
    }
    if case .fixed = action {
      issues.report(at: entry.keyPlace, "'\(actions.name)' is fixed in 'settings' already; keep one of the two")
      return
    }
    action = .column(column, place: entry.value.place)
  }

  /// The field a name means; `attributes.size` means `attributes.*`.
  private func field(named name: String) -> Field? {
    endpoint.fields.first { $0.name == name }
      ?? endpoint.fields.first { $0.isOpen && name.hasPrefix($0.openPrefix) && name.count > $0.openPrefix.count }
  }

  // MARK: What the whole must keep

  func finish(at place: Place, duplicates: DuplicateRule?) -> Mapping {
    var mapping = Mapping(fields: fields, action: action, settings: settings, duplicates: duplicates)
    let chosen: [String]
    switch action {
    case .fixed(let name): chosen = [name]
    case .column:
      chosen = []
      for name in endpoint.actions?.choices ?? [] { mapping.objections[name] = objection(to: name) }
    case .none:
      chosen = []
      if let actions = endpoint.actions {
        if !hasBadAction {
          issues.report(
            at: place,
            "\(endpoint.name) needs '\(actions.name)': fix it in 'settings' (\(actions.choices.joined(separator: ", "))) "
              + "or map a column to it")
        }
        return mapping
      }
    }
    requireFields(chosen, at: place)
    refuseStrangers(chosen)
    refuseWholeAndLines()
    for advice in endpoint.advice { apply(advice, chosen, at: place) }
    return mapping
  }

  /// Fields that must be mapped: for a fixed action its own, for a column every action's common ones.
  private func requireFields(_ chosen: [String], at place: Place) {
    for field in endpoint.fields where field.required == ["*"] || chosen.contains(where: field.isRequired) {
      guard !mentioned.contains(field.name) else { continue }
      let also = field.canBeSetting ? ", or give it in 'settings'" : ""
      let words =
        "'\(field.name)' is not mapped, and \(endpoint.name)"
        + "\(chosen.first.map { " with \($0)" } ?? "") needs it; map a column to it\(also)"
      issues.report(at: place, words)
    }
  }

  /// Why rows of an action that a column picks cannot be sent; those of other actions can.
  private func objection(to action: String) -> String? {
    for field in endpoint.fields where field.isRequired(in: action) && field.required != ["*"] {
      if !mentioned.contains(field.name) { return "'\(field.name)' is not mapped, and \(action) needs it" }
    }
    return endpoint.advice.first { advice in
      advice.severity == .error && advice.actions.contains(action) && isDue(advice)
    }?.words
  }

  private func refuseStrangers(_ chosen: [String]) {
    guard let action = chosen.first else { return }
    for mapped in fields where !mapped.field.exists(in: action) {
      issues.report(
        at: mapped.place,
        "'\(mapped.name)' does not exist for \(action), only for \(mapped.field.actions.joined(separator: ", "))")
    }
    for setting in endpoint.settings
    where !setting.actions.isEmpty && !setting.actions.contains(action) && places[setting.name] != nil {
      issues.report(
        at: places[setting.name] ?? Place(line: 1, column: 1),
        "'\(setting.name)' is for \(setting.actions.joined(separator: ", ")), and the action is \(action)")
    }
  }

  private func isDue(_ advice: Advice) -> Bool {
    if let setting = advice.whenSetting, settings[setting] != Array("true".utf8) { return false }
    if let setting = advice.unlessSetting, settings[setting] == Array("true".utf8) { return false }
    return advice.unlessMapped.map { !mentioned.contains($0) } ?? true
  }

  /// Lines that are folded make the array that could also be mapped as a whole.
  private func refuseWholeAndLines() {
    guard let array = endpoint.shape.fold?.array, let whole = fields.first(where: { $0.field.path == array }),
      let line = fields.first(where: { $0.field.path.hasPrefix("\(array)[].") })
    else { return }
    issues.report(
      at: whole.place, "'\(whole.name)' is all of what '\(line.name)' is one line of; keep one of the two")
  }

  private func apply(_ advice: Advice, _ chosen: [String], at place: Place) {
    if !advice.actions.isEmpty {
      switch action {
      case .fixed(let name) where !advice.actions.contains(name): return
      // Each row is judged when its column says what it is.
      case .column where advice.severity == .error: return
      default: break
      }
    }
    guard isDue(advice) else { return }
    let spot = endpoint.actions.flatMap { places[$0.name] } ?? place
    switch advice.severity {
    case .warning: issues.report(.warning, at: spot, advice.words)
    case .error: issues.report(at: spot, advice.words)
    }
  }
}

extension MappingReader {
  /// Whether the key is there with a value.
  fileprivate func says(_ key: String) -> Bool { has(key) && node(key)?.content != .null }

  /// The JSON of a setting's value, when the section has a good one.
  fileprivate func value(of setting: Setting) -> [UInt8]? {
    switch setting.kind {
    case .id: integer(setting.name, in: 1...Int.max).map { Array(String($0.value).utf8) }
    case .integer(let range): integer(setting.name, in: range).map { Array(String($0.value).utf8) }
    case .flag: boolean(setting.name).map { Array(String($0.value).utf8) }
    case .choice(let choices): choice(setting.name, among: choices).map { JSONText.quoted($0.value) }
    }
  }
}

extension ImportEndpoint {
  /// The settings that only the inner path has.
  var innerSettings: [String] {
    guard let innerPath else { return [] }
    return settings.map(\.name).filter { innerPath.contains("{\($0)}") && !path.contains("{\($0)}") }
  }

  /// Path and query with the settings in them.
  func target(with settings: [String: [UInt8]]) -> String {
    var target = innerPath.flatMap { inner in innerSettings.allSatisfy { settings[$0] != nil } ? inner : nil } ?? path
    var query: [String] = []
    for setting in self.settings {
      guard let value = settings[setting.name] else { continue }
      let text = String(decoding: value.filter { $0 != .quote }, as: UTF8.self)
      switch setting.placement {
      case .path:
        target = target.split(separator: "/").map { $0 == "{\(setting.name)}" ? text[...] : $0 }
          .reduce("") { "\($0)/\($1)" }
      case .query: query.append("\(setting.name)=\(text)")
      case .body, .item, .confirmation: break
      }
    }
    return query.isEmpty ? target : "\(target)?\(query.joined(separator: "&"))"
  }
}
