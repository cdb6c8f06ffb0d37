/// What an export's journal says: all that is needed to go on with the run, or to learn where the next one begins.
package struct ExportRecovery: Sendable, Equatable {
  package let header: ExportHeader
  /// The header line of the output, once the first answer has given it.
  package private(set) var columns: [UInt8]?
  /// The last part in the output; what lies beyond its lengths is cut off.
  package private(set) var last: ExportPart?
  /// How the records of all parts ended.
  package private(set) var tally = Tally()
  package private(set) var ragged = 0
  package private(set) var unparsed = 0
  package private(set) var timeless = 0
  package private(set) var requests = 0
  package private(set) var retries = 0
  package private(set) var bytesReceived = 0
  /// How the run ended; nil while it has not.
  package private(set) var ended: Ending?
  /// Where the next line goes, and how many bytes beyond that are the torn tail.
  package internal(set) var validBytes = 0
  package internal(set) var tornBytes = 0

  init(header: ExportHeader) { self.header = header }

  /// The number of the next part.
  package var nextSequence: Int { last.map { $0.sequence + 1 } ?? 0 }

  /// Takes the next entry after `began`; an end is followed by more when somebody went on with the run.
  mutating func apply(_ entry: ExportEntry) throws(Contradiction) {
    switch entry {
    case .began: throw Contradiction(reason: "the run begins a second time")
    case .columns(let columns):
      guard self.columns == nil else { throw Contradiction(reason: "the columns are named a second time") }
      self.columns = columns
    case .part(let part): try add(part)
    case .ended(let ending): ended = ending
    }
  }

  private mutating func add(_ part: ExportPart) throws(Contradiction) {
    guard part.sequence == nextSequence, last?.isLast != true else {
      throw Contradiction(reason: "part \(part.sequence) is not the next one")
    }
    let before = last ?? ExportPart(sequence: 0, tally: Tally())
    guard part.outputBytes >= before.outputBytes, part.textBytes >= before.textBytes,
      part.rejectsBytes >= before.rejectsBytes, part.idsBytes >= before.idsBytes, part.next >= before.next
    else { throw Contradiction(reason: "part \(part.sequence) makes a file shorter") }
    guard part.tally.isClosed, let sum = tally.checkedSum(with: part.tally) else {
      throw Contradiction(reason: "the counts of part \(part.sequence) do not add up")
    }
    tally = sum
    try add(part.ragged, to: \.ragged)
    try add(part.unparsed, to: \.unparsed)
    try add(part.timeless, to: \.timeless)
    try add(part.requests, to: \.requests)
    try add(part.retries, to: \.retries)
    try add(part.bytesReceived, to: \.bytesReceived)
    last = part
    ended = nil
  }

  private mutating func add(_ number: Int, to path: WritableKeyPath<Self, Int>) throws(Contradiction) {
    let (sum, overflow) = self[keyPath: path].addingReportingOverflow(number)
    if overflow { throw Contradiction(reason: "the numbers are too large to add up") }
    self[keyPath: path] = sum
  }
}
