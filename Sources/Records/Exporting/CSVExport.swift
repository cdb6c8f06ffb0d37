/// A CSV answer of the API, written as CSV or as NDJSON.
///
/// CSV passes as the server wrote it. NDJSON gets the JSON of JSON cells in place and numbers digit by digit; what means
/// nothing (empty, `null` where JSON is expected, the year 1 in times) becomes null.
package final class CSVExport: ExportText {
  /// What one column of the answer becomes.
  struct Column {
    var kind: ExportColumn.Kind
    /// `,"name":`, with a brace instead of the comma for the first.
    var key: [UInt8]
  }

  private static let outputBytes = 1 << 18
  /// Cells of JSON may be long: a cart of thousands of items is one.
  private static let recordLimit = 1 << 26

  private let format: ExportFormat
  private let filter: ExportFilter
  /// Nil while `fill` has it.
  private var reader: RecordReader<CSVDecoder>?
  private let columns: [Column]
  /// `,"_extra":[`, or another name where a column has this one: what is beyond the header.
  private let extraKey: [UInt8]
  /// The length of all keys, which is room a record of NDJSON needs.
  private let keyBytes: Int
  /// For each column of the output, the column of the answer; nil while both are the same.
  private let sources: [Int]?
  private let timeCell: Int?
  private let idCell: Int?
  package private(set) var counts = ExportCounts()
  private var rejections: [Rejection] = []
  /// The header line of the output, without its line end.
  package let header: [UInt8]

  /// Reads the header of the answer.
  ///
  /// - `known`: the columns the reference names; what is not among them is text.
  /// - `header`: the header line the output has already; nil makes this answer's the output's.
  package init(
    known: [ExportColumn], format: ExportFormat, filter: ExportFilter, header: [UInt8]?, source: any ByteSource,
    path: String
  ) throws(SourceFailure) {
    self.format = format
    self.filter = filter
    var reader = RecordReader(CSVDecoder(CSVDialect()), source: source, recordLimit: Self.recordLimit)
    let names = try reader.readHeader(path: path)
    let line = Self.line(reader.buffer.span, reader.start, reader.end)
    let lineNumber = reader.recordLine
    // Ragged rows are the server's way of leaving out what is empty at the end.
    reader.decoder.expectedCells = nil
    self.reader = reader
    let lower = names.map { $0.lowercased() }
    let kinds = Dictionary(known.map { ($0.name.lowercased(), $0.kind) }, uniquingKeysWith: { first, _ in first })
    var keys = DistinctNames()
    columns = zip(names, lower).enumerated().map { index, column in
      let mark: UInt8 = index == 0 ? .openBrace : .comma
      return Column(kind: kinds[column.1] ?? .text, key: [mark] + JSONText.quoted(keys.add(column.0)) + [.colon])
    }
    extraKey = [.comma] + JSONText.quoted(keys.add("_extra")) + [.colon, .openBracket]
    keyBytes = columns.reduce(extraKey.count + 8) { $0 + $1.key.count + 8 }
    timeCell = filter.time.flatMap { time in lower.firstIndex(of: time.column.lowercased()) }
    if let time = filter.time, timeCell == nil {
      throw .badHeader(
        path: path, line: lineNumber,
        reason: "there is no column '\(time.column)', expected one to tell what belongs to the window; the answer has "
          + names.joined(separator: ", "))
    }
    idCell = filter.id.flatMap { id in lower.firstIndex(of: id.lowercased()) }
    self.header = header ?? line
    if let header, header != line {
      let wanted = (CSVText.split(header, CSVDialect()) ?? []).map { String(decoding: $0, as: UTF8.self).lowercased() }
      sources = wanted.map { lower.firstIndex(of: $0) ?? -1 }
      // NDJSON has the columns of every answer.
      if format == .csv { counts.unknownColumns = names.filter { !wanted.contains($0.lowercased()) } }
    } else {
      sources = nil
    }
  }

  /// What an answer begins with.
  package enum Opening: Sendable {
    /// A header that names a column the answer should have.
    case header
    /// Blank lines at most: there is nothing to say.
    case nothing
    case foreign
  }

  package static func opening(of source: any ByteSource, known: [ExportColumn]) -> Opening {
    var reader = RecordReader(CSVDecoder(CSVDialect()), source: source, recordLimit: recordLimit)
    guard let step = try? reader.next() else { return .foreign }
    if step == .end { return .nothing }
    guard step == .record else { return .foreign }
    let names = reader.cells[..<reader.cellCount].map {
      String(decoding: CellText.of($0, in: reader.buffer.span, quote: .quote), as: UTF8.self).lowercased()
    }
    return known.contains { names.contains($0.name.lowercased()) } ? .header : .foreign
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

  private func reject(_ reader: inout RecordReader<CSVDecoder>) throws(SourceFailure) {
    let original = Self.line(reader.buffer.span, reader.start, reader.end)
    let place = SourcePlace(file: 0, byte: reader.recordByte, line: reader.recordLine, record: counts.read)
    let reason = reader.fault.kind.words
    try reader.finishRejection()
    counts.read += 1
    counts.rejected += 1
    rejections.append(Rejection(place: place, column: "", reason: reason, original: original, isReadable: false))
  }

  private func isWanted(_ reader: RecordReader<CSVDecoder>) -> Bool {
    let bytes = reader.buffer.span
    var seconds: Int?
    if let timeCell {
      if timeCell < reader.cellCount { seconds = bytes.seconds(in: reader.cells[timeCell].range) }
      if seconds == nil { counts.timeless += 1 }
    }
    // A record without an id is known by all of its bytes, or those without one would look like one another.
    let id = idCell.flatMap { $0 < reader.cellCount && !reader.cells[$0].isEmpty ? reader.cells[$0].range : nil }
    return filter.admits(bytes, id ?? reader.start..<reader.end, at: seconds)
  }

  private func write(_ reader: RecordReader<CSVDecoder>, to out: ByteBuffer) {
    counts.written += 1
    let bytes = reader.buffer.span
    let allCells = reader.cells.span
    let cells = allCells.extracting(..<reader.cellCount)
    if cells.count != columns.count { counts.ragged += 1 }
    switch format {
    case .ndjson:
      var writer = JSONWriter(out, room: 6 * (reader.end - reader.start) + 4 * cells.count + keyBytes)
      counts.unparsed += Self.writeObject(bytes, cells, columns, extraKey, to: &writer, out)
      writer.commit(to: out)
    case .csv where sources == nil && cells.count >= columns.count:
      out.append(bytes, reader.start..<Self.lineEnd(bytes, reader.start, reader.end))
      out.append(.lineFeed)
    case .csv:
      Self.writeRecord(bytes, from: reader.start, cells, columns.count, sources ?? Array(columns.indices), to: out)
      out.append(.lineFeed)
    }
  }

  /// Where the record's text ends, its line end taken off.
  private static func lineEnd(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    var last = end
    if last > start, bytes[last - 1] == .lineFeed { last -= 1 }
    if last > start, bytes[last - 1] == .carriageReturn { last -= 1 }
    return last
  }

  private static func line(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> [UInt8] {
    (start..<lineEnd(bytes, start, end)).map { bytes[$0] }
  }

  /// Copies cells as they stand, quotes and all: in the output's order, blanks for what is not there, what is beyond the
  /// answer's header at the end.
  private static func writeRecord(
    _ bytes: Span<UInt8>, from start: Int, _ cells: Span<Cell>, _ expected: Int, _ sources: [Int], to out: ByteBuffer
  ) {
    for (index, source) in sources.enumerated() {
      if index > 0 { out.append(.comma) }
      if source >= 0, source < cells.count { copy(cells[source], of: bytes, from: start, to: out) }
    }
    var extra = expected
    while extra < cells.count {
      out.append(.comma)
      copy(cells[extra], of: bytes, from: start, to: out)
      extra += 1
    }
  }

  /// Copies one cell with the quotes it stands in.
  private static func copy(_ cell: Cell, of bytes: Span<UInt8>, from start: Int, to out: ByteBuffer) {
    let isQuoted = cell.range.lowerBound > start && bytes[cell.range.lowerBound - 1] == .quote
    out.append(bytes, isQuoted ? cell.range.lowerBound - 1..<cell.range.upperBound + 1 : cell.range)
  }
}
