import Delivery
import Endpoints
import Records
import Settings

/// Reads the `export` section of a job file.
struct ExportReader {
  let issues: IssueList
  let folder: String
  let digest: UInt64

  func read(_ reader: MappingReader, name: String, ids: inout [String: Int]) -> ExportPlan? {
    let source = reader.string("source", required: true)
    let endpoint = source.flatMap(endpoint)
    let settings = reader.mapping("settings")
    let windowSection = reader.mapping("window")
    let keysSection = reader.mapping("keys")
    let output = reader.string("target", required: true)
    let delivery = reader.mapping("delivery")
    reader.finish()
    guard let source, let endpoint else { return nil }
    let window = windowSection.flatMap { WindowReader(issues: issues).read($0, of: endpoint) }
    let keys = readKeys(keysSection, of: endpoint, at: source.place)
    let values = readSettings(settings, of: endpoint, at: source.place, ids: &ids)
    guard let output, let form = form(of: output) else { return nil }
    var plan = ExportPlan(
      name: name, endpoint: endpoint, target: endpoint.target(with: values), window: window,
      output: OutputName(template: output.value.resolved(against: folder)), format: form.format,
      isCompressed: form.isCompressed, keys: keys, requestsPerSecond: endpoint.requestsPerSecond,
      inFlight: endpoint.window, backoff: .reading, stallSeconds: endpoint.stallSeconds, digest: digest)
    readDelivery(delivery, into: &plan)
    return plan
  }

  private func endpoint(_ source: Located<String>) -> ExportEndpoint? {
    if let known = ExportEndpoint.named(source.value) { return known }
    let names = exportEndpoints.map(\.name)
    let hint =
      nearest(to: source.value, among: names).map { "; did you mean '\($0)'?" }
      ?? "; expected one of \(names.joined(separator: ", "))"
    issues.report(at: source.place, "unknown source '\(source.value)' of an export\(hint)")
    return nil
  }

  private func readSettings(
    _ reader: MappingReader?, of endpoint: ExportEndpoint, at place: Place, ids: inout [String: Int]
  ) -> [String: String] {
    var values: [String: String] = [:]
    for setting in endpoint.settings {
      if let bytes = reader?.value(of: setting) {
        let text = String(decoding: bytes.filter { $0 != .quote }, as: UTF8.self)
        values[setting.name] = text
        if setting.kind == .id { ids[setting.name] = Int(text) }
      } else if let fallback = setting.fallback {
        values[setting.name] = fallback
      } else if setting.isRequired, reader?.has(setting.name) != true {
        issues.report(
          at: reader?.place ?? place,
          "missing key '\(setting.name)' in 'settings': \(endpoint.name) needs \(setting.expectation)")
      }
    }
    reader?.finish()
    return values
  }

  /// What the extension of an output asks for.
  private func form(of output: Located<String>) -> (format: ExportFormat, isCompressed: Bool)? {
    var name = output.value.split(separator: "/").last.map(String.init) ?? ""
    checkPlaceholders(output)
    let isCompressed = name.hasSuffix(".gz")
    if isCompressed { name.removeLast(3) }
    if name.hasSuffix(".csv") { return (.csv, isCompressed) }
    if name.hasSuffix(".ndjson") || name.hasSuffix(".jsonl") { return (.ndjson, isCompressed) }
    issues.report(
      at: output.place,
      "'target' must end in .csv, .ndjson, .csv.gz or .ndjson.gz, so that it says how it is written, found "
        + "'\(output.value)'")
    return nil
  }

  private func checkPlaceholders(_ output: Located<String>) {
    for part in output.value.split(separator: "{", omittingEmptySubsequences: false).dropFirst() {
      let name = "{\(part.prefix { $0 != "}" })}"
      if OutputName.placeholders.contains(name) { continue }
      let hint = nearest(to: name, among: OutputName.placeholders).map { "; did you mean '\($0)'?" } ?? ""
      issues.report(
        at: output.place,
        "'target' knows \(OutputName.placeholders.map { "'\($0)'" }.joined(separator: ", ")), found '\(name)'\(hint)")
    }
  }

  private func readKeys(_ section: MappingReader?, of endpoint: ExportEndpoint, at place: Place) -> KeyRule? {
    guard case .lookup(let key, _) = endpoint.kind else {
      if let section {
        issues.report(at: section.place, "'keys' is for exports that are read one by one; \(endpoint.name) is not")
      }
      return nil
    }
    guard let section else {
      issues.report(
        at: place,
        "missing key 'keys' in 'export': \(endpoint.name) is read one by one, so it needs the file with every \(key)")
      return nil
    }
    let source = section.string("source", required: true)
    let column = section.string("column", required: true)
    section.finish()
    guard let source, let column else { return nil }
    guard let format = SourceFormat(path: source.value) else {
      issues.report(
        at: source.place, "'source' must end in .csv, .tsv or .ndjson (or .gz behind it), found '\(source.value)'")
      return nil
    }
    return KeyRule(path: source.value.resolved(against: folder), column: column.value, format: format)
  }

  private func readDelivery(_ section: MappingReader?, into plan: inout ExportPlan) {
    guard let reader = section else { return }
    if case .lookup = plan.endpoint.kind {
      plan.inFlight = reader.integer("window", in: 1...64)?.value ?? plan.inFlight
    }
    let most = plan.requestsPerSecond ?? 1000
    plan.requestsPerSecond = reader.number("requestsPerSecond", in: 0.01...most)?.value ?? plan.requestsPerSecond
    plan.backoff.attempts = reader.integer("attempts", in: 1...100)?.value ?? plan.backoff.attempts
    plan.backoff.patience =
      reader.duration("patience", in: .seconds(1)...(.seconds(86_400)))?.value ?? plan.backoff.patience
    if let stall = reader.duration("timeout", in: .seconds(1)...(.seconds(7200))) {
      plan.stallSeconds = Int(stall.value.components.seconds)
    }
    reader.finish()
  }
}

extension Backoff {
  /// For reads, one of which may take half an hour: the attempts bound it, not the time.
  fileprivate static let reading = Backoff(
    first: .milliseconds(500), longest: .seconds(30), attempts: 10, patience: .seconds(6 * 3600))
}

extension ExportEndpoint {
  fileprivate var window: Int { if case .lookup(_, let window) = kind { window } else { 1 } }

  /// Path and query with the settings in them.
  fileprivate func target(with values: [String: String]) -> String {
    var path = path
    var query = self.query
    for setting in settings {
      guard let value = values[setting.name] else { continue }
      switch setting.placement {
      case .path:
        path = path.split(separator: "/").map { $0 == "{\(setting.name)}" ? value[...] : $0 }
          .reduce("") { "\($0)/\($1)" }
      case .query: query.append("\(setting.name)=\(value)")
      case .body, .item, .confirmation: break
      }
    }
    return query.isEmpty ? path : "\(path)?\(query.joined(separator: "&"))"
  }
}
