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
}
