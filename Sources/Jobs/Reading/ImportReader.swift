import Delivery
import Endpoints
import Records
import Settings

/// Reads the `import` section of a job file.
struct ImportReader {
  let issues: IssueList
  let folder: String
  let digest: UInt64

  func read(_ section: MappingReader, name: String, ids: inout [String: Int]) -> ImportPlan? {
    let reader = section
    let sources = reader.strings("source", required: true)
    if let sources, sources.isEmpty, let place = reader.place(of: "source") {
      issues.report(at: place, "'source' must be text or a list of texts, found an empty list")
    }
    let format = readFormat(reader, sources: sources)
    let target = reader.string("target", required: true)
    let endpoint = target.flatMap(endpoint)
    let settings = reader.mapping("settings")
    let map = reader.mapping("map")
    let hasMap = reader.has("map")
    let duplicates = reader.choice("duplicates", among: DuplicateRule.allCases.map(\.rawValue))
    let delivery = reader.mapping("delivery")
    let guards = readGuards(reader.mapping("guards"))
    reader.finish()
    guard let endpoint, let target else { return nil }
    if !hasMap {
      issues.report(at: target.place, "missing key 'map' in 'import': it says which column fills which field")
    }
    var mapper = MappingBuilder(endpoint: endpoint, issues: issues)
    mapper.readSettings(settings, at: target.place)
    mapper.readMap(map, at: target.place)
    let mapping = mapper.finish(
      at: target.place, duplicates: duplicates.flatMap { DuplicateRule(rawValue: $0.value) })
    for setting in endpoint.settings where setting.kind == .id {
      ids[setting.name] = mapping.settings[setting.name].flatMap { Int(String(decoding: $0, as: UTF8.self)) }
    }
    for field in mapping.fields {
      if case .constant(let bytes) = field.origin, field.field.canBeSetting {
        ids[field.name] = Int(String(decoding: bytes, as: UTF8.self))
      }
    }
    var plan = ImportPlan(
      name: name, endpoint: endpoint, target: endpoint.target(with: mapping.settings),
      sources: (sources ?? []).map { $0.value.resolved(against: folder) }, format: format, mapping: mapping,
      rules: ImportPlan.rules(for: endpoint), window: endpoint.limits.window,
      requestsPerSecond: endpoint.limits.requestsPerSecond, backoff: .standard, guards: guards, digest: digest)
    if plan.guards.maximumShrink != nil, !plan.replaces {
      issues.report(
        at: target.place, "'guards.maxShrink' is for uploads that replace what is there; \(endpoint.name) adds to it")
    }
    if let duplicates, !endpoint.fields.contains(where: \.isKey) {
      issues.report(
        at: duplicates.place,
        "'duplicates' says what becomes of a key that comes twice, and rows of \(endpoint.name) have none; leave it out"
      )
    }
    plan.cut = plan.makeCut()
    plan.applySafety()
    readDelivery(delivery, into: &plan)
    return plan
  }

  private func endpoint(_ target: Located<String>) -> ImportEndpoint? {
    if let known = ImportEndpoint.named(target.value) { return known }
    let names = importEndpoints.map(\.name)
    let hint =
      nearest(to: target.value, among: names).map { "; did you mean '\($0)'?" }
      ?? "; expected one of \(names.joined(separator: ", "))"
    issues.report(at: target.place, "unknown target '\(target.value)'\(hint)")
    return nil
  }

  /// `format: csv`, or a mapping with the details of a CSV dialect.
  private func readFormat(_ reader: MappingReader, sources: [Located<String>]?) -> SourceFormat? {
    guard let node = reader.node("format"), node.content != .null else {
      for source in sources ?? [] where SourceFormat(path: source.value) == nil {
        issues.report(
          at: source.place,
          "the name '\(source.value)' does not tell how the file is written; add 'format: csv' or 'format: ndjson'")
      }
      return nil
    }
    if case .scalar(let text, _) = node.content {
      if let format = format(named: text) { return format }
      issues.report(at: node.place, "'format' must be csv, tsv or ndjson, found '\(text)'")
      return nil
    }
    let details = MappingReader(node, as: "format", issues: issues)
    let type = details.choice("type", among: ["csv", "tsv", "ndjson"], required: true)
    let delimiter = byte(details.string("delimiter"), "delimiter")
    let quote = byte(details.string("quote"), "quote")
    let columns = details.strings("columns")
    details.finish()
    guard let type, case .csv(var dialect)? = format(named: type.value) else {
      for key in ["delimiter", "quote", "columns"] where type != nil {
        guard let place = details.place(of: key) else { continue }
        issues.report(at: place, "'\(key)' is for CSV, and the type is ndjson")
      }
      return .ndjson
    }
    dialect.delimiter = delimiter ?? dialect.delimiter
    dialect.quote = quote ?? dialect.quote
    dialect.columns = columns?.map(\.value)
    if dialect.delimiter == dialect.quote {
      issues.report(at: node.place, "'delimiter' and 'quote' must differ")
    }
    for (i, column) in (columns ?? []).enumerated()
    where columns?[..<i].contains(where: { $0.value == column.value }) == true {
      issues.report(at: column.place, "column '\(column.value)' is named twice")
    }
    return .csv(dialect)
  }

  private func format(named name: String) -> SourceFormat? {
    switch name {
    case "csv": .csv(CSVDialect())
    case "tsv": .csv(CSVDialect(delimiter: .tab))
    case "ndjson": .ndjson
    default: nil
    }
  }

  private func byte(_ text: Located<String>?, _ key: String) -> UInt8? {
    guard let text else { return nil }
    let value = text.value == "\\t" || text.value == "tab" ? "\t" : text.value
    guard value.utf8.count == 1, let byte = value.utf8.first, byte != .lineFeed, byte != .carriageReturn else {
      issues.report(at: text.place, "'\(key)' must be one ASCII character, found '\(text.value)'")
      return nil
    }
    return byte
  }

  private func readGuards(_ section: MappingReader?) -> Guards {
    guard let reader = section else { return Guards() }
    var guards = Guards()
    switch reader.share("maxRejects")?.value {
    case .count(let count): guards.maximumRejects = .count(count)
    case .percent(let percent): guards.maximumRejects = .percent(percent)
    case nil: break
    }
    if let shrink = reader.share("maxShrink") {
      if case .percent(let percent) = shrink.value, percent <= 100 {
        guards.maximumShrink = percent / 100
      } else {
        issues.report(at: shrink.place, "'maxShrink' must be a share such as 50%, found '\(shrink.value)'")
      }
    }
    guards.maximumRemovals = reader.integer("maxRemovals", in: 0...Int.max)?.value
    reader.finish()
    return guards
  }

  private func readDelivery(_ section: MappingReader?, into plan: inout ImportPlan) {
    guard let reader = section else { return }
    let limits = plan.endpoint.limits
    plan.window = reader.integer("window", in: 1...limits.maximumWindow)?.value ?? plan.window
    if let rows = reader.integer("batchRows", in: 1...limits.items)?.value {
      // Where rows are gathered into requests, it is those the job speaks of.
      if plan.cut?.kind == .groups { plan.cut?.maximumRows = rows } else { plan.rules.maximumRows = rows }
    }
    plan.rules.maximumBytes =
      reader.byteCount("batchBytes", in: 1000...64_000_000)?.value ?? plan.rules.maximumBytes
    let most = limits.requestsPerSecond ?? 1000
    plan.requestsPerSecond = reader.number("requestsPerSecond", in: 0.01...most)?.value ?? plan.requestsPerSecond
    plan.backoff.attempts = reader.integer("attempts", in: 1...100)?.value ?? plan.backoff.attempts
    plan.backoff.patience =
      reader.duration("patience", in: .seconds(1)...(.seconds(86_400)))?.value ?? plan.backoff.patience
    if let stall = reader.duration("timeout", in: .seconds(1)...(.seconds(3600))) {
      plan.endpoint.limits.stallSeconds = Int(stall.value.components.seconds)
    }
    reader.finish()
  }
}
