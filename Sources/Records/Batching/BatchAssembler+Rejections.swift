/// Records that become no row: set aside in the batch they would have been in, with what is wrong with them.
extension BatchAssembler {
  /// The batch whose word picks it, or nil when the record was rejected for its word.
  mutating func variant<Decoder>(_ selector: Int, _ record: Int, _ reader: inout RecordReader<Decoder>) -> Int? {
    let word = CellText.of(reader.cells[selector], in: reader.buffer.span, quote: plan.variants[0].template.quote)
    let name = String(decoding: word, as: UTF8.self)
    if let found = plan.variants.firstIndex(where: { $0.name == name }) {
      guard let objection = plan.variants[found].objection else { return found }
      activate(activeIndex)
      reject(record, activeIndex, [Problem(column: plan.selectorColumn, words: "\(name): \(objection)")], &reader)
      return nil
    }
    let known = plan.variants.map(\.name).joined(separator: ", ")
    let words =
      "'\(plan.selectorField)' is \(name.isEmpty ? "empty" : "'\(name.prefix(40))'"), expected one of \(known)"
    activate(activeIndex)
    reject(record, activeIndex, [Problem(column: plan.selectorColumn, words: words)], &reader)
    return nil
  }

  @inline(never)
  mutating func rejectRow<Decoder>(_ record: Int, _ target: Int, _ reader: inout RecordReader<Decoder>) {
    let problems = plan.variants[target].template.problems(
      reader.buffer.span, reader.cells.span, recordBytes: reader.end - reader.start)
    reject(record, target, problems, &reader)
  }

  mutating func rejectOversized<Decoder>(
    _ record: Int, _ size: Int, _ target: Int, _ reader: inout RecordReader<Decoder>
  ) {
    let words = "the row alone takes \(size) bytes as JSON, more than the \(rules.maximumBytes) of a request"
    reject(record, target, [Problem(column: "", words: words)], &reader)
  }

  mutating func reject<Decoder>(
    _ record: Int, _ target: Int, _ problems: [Problem], _ reader: inout RecordReader<Decoder>
  ) {
    var rejection = Rejection(
      place: SourcePlace(file: file, byte: reader.recordByte, line: reader.recordLine, record: record),
      column: problems.map(\.column).filter { !$0.isEmpty }.joined(separator: ", "),
      reason: problems.map(\.words).joined(separator: "; "), original: original(&reader), isReadable: true)
    rejection.address = plan.variants[target].address.flatMap { address(of: $0, &reader) }
    append(rejection, to: target, &reader)
  }

  /// The address of the current record, though its row is rejected.
  func address<Decoder>(of template: RowTemplate, _ reader: inout RecordReader<Decoder>) -> [UInt8]? {
    let buffer = ByteBuffer(capacity: 256)
    var key = RowTemplate.Key()
    let isWritten = template.encode(
      reader.buffer.span, reader.cells.span, Span(), into: buffer, recordBytes: reader.end - reader.start, key: &key)
    return isWritten ? buffer.bytes(0..<buffer.count) : nil
  }

  mutating func rejectMalformed<Decoder>(_ reader: inout RecordReader<Decoder>) {
    let record = nextRecord
    nextRecord += 1
    if isSettled(record) { return noteSettled(record, &reader, isReadable: false) }
    let fault = reader.fault
    let column = fault.field.map { plan.columns.indices.contains($0) ? plan.columns[$0] : "field \($0 + 1)" }
    activate(activeIndex)
    append(
      Rejection(
        place: SourcePlace(file: file, byte: reader.recordByte, line: reader.recordLine, record: record),
        column: column ?? "", reason: "\(fault.kind.words) (byte \(reader.faultByte) of the file)",
        original: original(&reader), isReadable: false),
      to: activeIndex, &reader)
  }

  mutating func append<Decoder>(_ rejection: Rejection, to target: Int, _ reader: inout RecordReader<Decoder>) {
    active.rejections.append(rejection)
    active.rejectedBytes += rejection.original.count
    active.note(rejection.place.record)
    if active.hasManyRejections(of: rules.maximumRows) { needsCut = true }
  }

  /// The current record without its line end.
  func original<Decoder>(_ reader: inout RecordReader<Decoder>) -> [UInt8] {
    var bytes = Array(reader.buffer[reader.start..<reader.end])
    if bytes.last == .lineFeed { bytes.removeLast() }
    if bytes.last == .carriageReturn { bytes.removeLast() }
    return bytes
  }
}
