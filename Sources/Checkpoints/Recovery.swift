/// What a journal says about a run: all that is needed to go on with it, to report on it, or to ask a person.
package struct Recovery: Sendable, Equatable {
  /// Which run it is.
  package let header: RunHeader
  /// How many entries were read.
  package let entries: Int
  /// Where the next line goes.
  package let validBytes: Int
  /// How many bytes beyond that are the torn tail, to be cut off.
  package let tornBytes: Int
  /// The records whose outcome is known.
  package let settled: RecordRanges
  /// The tallies of the settled records, by file.
  package let settledTallies: [FileTally]
  /// Requests sent, the repeated ones among them.
  package let requests: Int
  /// How many of them were repetitions.
  package let retries: Int
  /// Bytes of all bodies sent.
  package let bytesSent: Int
  /// How long the rejects file is; what lies beyond belongs to no settled record.
  package let rejectsBytes: Int
  /// Batches that were about to be sent and of which nothing more is known, with the records still open, by sequence.
  package private(set) var unsettledIntents: [Intent]
  /// The `Idempotency-Key` under which each batch that is trusted to be repeated was last sent, by its first record.
  package private(set) var repeatedKeys: [Int: String] = [:]
  /// How the run ended; nil while it has not, or was resumed since.
  package let ended: Ending?
  /// The number of the next batch.
  package let nextSequence: Int
  let places: ResumePlaces

  /// This recovery without the intents whose records may be sent again though their outcome is unknown.
  package func trusting(_ isRepeatable: (Intent) -> Bool) -> Recovery {
    var copy = self
    for intent in unsettledIntents where isRepeatable(intent) && !intent.idempotencyKey.isEmpty {
      if let first = intent.records.ranges.first { copy.repeatedKeys[first.lowerBound] = intent.idempotencyKey }
    }
    copy.unsettledIntents.removeAll(where: isRepeatable)
    return copy
  }

  /// The records that must not be sent by themselves: nobody knows whether the server has them.
  package var inDoubt: RecordRanges {
    var records = RecordRanges()
    for intent in unsettledIntents { records.insert(contentsOf: intent.records) }
    return records
  }

  /// The records a resumed run passes over: settled ones and those in doubt.
  package var accounted: RecordRanges {
    var records = settled
    records.insert(contentsOf: inDoubt)
    return records
  }

  /// The last journaled position with nothing unsettled before it: reading from here misses nothing, not even a record
  /// in doubt.
  package var resumePosition: Position { position(notAfter: settled.firstMissing) }

  /// The last known position from which `record` is still ahead.
  ///
  /// With `accounted.firstMissing` it passes over records in doubt as well.
  package func position(notAfter record: Int) -> Position {
    places.last(notAfter: record)
  }

  /// How the records of each file ended, those in doubt included; in the order of the files.
  package var tallies: [FileTally] {
    var sums: [Int: Tally] = [:]
    for entry in settledTallies { sums[entry.file] = entry.tally }
    var seen = RecordRanges()
    for part in unsettledIntents.flatMap(\.parts) {
      var records = part.records
      records.remove(contentsOf: seen)
      seen.insert(contentsOf: records)
      let doubt = Tally(read: records.count, inDoubt: records.count)
      let sum = sums[part.file, default: Tally()]
      sums[part.file] = sum.checkedSum(with: doubt) ?? sum
    }
    return sums.keys.sorted().map { FileTally(file: $0, tally: sums[$0] ?? Tally()) }
  }

  /// How the records of the whole run ended, those in doubt included.
  package var tally: Tally {
    var sum = Tally()
    for entry in tallies { sum = sum.checkedSum(with: entry.tally) ?? sum }
    return sum
  }
}
