import Testing

@testable import Records

/// A run over CSV text: every batch, in the order it was handed out.
struct Assembly {
  var batches: [Batch] = []
  var assembler: BatchAssembler

  /// - `window`: how many batches may be unfinished before the oldest one is finished and given back.
  init(
    _ text: String, _ variants: [Variant] = [.sku()], rows: Int = 1000, bytes: Int = 1 << 20, spread: Int = 32,
    settled: [Range<Int>] = [], recordLimit: Int = .max, window: Int = .max, firstSequence: Int = 0
  ) throws {
    var rules = BatchRules(maximumRows: rows, maximumBytes: bytes)
    rules.spread = spread
    assembler = BatchAssembler(rules, firstSequence: firstSequence, settled: settled, recordLimit: recordLimit)
    let stream = try RecordStream(csv: CSVDialect(), source: ArraySource(Array(text.utf8)), path: "in.csv")
    var plan = RowPlan(variants: variants, columns: stream.columns)
    plan.selector = variants.count > 1 ? 0 : nil
    (plan.selectorField, plan.selectorColumn) = ("action", stream.columns[0])
    assembler.use(plan, file: 0)
    while try stream.fill(&assembler) {
      while let batch = assembler.next() { take(batch, window) }
    }
    assembler.finish(at: SourcePlace(file: 0, byte: stream.byte, line: stream.line, record: assembler.nextRecord))
    while let batch = assembler.next() { take(batch, window) }
  }

  private mutating func take(_ batch: Batch, _ window: Int) {
    // The memory of a finished batch is filled again, so what is kept is a copy.
    var copy = batch
    copy.body = ByteBuffer(capacity: 16)
    copy.source = ByteBuffer(capacity: 16)
    copy.body.append(batch.body, 0..<batch.body.count)
    copy.source.append(batch.source, 0..<batch.source.count)
    batches.append(copy)
    guard window < .max else { return }
    assembler.recycle(batch)
    let finished = Set(batches.dropLast(window).map(\.sequence))
    while finished.contains(assembler.oldestUnfinished) { assembler.oldestUnfinished += 1 }
  }

  /// The texts of member `v` of every row, a batch each.
  var rows: [[String]] {
    batches.map { batch in batch.rows.indices.map { JSONValue(batch.json(of: $0))?["v"]?.text ?? "?" } }
  }

  var bodies: [String] {
    batches.map { String(decoding: $0.body.bytes(0..<$0.body.count), as: UTF8.self) }
  }

  /// Every record a batch accounts for, a batch each.
  var records: [[Int]] { batches.map { $0.records.flatMap { Array($0) } } }
}

extension Variant {
  /// Rows `{"k":…,"v":…}` of the columns after the selecting one.
  static func sku(
    _ name: String = "", key column: Int = 0, duplicates: DuplicateRule = .last, hasKey: Bool = true,
    empty: EmptyPolicy = .reject
  ) -> Variant {
    let template = RowTemplate(
      .object([
        member("k", column, ValueRule(field: "k", column: "key", kind: .string, empty: empty), isKey: true),
        member("v", column + 1, ValueRule(field: "v", column: "value", kind: .integer)),
      ]))
    return Variant(
      name: name, head: Array("{\"\(name)\":[".utf8), tail: Array("]}".utf8), template: template, hasKey: hasKey,
      duplicates: duplicates)
  }
}
