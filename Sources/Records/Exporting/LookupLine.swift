/// One answer of a lookup as a line of NDJSON, its key in front.
package enum LookupLine {
  /// `{"integrationId":"R1","profile":{…}}`; nil when `body` is no JSON object.
  ///
  /// - `name`: what the key is called.
  package static func line(_ name: String, _ key: [UInt8], _ body: [UInt8]) -> [UInt8]? {
    let padded = body + [.lineFeed] + [UInt8](repeating: 0, count: ByteBuffer.slack)
    let bytes = padded.span
    guard bytes.textFault(in: 0..<body.count) == nil else { return nil }
    var check = JSONCheck()
    let start = check.skip(bytes, from: 0, to: body.count)
    guard start < body.count, bytes[start] == .openBrace,
      let end = check.value(bytes, from: start, to: body.count),
      check.skip(bytes, from: end, to: body.count) == body.count
    else { return nil }
    var line: [UInt8] = [.openBrace] + JSONText.quoted(name) + [.colon, .quote]
    for byte in key { JSONText.appendEscaped(byte, to: &line) }
    line.append(.quote)
    let first = check.skip(bytes, from: start + 1, to: end)
    if bytes[first] != .closeBrace { line.append(.comma) }
    for index in start + 1..<end {
      line.append(bytes[index] == .lineFeed || bytes[index] == .carriageReturn ? .space : bytes[index])
    }
    line.append(.lineFeed)
    return line
  }

  /// Why `ListExport` could not read such a line, as words; nil when it can.
  ///
  /// The line stands alone here: what is wrong with it can be said of its key.
  package static func fault(in line: [UInt8], columns: [ExportColumn]) -> String? {
    var reader = RecordReader(
      NDJSONDecoder(columns: columns.map(\.name)), source: ArraySource(line), recordLimit: ListExport.recordLimit,
      capacity: line.count)
    switch try? reader.next() {
    case .record: return nil
    case .rejected: return reader.fault.kind.words
    case .end, nil: return "the answer is empty"
    }
  }
}
