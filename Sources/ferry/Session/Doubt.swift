import Checkpoints

/// The rows of a run whose outcome nobody knows, and the words about them.
struct Doubt {
  let recovery: Recovery
  /// The batches meant, by number; one that was sent again appears for each time.
  let intents: [Intent]
  /// Rows whose `Idempotency-Key` still protects them: the next run sends them again by itself.
  private let protected: Int
  private let total: Int
  private let owners: [(records: Range<Int>, intent: Intent)]

  /// - `only`: the batches meant; all of them when nil.
  init(_ recovery: Recovery, only: RecordRanges?, at seconds: Int) throws(RunSession.Refusal) {
    self.recovery = recovery
    let open = recovery.trusting { $0.isProtected(at: seconds) }
    total = open.inDoubt.count
    protected = recovery.inDoubt.count - total
    intents = open.unsettledIntents.filter { only?.contains($0.sequence) ?? true }
    if intents.isEmpty, !open.unsettledIntents.isEmpty {
      let batches = RecordRanges(of: open.unsettledIntents.map(\.sequence))
      throw RunSession.Refusal(exit: 64, words: "none of the batches of --only is in doubt; in doubt are \(batches)")
    }
    // A record that was sent twice belongs to the later batch.
    var owners: [(records: Range<Int>, intent: Intent)] = []
    var seen = RecordRanges()
    for intent in intents.reversed() {
      var records = intent.records
      records.remove(contentsOf: seen)
      seen.insert(contentsOf: records)
      owners += records.ranges.map { ($0, intent) }
    }
    self.owners = owners.sorted { $0.records.lowerBound < $1.records.lowerBound }
  }

  /// The numbers of the batches.
  var sequences: [Int] { RecordRanges(of: intents.map(\.sequence)).ranges.flatMap(Array.init) }

  var records: RecordRanges {
    var records = RecordRanges()
    for owner in owners { records.insert(owner.records) }
    return records
  }

  /// The last journaled place with none of the rows before it.
  var start: Position { recovery.position(notAfter: owners.first?.records.lowerBound ?? 0) }

  /// The batch a record was last sent in.
  func intent(of record: Int) -> Intent? {
    var low = 0
    var high = owners.count
    while low < high {
      let middle = low + (high - low) / 2
      if owners[middle].records.upperBound > record { high = middle } else { low = middle + 1 }
    }
    return low < owners.count && owners[low].records.contains(record) ? owners[low].intent : nil
  }

  // MARK: Words

  private var run: RunID { recovery.header.run }

  var nothing: String {
    let rest =
      protected == 0
      ? ""
      : "\n\(protected.counted("row")) more were on their way under an Idempotency-Key that still holds: run the job again"
    return "\(recovery.header.job): nothing of run \(run) is in doubt\(rest)\n"
  }

  var head: String {
    "\(recovery.header.job): \(records.count.counted("row")) of run \(run) in doubt: sent to \(recovery.header.endpoint), and no "
      + "answer says whether they were carried out\n\n"
  }

  var choices: String {
    """

    Look for them in Talon.One, then say what you found:
      ferry resolve \(run) --accept   they are there: they count as accepted
      ferry resolve \(run) --resend   they are not: the next 'ferry run' of the job sends them
    With --only and numbers of batches, such as \(sequences.first ?? 0), some are settled and the others stay in doubt.

    """
  }

  /// What was written down, and the sums of the run.
  func report(_ decision: Resolution, after: Doubt) -> String {
    let name = recovery.header.job
    var tally = after.recovery.tally
    // Rows that will be sent again have been read and are pending.
    tally.pending = recovery.tally.read - tally.read
    tally.read = recovery.tally.read
    let words =
      switch decision {
      case .accepted: "\(name): \(records.count.counted("row")) of run \(run) count as accepted\n"
      case .resend: "\(name): \(records.count.counted("row")) of run \(run) will be sent again; run the job to do so\n"
      }
    return words + "  \(tally.words)\n"
  }
}

extension Intent {
  /// Which batch it is, and when it was sent.
  var words: String {
    let key = idempotencyKey.isEmpty ? "" : ", Idempotency-Key \(Array(idempotencyKey.utf8).printable)"
    return "batch \(sequence), sent \(Timestamp.rfc3339(seconds: at))\(key)\n"
  }
}

extension RecordRanges {
  init(of numbers: [Int]) {
    self.init()
    for number in numbers.sorted() { insert(number) }
  }

  /// The numbers for a person, who counts from 1.
  var counted: String {
    ranges.map { $0.count == 1 ? "\($0.lowerBound + 1)" : "\($0.lowerBound + 1)-\($0.upperBound)" }
      .joined(separator: ", ")
  }
}

extension [UInt8] {
  /// The text, fit for one line of a terminal: control characters, which may come from anybody, are written as escapes.
  var printable: String {
    var text = ""
    for scalar in String(decoding: self, as: UTF8.self).unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control where scalar != "\t", .format, .lineSeparator, .paragraphSeparator:
        text += scalar.escaped(asASCII: true)
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
