/// One line of an export's journal: `began`, then any of the others in the order they happened.
package enum ExportEntry: Sendable, Equatable {
  /// The run exists; nothing has been asked for.
  case began(ExportHeader)
  /// The header line of the output, which the answers that follow are brought in line with.
  case columns([UInt8])
  /// A slice is in the temporary output.
  case part(ExportPart)
  /// The run came to an end, complete or not; once complete, the output stands at its place.
  case ended(Ending)
}

extension ExportEntry {
  /// Writes the entry's words, without checksum and newline.
  func write(to line: inout LineWriter) {
    switch self {
    case .began(let header): header.write(to: &line)
    case .part(let part): part.write(to: &line)
    case .columns(let header):
      line.literal("columns header=")
      line.escaped(String(decoding: header, as: UTF8.self))
    case .ended(let ending):
      line.literal("ended status=")
      line.escaped(ending.status)
      line.literal(" exit=")
      line.number(ending.exit)
      line.literal(" at=")
      line.number(ending.at)
    }
  }

  /// Reads an entry's words up to the end of the line.
  init(from line: inout LineReader) throws(Unreadable) {
    if line.skip("part ") {
      self = .part(try ExportPart(from: &line))
    } else if line.skip("columns header=") {
      self = .columns(Array(try line.unescaped().utf8))
    } else if line.skip("ended status=") {
      let status = try line.unescaped()
      try line.expect(" exit=")
      let exit = try line.signedNumber()
      try line.expect(" at=")
      self = .ended(Ending(status: status, exit: exit, at: try line.signedNumber()))
    } else {
      try line.expect("began ")
      self = .began(try ExportHeader(from: &line))
    }
    guard line.isAtEnd else { throw Unreadable() }
  }
}
