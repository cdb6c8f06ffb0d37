/// The first three bytes of an input say how it is read, the others are the file.
struct FuzzedInput {
  var chunk = 1
  var limit = 1 << 20
  var choice: UInt8 = 0

  static func split(_ bytes: UnsafeBufferPointer<UInt8>) -> (FuzzedInput, [UInt8]) {
    let all = unsafe Array(bytes)
    var settings = FuzzedInput()
    guard all.count >= 3 else { return (settings, all) }
    settings.chunk = Int(all[0] % 32) + 1
    settings.limit = all[1] < 128 ? 1 << 20 : Int(all[1] % 64) + 4
    settings.choice = all[2]
    return (settings, Array(all[3...]))
  }
}

/// One record or rejection with everything a run makes of it.
struct Line: Equatable {
  enum Kind: Equatable {
    case record
    case rejected(Malformation, byte: Int, field: Int?)
  }

  var kind: Kind
  var line: Int
  var byte: Int
  var texts: [[UInt8]]
  var bytes: [UInt8]
}

/// Everything a file holds.
///
/// - `isValidating`: whether the source says which of its bytes are UTF-8.
func read(
  _ decoder: some RecordDecoder, _ input: [UInt8], _ limit: Int, chunk: Int, capacity: Int, isValidating: Bool = false
) -> [Line] {
  var reader = RecordReader(
    decoder, source: ArraySource(input, chunk: chunk, isValidating: isValidating), recordLimit: limit,
    capacity: capacity)
  var lines: [Line] = []
  while true {
    do {
      let step = try reader.next()
      if step == .end { return lines }
      let buffer = reader.buffer
      let cells = step == .record ? reader.cells[..<reader.cellCount] : []
      let rest = step == .record ? reader.decoder.rest.flatMap { [$0.key, $0.value] } : []
      let kind =
        step == .record
        ? Line.Kind.record : .rejected(reader.fault.kind, byte: reader.faultByte, field: reader.fault.field)
      lines.append(
        Line(
          kind: kind, line: reader.recordLine, byte: reader.recordByte,
          texts: cells.map { CellText.of($0, in: buffer.span, quote: .quote) } + rest.map { Array(buffer[$0]) },
          bytes: Array(buffer[reader.start..<reader.end])))
      if step == .rejected { try reader.finishRejection() }
    } catch {
      fatalError("an array cannot fail: \(error)")
    }
  }
}
