extension JournalEntry {
  /// Writes the entry's words, without checksum and newline.
  func write(to line: inout LineWriter) {
    switch self {
    case .began(let header): header.write(to: &line)
    case .intended(let intent): intent.write(to: &line)
    case .settled(let settlement): settlement.write(to: &line)
    case .resumed(let at, let position):
      line.literal("resumed at=")
      line.number(at)
      line.literal(" pos=")
      line.position(position)
    case .withdrawn(let sequence, let at):
      line.literal("withdrawn seq=")
      line.number(sequence)
      line.literal(" at=")
      line.number(at)
    case .resolved(let sequence, let how, let at):
      line.literal("resolved seq=")
      line.number(sequence)
      line.literal(" how=")
      line.literal(how.rawValue)
      line.literal(" at=")
      line.number(at)
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
    if line.skip("settled ") {
      self = .settled(try Settlement(from: &line))
    } else if line.skip("intended ") {
      self = .intended(try Intent(from: &line))
    } else if line.skip("withdrawn seq=") {
      let sequence = try line.number()
      try line.expect(" at=")
      self = .withdrawn(sequence: sequence, at: try line.signedNumber())
    } else if line.skip("resumed at=") {
      let at = try line.signedNumber()
      try line.expect(" pos=")
      self = .resumed(at: at, position: try line.position())
    } else if line.skip("resolved seq=") {
      let sequence = try line.number()
      try line.expect(" how=")
      guard let how = Resolution(rawValue: try line.unescaped()) else { throw Unreadable() }
      try line.expect(" at=")
      self = .resolved(sequence: sequence, how: how, at: try line.signedNumber())
    } else if line.skip("ended status=") {
      let status = try line.unescaped()
      try line.expect(" exit=")
      let exit = try line.signedNumber()
      try line.expect(" at=")
      self = .ended(Ending(status: status, exit: exit, at: try line.signedNumber()))
    } else {
      try line.expect("began ")
      self = .began(try RunHeader(from: &line))
    }
    guard line.isAtEnd else { throw Unreadable() }
  }
}
