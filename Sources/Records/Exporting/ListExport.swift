/// Items of a list, one JSON object a line, written as they are or as the columns of CSV.
package final class ListExport: ExportText {
  private static let outputBytes = 1 << 18
  /// No item is longer, as no answer is.
  package static let recordLimit = 1 << 26

  private let columns: [ExportColumn]
  private let format: ExportFormat
  private let filter: ExportFilter
  private let idCell: Int?
  /// Nil while `fill` has it.
  private var reader: RecordReader<NDJSONDecoder>?
  package private(set) var counts = ExportCounts()
  private var rejections: [Rejection] = []

  package init(
    columns: [ExportColumn], format: ExportFormat, filter: ExportFilter, lines: [UInt8],
    recordLimit: Int = ListExport.recordLimit
  ) {
    self.columns = columns
    self.format = format
    self.filter = filter
    idCell = filter.id.flatMap { id in columns.firstIndex { $0.name == id } }
    reader = RecordReader(
      NDJSONDecoder(columns: columns.map(\.name), keepsRest: format == .csv), source: ArraySource(lines),
      recordLimit: recordLimit)
  }

  /// The header line of a CSV output, without its line end.
  package static func header(_ columns: [ExportColumn]) -> [UInt8] {
    CSVText.join(columns.map { Array($0.name.utf8) }, CSVDialect())
  }

  package func takeRejections() -> [Rejection] {
    defer { rejections = [] }
    return rejections
  }

  package func fill(_ out: ByteBuffer) throws(SourceFailure) -> Bool {
    guard var reader = self.reader.take() else { return false }
    defer { self.reader = reader }
    while out.count < Self.outputBytes {
      switch try reader.next() {
      case .end: return false
      case .rejected: try reject(&reader)
      case .record:
        counts.read += 1
        if isWanted(reader) { write(reader, to: out) } else { counts.repeated += 1 }
      }
    }
    return true
  }

  private func reject(_ reader: inout RecordReader<NDJSONDecoder>) throws(SourceFailure) {
    let original = (reader.start..<max(reader.start, reader.end - 1)).map { reader.buffer[$0] }
    let place = SourcePlace(file: 0, byte: reader.recordByte, line: reader.recordLine, record: counts.read)
    let reason = reader.fault.kind.words
    try reader.finishRejection()
    counts.read += 1
    counts.rejected += 1
    rejections.append(Rejection(place: place, column: "", reason: reason, original: original, isReadable: false))
  }

  private func isWanted(_ reader: RecordReader<NDJSONDecoder>) -> Bool {
    guard let idCell, reader.cells[idCell].count > 0 else { return true }
    return filter.admits(reader.buffer.span, reader.cells[idCell].range, at: nil)
  }

  private func write(_ reader: RecordReader<NDJSONDecoder>, to out: ByteBuffer) {
    counts.written += 1
    let bytes = reader.buffer.span
    switch format {
    case .ndjson: out.append(bytes, reader.start..<reader.end - 1)
    case .csv:
      for index in columns.indices {
        if index > 0 { out.append(.comma) }
        Self.write(reader.cells[index], of: bytes, to: out)
      }
      for member in reader.decoder.rest {
        let name = String(decoding: member.key.map { bytes[$0] }, as: UTF8.self)
        if !counts.unknownColumns.contains(name), counts.unknownColumns.count < 100 {
          counts.unknownColumns.append(name)
        }
      }
    }
    out.append(.lineFeed)
  }

  /// Writes one value as a CSV cell: a string is its text, anything nested its JSON.
  private static func write(_ cell: Cell, of bytes: Span<UInt8>, to out: ByteBuffer) {
    switch cell.form {
    case .missing, .null: break
    case .escaped:
      let text = JSONText.unescape(bytes, cell.range)
      quote(text.span, 0..<text.count, to: out)
    case .string, .composite: quote(bytes, cell.range, to: out)
    default: out.append(bytes, cell.range)
    }
  }

  /// Copies a cell, in quotes where it needs them.
  private static func quote(_ bytes: Span<UInt8>, _ range: Range<Int>, to out: ByteBuffer) {
    var needsQuotes = false
    for i in range {
      let byte = bytes[i]
      if byte == .comma || byte == .quote || byte == .lineFeed || byte == .carriageReturn { needsQuotes = true }
    }
    guard needsQuotes else { return out.append(bytes, range) }
    out.append(.quote)
    for i in range {
      if bytes[i] == .quote { out.append(.quote) }
      out.append(bytes[i])
    }
    out.append(.quote)
  }
}

extension ByteSource {
  /// Everything that is left, for bodies that are bounded.
  package func all() throws(SourceFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let outcome: Result<Int, SourceFailure> = unsafe chunk.withUnsafeMutableBytes { buffer in
        do throws(SourceFailure) { return .success(try unsafe read(into: buffer)) } catch { return .failure(error) }
      }
      let amount = try outcome.get()
      if amount == 0 { return bytes }
      bytes += chunk[..<amount]
    }
  }
}
