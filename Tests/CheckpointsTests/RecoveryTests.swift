import Checkpoints
import TestKit
import Testing

@Suite struct RecoveryTests {
  private func recover(_ entries: [JournalEntry]) throws -> Recovery {
    try #require(try JournalCodec.recover(Samples.journal([.began(Samples.header())] + entries)))
  }

  @Test func outOfOrderSettlementsAddUpAndReadingRestartsBeforeTheGap() throws {
    let entries = [3, 0, 2].map { JournalEntry.settled(Samples.settlement($0, ($0 * 100)..<($0 * 100 + 100))) }
    let recovery = try recover(entries)
    #expect(recovery.settled.description == "0-99,200-399")
    #expect(recovery.resumePosition.record == 100)
    #expect(recovery.nextSequence == 4)
    #expect(recovery.requests == 6 && recovery.retries == 3 && recovery.bytesSent == 3_000)
    #expect(recovery.rejectsBytes == 20, "the rejects file is as long as the last settlement says, not the highest")
    #expect(recovery.tally == Tally(read: 300, accepted: 270, rejected: 30) && recovery.tally.isClosed)
  }

  @Test func gapThatClosesMovesReadingToTheLastPosition() throws {
    let entries = [1, 2, 3, 0].map { JournalEntry.settled(Samples.settlement($0, ($0 * 10)..<($0 * 10 + 10))) }
    #expect(try recover(Array(entries.prefix(3))).resumePosition == .start)
    #expect(try recover(entries).resumePosition.record == 40)
  }

  @Test func recordsOfSeveralFilesAreCountedByFile() throws {
    let recovery = try recover([
      .settled(Samples.settlement(0, 0..<10)), .settled(Samples.settlement(1, 10..<30, file: 1)),
      .intended(Samples.intent(2, 30..<35, file: 1)),
    ])
    #expect(
      recovery.tallies == [
        FileTally(file: 0, tally: Tally(read: 10, accepted: 9, rejected: 1)),
        FileTally(file: 1, tally: Tally(read: 25, accepted: 18, rejected: 2, inDoubt: 5)),
      ])
    #expect(recovery.tally == Tally(read: 35, accepted: 27, rejected: 3, inDoubt: 5) && recovery.tally.isClosed)
  }

  @Test func announcedBatchWithoutOutcomeIsInDoubtAndStillPassedOver() throws {
    let recovery = try recover([
      .intended(Samples.intent(0, 0..<10, key: "k")), .intended(Samples.intent(1, 10..<20)),
      .settled(Samples.settlement(1, 10..<20)),
    ])
    #expect(recovery.unsettledIntents == [Samples.intent(0, 0..<10, key: "k")])
    #expect(recovery.inDoubt.description == "0-9" && recovery.accounted.description == "0-19")
    #expect(recovery.resumePosition == .start)
    #expect(recovery.position(notAfter: recovery.accounted.firstMissing).record == 20)
  }

  @Test func halvesOfOneBatchLeaveOnlyTheUnansweredHalfInDoubt() throws {
    let entries: [JournalEntry] = [
      .intended(Samples.intent(0, 0..<10)), .intended(Samples.intent(0, 0..<5, key: "left")),
      .settled(Samples.settlement(0, 0..<5)), .intended(Samples.intent(0, 5..<10, key: "right")),
    ]
    #expect(try recover(Array(entries.prefix(2))).inDoubt.description == "0-9")
    #expect(try recover(entries).unsettledIntents == [Samples.intent(0, 5..<10, key: "right")])
    #expect(try recover(entries + [.withdrawn(sequence: 0, at: 1)]).accounted.description == "0-4")
  }

  @Test func personsDecisionSettlesOrFreesTheBatch() throws {
    let open: [JournalEntry] = [
      .settled(Samples.settlement(1, 10..<20)), .intended(Samples.intent(0, 0..<10)),
      .ended(Ending(status: "partial", exit: 1, at: 2)),
    ]
    let accepted = try recover(open + [.resolved(sequence: 0, how: .accepted, at: 3)])
    #expect(accepted.settled.description == "0-19" && accepted.unsettledIntents.isEmpty)
    #expect(accepted.tally == Tally(read: 20, accepted: 19, rejected: 1))
    #expect(accepted.resumePosition.record == 20)
    #expect(accepted.ended?.status == "partial")
    let again = try recover(
      open + [.resolved(sequence: 0, how: .accepted, at: 3), .resolved(sequence: 0, how: .accepted, at: 4)])
    #expect(again.tally == accepted.tally)
    let resent = try recover(
      open + [.resolved(sequence: 0, how: .resend, at: 3), .resumed(at: 4, position: .start)])
    #expect(resent.accounted.description == "10-19" && resent.resumePosition == .start)
    #expect(resent.ended == nil)
  }

  @Test func rowsToBeSentAgainReopenARunButNotPastAGuard() throws {
    func reopened(exit: Int) throws -> Bool {
      try recover([
        .intended(Samples.intent(0, 0..<10)), .ended(Ending(status: "any", exit: exit, at: 2)),
        .resolved(sequence: 0, how: .resend, at: 3),
      ]).ended == nil
    }
    #expect(try reopened(exit: 1))
    #expect(try reopened(exit: 75))
    #expect(try !reopened(exit: 2), "a person has to ask for a guarded run to go on")
  }

  @Test func decisionsAreAddedBehindATornTailAndTheRunStaysEnded() throws {
    let whole = Samples.journal([
      .began(Samples.header()), .intended(Samples.intent(3, 0..<10)), .intended(Samples.intent(5, 10..<15)),
      .ended(Ending(status: "partial", exit: 1, at: 2)),
    ])
    for tail in [[], Array("0123".utf8), [UInt8](repeating: 0, count: 512)] {
      let disk = FaultyDisk(content: whole + tail)
      let recovery = try #require(try JournalCodec.recover(disk.durable))
      var journal = try Journal(amending: recovery, in: disk)
      try journal.append(.resolved(sequence: 5, how: .accepted, at: 3))
      try journal.sync()
      let amended = try #require(try JournalCodec.recover(disk.durable))
      #expect(amended.ended == recovery.ended)
      #expect(amended.unsettledIntents.map(\.sequence) == [3])
      #expect(amended.tally == Tally(read: 15, accepted: 5, inDoubt: 10))
      #expect(amended.tornBytes == 0)
    }
  }

  @Test func journalWithoutAFormatIsStillRead() throws {
    var header = Samples.header()
    header.format = ""
    let bytes = Samples.journal([.began(header)])
    #expect(!String(decoding: bytes, as: UTF8.self).contains("format="))
    #expect(try JournalCodec.recover(bytes)?.header == header)
    header.format = "csv 59 34"
    #expect(try JournalCodec.recover(Samples.journal([.began(header)]))?.header == header)
  }

  @Test func settlementIsClosedOnlyIfItsTalliesSpeakOfItsRecords() {
    var settlement = Samples.settlement(0, 0..<10)
    #expect(settlement.isClosed)
    settlement.records.insert(10)
    #expect(!settlement.isClosed)
  }

  /// Batches of random, interleaved records settle in random order; reading must restart where brute force says.
  @Test func resumePositionAgreesWithBruteForce() throws {
    var random = SplitMix64(seed: 4)
    for round in 0..<150 {
      var batches = [Settlement(sequence: 0, records: RecordRanges(), tallies: [], position: .start)]
      for record in 0..<Int.random(in: 1...400, using: &random) {
        if Int.random(in: 0..<4, using: &random) == 0 {
          let place = Position(file: 0, byte: record * 7, line: record + 1, record: record)
          batches.append(Settlement(sequence: batches.count, records: RecordRanges(), tallies: [], position: place))
        }
        // A record may be held back for a batch that is cut later, never put into one already cut.
        let index = Bool.random(using: &random) ? batches.count - 1 : Int.random(in: 0..<batches.count, using: &random)
        batches[index].records.insert(record)
        batches[index].position = max(
          batches[index].position, Position(file: 0, byte: record * 7 + 7, line: record + 2, record: record + 1))
      }
      // The reader may stand further on, among records of other batches.
      for index in batches.indices {
        let record = batches[index].position.record + Int.random(in: 0...3, using: &random)
        batches[index].position = Position(file: 0, byte: record * 7, line: record + 1, record: record)
      }
      let order = batches.shuffled(using: &random).prefix(Int.random(in: 0...batches.count, using: &random))
      let recovery = try recover(order.map { .settled($0) })
      let settled = Set(order.flatMap { $0.records.ranges.flatMap { Array($0) } })
      for doubt in [[], [0, 1, 2, 17], Array(0..<50)] {
        let missing = (0...).first { !settled.contains($0) && !doubt.contains($0) } ?? 0
        let expected = order.map(\.position).filter { $0.record <= missing }.max() ?? .start
        #expect(recovery.position(notAfter: missing) == expected, "round \(round)")
        if doubt.isEmpty { #expect(recovery.resumePosition == expected) }
      }
      #expect(recovery.settled.count == settled.count)
    }
  }
}
