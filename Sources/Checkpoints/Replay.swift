/// A line that is whole and cannot be true.
struct Contradiction: Error {
  let reason: String
}

/// Plays a journal's entries back, one at a time, and keeps what they add up to.
struct Replay: Sendable {
  private let header: RunHeader
  private var entries = 1
  private var settled = RecordRanges()
  private var tallies: [Int: Tally] = [:]
  private var requests = 0
  private var retries = 0
  private var bytesSent = 0
  private var rejectsBytes = 0
  private var open: [Int: [Intent]] = [:]
  private var places = ResumePlaces()
  private var ended: Ending?
  private var nextSequence = 0

  init(header: RunHeader) {
    self.header = header
  }

  /// Takes the next entry after `began`.
  mutating func apply(_ entry: JournalEntry) throws(Contradiction) {
    entries += 1
    switch entry {
    case .began: throw Contradiction(reason: "the run begins a second time")
    case .resumed(_, let position):
      ended = nil
      places.add(position, settled: settled)
    case .intended(let intent): try announce(intent)
    case .settled(let settlement): try settle(settlement)
    case .withdrawn(let sequence, _): open[sequence] = nil
    case .resolved(let sequence, .resend, _):
      open[sequence] = nil
      // There is something to send again, so the run goes on; not past a guard, though, for which a person has to ask.
      if ended?.exit != Ending.guarded { ended = nil }
    case .resolved(let sequence, .accepted, _):
      for part in stillOpen(open.removeValue(forKey: sequence) ?? []) {
        let count = part.records.count
        try add(Tally(read: count, accepted: count), to: part.file)
        settled.insert(contentsOf: part.records)
      }
    case .ended(let ending): ended = ending
    }
  }

  /// What the journal says as a whole.
  consuming func recovery(validBytes: Int, tornBytes: Int) -> Recovery {
    var intents: [Intent] = []
    for sequence in open.keys.sorted() {
      for var intent in open[sequence] ?? [] {
        intent.remove(settled)
        if !intent.parts.isEmpty { intents.append(intent) }
      }
    }
    places.prune(settled: settled)
    return Recovery(
      header: header, entries: entries, validBytes: validBytes, tornBytes: tornBytes, settled: settled,
      settledTallies: tallies.keys.sorted().map { FileTally(file: $0, tally: tallies[$0] ?? Tally()) },
      requests: requests, retries: retries, bytesSent: bytesSent, rejectsBytes: rejectsBytes,
      unsettledIntents: intents, ended: ended, nextSequence: nextSequence, places: places)
  }

  private mutating func announce(_ intent: Intent) throws(Contradiction) {
    try see(intent.sequence)
    let records = intent.records
    var intents = open.removeValue(forKey: intent.sequence) ?? []
    for index in intents.indices { intents[index].remove(records) }
    intents.removeAll { $0.parts.isEmpty }
    intents.append(intent)
    open[intent.sequence] = intents
  }

  private mutating func settle(_ settlement: Settlement) throws(Contradiction) {
    try see(settlement.sequence)
    guard !settled.intersects(settlement.records) else {
      throw Contradiction(reason: "records of batch \(settlement.sequence) were settled before")
    }
    settled.insert(contentsOf: settlement.records)
    if var intents = open.removeValue(forKey: settlement.sequence) {
      for index in intents.indices { intents[index].remove(settlement.records) }
      intents.removeAll { $0.parts.isEmpty }
      if !intents.isEmpty { open[settlement.sequence] = intents }
    }
    for entry in settlement.tallies { try add(entry.tally, to: entry.file) }
    requests = try sum(requests, settlement.requests)
    retries = try sum(retries, settlement.retries)
    bytesSent = try sum(bytesSent, settlement.bytesSent)
    rejectsBytes = settlement.rejectsBytes
    places.add(settlement.position, settled: settled)
  }

  /// What is left of `intents` once everything settled meanwhile is taken out; no record appears twice.
  private func stillOpen(_ intents: [Intent]) -> [FileRecords] {
    var seen = settled
    var parts: [FileRecords] = []
    for var part in intents.flatMap(\.parts) {
      part.records.remove(contentsOf: seen)
      seen.insert(contentsOf: part.records)
      if !part.records.isEmpty { parts.append(part) }
    }
    return parts
  }

  private mutating func see(_ sequence: Int) throws(Contradiction) {
    nextSequence = max(nextSequence, try sum(sequence, 1))
  }

  private mutating func add(_ tally: Tally, to file: Int) throws(Contradiction) {
    guard let total = tallies[file, default: Tally()].checkedSum(with: tally) else { throw Self.tooBig }
    tallies[file] = total
  }

  private func sum(_ left: Int, _ right: Int) throws(Contradiction) -> Int {
    let (sum, overflow) = left.addingReportingOverflow(right)
    if overflow { throw Self.tooBig }
    return sum
  }

  private static let tooBig = Contradiction(reason: "the numbers are too large to add up")
}
