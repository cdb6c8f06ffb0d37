import Checkpoints
import Jobs
import Pipeline
import Platform
import Records

/// Some records of a run's sources, as they stand there.
struct SourceExcerpt {
  struct Line {
    var path: String
    /// The line it starts on, counted from 1.
    var line: Int
    /// Its number, counted from 0 over all files.
    var record: Int
    /// Without its line end.
    var text: [UInt8]
  }

  private let header: RunHeader

  init(_ header: RunHeader) { self.header = header }

  /// Why the sources are not what the run read; nil when they are.
  var change: String? {
    for source in header.sources {
      do throws(SourceFailure) {
        if let change = source.change(to: try SourceStatus.identity(of: source.path)) {
          return "the source \(source.path) \(change)"
        }
      } catch {
        return RunStop(error, rows: 0).reason
      }
    }
    return nil
  }

  /// Hands out the records of `wanted` in the order of the source, reading from `start` on, which is before all of them.
  func read(_ wanted: RecordRanges, from start: Position, _ visit: (Line) -> Void) throws(SourceFailure) {
    guard let last = wanted.ranges.last else { return }
    var passed = RecordRanges(start.record..<max(start.record, last.upperBound))
    passed.remove(contentsOf: wanted)
    var assembler = BatchAssembler(
      BatchRules(maximumRows: 1000, maximumBytes: 1 << 20), firstRecord: start.record, settled: passed.ranges,
      recordLimit: last.upperBound)
    // What the rows would become is of no interest here: every record makes an empty object.
    let rows = Variant(name: "", head: [], tail: [], template: RowTemplate(.object([])), hasKey: false)
    for (index, source) in header.sources.enumerated().dropFirst(start.file) where !assembler.isAtLimit {
      let stream = try open(source.path, index == start.file ? start : Position.start)
      assembler.use(RowPlan(variants: [rows], columns: []), file: index)
      while try stream.fill(&assembler) { hand(&assembler, visit) }
    }
    assembler.finish(at: SourcePlace(file: 0, byte: 0, line: 1, record: last.upperBound))
    hand(&assembler, visit)
  }

  private func hand(_ assembler: inout BatchAssembler, _ visit: (Line) -> Void) {
    while let batch = assembler.next() {
      let rows = batch.rows.indices.map { batch.rejection(of: $0, reason: "") }
      for row in (rows + batch.rejections).sorted(by: { $0.place.record < $1.place.record }) {
        visit(
          Line(
            path: header.sources[row.place.file].path, line: row.place.line, record: row.place.record,
            text: row.original))
      }
      assembler.recycle(batch)
    }
  }

  private func open(_ path: String, _ start: Position) throws(SourceFailure) -> RecordStream {
    switch SourceFormat(word: header.format) ?? SourceFormat(path: path) ?? .csv(CSVDialect()) {
    case .ndjson:
      return RecordStream(
        ndjson: [], keepsRest: false, source: try SourceFile.open(path, from: start.byte), byte: start.byte,
        line: start.line)
    case .csv(let dialect):
      if start.byte == 0 { return try RecordStream(csv: dialect, source: try SourceFile.open(path), path: path) }
      let columns = try RecordStream(csv: dialect, source: try SourceFile.open(path), path: path).columns
      return RecordStream(
        csv: dialect, columns: columns, source: try SourceFile.open(path, from: start.byte), byte: start.byte,
        line: start.line)
    }
  }
}

extension SourceFormat {
  /// The format as a journal keeps it: `ndjson`, `csv 44 34`, or `csv 44 34 5` without a header and with five columns.
  var word: String {
    switch self {
    case .ndjson: "ndjson"
    case .csv(let dialect):
      "csv \(dialect.delimiter) \(dialect.quote)" + (dialect.columns.map { " \($0.count)" } ?? "")
    }
  }

  /// The format that `word` spells; the names of columns are not kept, only how many there are.
  init?(word: String) {
    if word == "ndjson" {
      self = .ndjson
      return
    }
    let parts = word.split(separator: " ")
    guard parts.count == 3 || parts.count == 4, parts[0] == "csv", let delimiter = UInt8(parts[1]),
      let quote = UInt8(parts[2])
    else { return nil }
    var dialect = CSVDialect(delimiter: delimiter, quote: quote)
    if parts.count == 4 {
      guard let count = Int(parts[3]), (0...4096).contains(count) else { return nil }
      dialect.columns = (0..<count).map(String.init)
    }
    self = .csv(dialect)
  }
}
