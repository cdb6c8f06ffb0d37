extension CSVExport {
  /// Writes one record as a line of JSON; answers how many cells are not what their column should hold.
  static func writeObject(
    _ bytes: Span<UInt8>, _ cells: Span<Cell>, _ columns: [Column], _ extraKey: [UInt8], to writer: inout JSONWriter,
    _ out: ByteBuffer
  ) -> Int {
    var unparsed = 0
    for (index, column) in columns.enumerated() {
      writer.append(column.key)
      if index < cells.count {
        if !write(bytes, cells[index], column.kind, to: &writer, out) { unparsed += 1 }
      } else {
        writer.append(null)
      }
    }
    if cells.count > columns.count {
      writer.append(extraKey)
      for index in columns.count..<cells.count {
        if index > columns.count { writer.append(.comma) }
        writer.append(string: bytes, cells[index].range, isDoubled: cells[index].form == .doubled)
      }
      writer.append(.closeBracket)
    }
    writer.append(.closeBrace)
    writer.append(.lineFeed)
    return unparsed
  }

  private static let null = Array("null".utf8)
  private static let never = Array("0001-01-01T00:00:00Z".utf8)

  /// Writes one value; false when it is not of its kind and became a string.
  private static func write(
    _ bytes: Span<UInt8>, _ cell: Cell, _ kind: ExportColumn.Kind, to writer: inout JSONWriter, _ out: ByteBuffer
  ) -> Bool {
    if cell.isEmpty {
      writer.append(null)
      return true
    }
    switch kind {
    case .text: break
    case .number:
      if bytes.isNumber(cell.range) {
        writer.append(bytes, cell.range)
        return true
      }
    case .time:
      if isNever(bytes, cell.range) {
        writer.append(null)
        return true
      }
    case .json:
      let mark = writer.count
      if writeJSON(bytes, cell, to: &writer, out) { return true }
      writer.truncate(to: mark)
    }
    writer.append(string: bytes, cell.range, isDoubled: cell.form == .doubled)
    return kind == .text || kind == .time
  }

  private static func isNever(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard range.count == never.count, bytes[range.lowerBound] == .zero, bytes[range.lowerBound + 3] == UInt8(ascii: "1")
    else { return false }
    return never.indices.allSatisfy { bytes[range.lowerBound + $0] == never[$0] }
  }

  /// Copies a cell with its doubled quotes halved and looks whether it is one JSON value, on one line.
  private static func writeJSON(
    _ bytes: Span<UInt8>, _ cell: Cell, to writer: inout JSONWriter, _ out: ByteBuffer
  ) -> Bool {
    let start = writer.count
    let range = cell.range
    if cell.form == .doubled {
      var i = range.lowerBound
      while i < range.upperBound {
        let quote = bytes.first(.quote, from: i, to: range.upperBound)
        let end = min(quote + 1, range.upperBound)
        writer.append(bytes, i..<end)
        i = end + 1
      }
    } else {
      writer.append(bytes, range)
    }
    let end = writer.count
    // Behind the value stands a byte that is no digit, so that a number knows its end.
    writer.append(.lineFeed)
    writer.commit(to: out)
    var check = JSONCheck()
    let written = unsafe Span(_unsafeStart: out.base, count: out.count &+ ByteBuffer.slack)
    guard let stop = check.value(written, from: start, to: end), check.skip(written, from: stop, to: end) == end else {
      return false
    }
    writer.truncate(to: end)
    if check.hasLineEnds {
      for i in start..<end where writer.byte(at: i) == .lineFeed || writer.byte(at: i) == .carriageReturn {
        writer.replace(at: i, with: .space)
      }
    }
    return true
  }
}
