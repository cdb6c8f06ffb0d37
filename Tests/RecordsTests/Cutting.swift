import Testing

@testable import Records

/// A run over text whose batches are cut into requests: every request, in the order it was handed out.
struct Cutting {
  var requests: [Batch] = []
  /// For each request, the first sequence that was not finished when it was handed out.
  var unfinished: [Int] = []
  var cutter: RequestCutter
  var assembler: BatchAssembler
  /// Whether records read, held and handed out added up after every request.
  var isBalanced = true
  private var handedOut = 0
  private var finished: Set<Int> = []

  /// - `rows`: rows of a batch; `window`: requests that are unfinished at once.
  init(
    _ text: String, _ cut: RequestCut, rows: Int = 1000, columns: [String]? = nil, settled: [Range<Int>] = [],
    recordLimit: Int = .max, firstRecord: Int = 0, firstSequence: Int = 0, window: Int = .max
  ) throws {
    cutter = RequestCutter(cut, firstSequence: firstSequence)
    assembler = BatchAssembler(
      BatchRules(maximumRows: rows, maximumBytes: 1 << 20), firstSequence: firstSequence, firstRecord: firstRecord,
      settled: settled, recordLimit: recordLimit)
    let source = ArraySource(Array(text.utf8))
    let stream =
      if let columns {
        RecordStream(ndjson: columns, keepsRest: false, source: source)
      } else {
        try RecordStream(csv: CSVDialect(), source: source, path: "in.csv")
      }
    assembler.use(RowPlan(variants: [.line(cut.kind, stream.columns)], columns: stream.columns), file: 0)
    var isFinished = false
    while true {
      while let request = cutter.next() { take(request, firstRecord, window) }
      if let empty = cutter.emptied() { assembler.recycle(empty) }
      if let batch = assembler.next() {
        assembler.oldestUnfinished = batch.sequence + 1
        cutter.take(batch)
      } else if isFinished {
        break
      } else if try !stream.fill(&assembler) {
        assembler.finish(at: SourcePlace(file: 0, byte: stream.byte, line: stream.line, record: assembler.nextRecord))
        while let batch = assembler.next() {
          cutter.take(batch)
          while let request = cutter.next() { take(request, firstRecord, window) }
        }
        cutter.finish(isCut: assembler.isAtLimit)
        isFinished = true
      }
    }
  }

  private mutating func take(_ request: Batch, _ firstRecord: Int, _ window: Int) {
    var copy = request
    copy.body = ByteBuffer(capacity: 16)
    copy.source = ByteBuffer(capacity: 16)
    copy.body.append(request.body, 0..<request.body.count)
    copy.source.append(request.source, 0..<request.source.count)
    requests.append(copy)
    unfinished.append(cutter.oldestUnfinished)
    let read = assembler.nextRecord - firstRecord - assembler.passedOver
    handedOut += request.records.reduce(0) { $0 + $1.count }
    if handedOut + cutter.heldRecords + assembler.heldRecords != read { isBalanced = false }
    guard window < .max else { return }
    if requests.count > window { finished.insert(requests[requests.count - 1 - window].sequence) }
    while finished.remove(cutter.oldestUnfinished) != nil { cutter.oldestUnfinished += 1 }
    if window == 0 { cutter.recycle(request) }
  }

  /// What is sent: the address and the body of every request with rows.
  var sent: [String] {
    requests.filter { !$0.rows.isEmpty }.map { request in
      String(decoding: request.address + [.space] + request.body.bytes(0..<request.body.count), as: UTF8.self)
    }
  }

  /// The line and the reason of every rejection.
  var rejections: [String] {
    requests.flatMap(\.rejections).sorted { $0.place.record < $1.place.record }
      .map { "\($0.place.line): \($0.reason)" }
  }

  /// Every record a request accounts for, a request each.
  var records: [[Int]] { requests.map { $0.records.flatMap { Array($0) } } }
}

extension RequestCut {
  static let rows = RequestCut(.rows, maximumRows: 1, head: Array("{\"w\":".utf8), tail: Array("}".utf8))

  static func groups(_ rows: Int) -> RequestCut {
    RequestCut(.groups, maximumRows: rows, head: Array("{\"ids\":[".utf8), tail: Array("]}".utf8))
  }

  static func folds(_ rows: Int, sum: Int = .max) -> RequestCut {
    RequestCut(
      .folds, maximumRows: rows, head: Array("{\"w\":{\"lines\":[".utf8), tail: Array("]}}".utf8), sum: "q",
      maximumSum: sum)
  }
}

extension Variant {
  /// Rows of the columns `id`, `who`, `state`, `v` and `q`, as a cut endpoint's template writes them.
  static func line(_ kind: RequestCut.Kind, _ columns: [String]) -> Variant {
    func value(_ name: String, _ kind: ValueKind = .string, _ empty: EmptyPolicy = .omit, isKey: Bool = false)
      -> TemplateNode
    {
      let column = columns.firstIndex(of: name) ?? 0
      var rule = ValueRule(field: name, column: name, kind: kind, empty: empty)
      rule.maximumLength = 40
      return .value(TemplateValue(.column(column), rule, isKey: isKey))
    }
    let hasKey = kind == .groups
    let address = TemplateNode.object([TemplateMember("id", value("id", .string, .reject, isKey: hasKey))])
    let state = TemplateMember("state", value("state"))
    let lines = [TemplateMember("v", value("v", .integer)), TemplateMember("q", value("q", .integer))]
    var parts = [
      TemplateMember(RequestRow.Part.serial, .array([value("id", .string, .reject), value("who")])),
      TemplateMember(RequestRow.Part.address, address),
    ]
    switch kind {
    case .rows: parts.append(TemplateMember(RequestRow.Part.item, .object([state] + lines)))
    case .groups: parts.append(TemplateMember(RequestRow.Part.item, value("v", .string, .reject, isKey: true)))
    case .folds:
      parts.append(TemplateMember(RequestRow.Part.frame, .object([state])))
      parts.append(TemplateMember(RequestRow.Part.item, .object(lines)))
    }
    var variant = Variant(
      name: "", head: [], tail: [], template: RowTemplate(.object(parts)), hasKey: hasKey, duplicates: .first)
    if kind == .folds { variant.address = RowTemplate(address) }
    return variant
  }
}
