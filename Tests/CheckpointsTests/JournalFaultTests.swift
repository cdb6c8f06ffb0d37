import Checkpoints
import TestKit
import Testing

/// Makes the Nth operation of the disk fail, for N = 1, 2, 3 … until none fails any more, and checks the same promise.
@Suite struct JournalFaultTests {
  /// What a run does between its beginning and its end; every inner list is committed with one sync.
  private let groups: [[JournalEntry]] = [
    [.intended(Samples.intent(0, 0..<10))],
    [.settled(Samples.settlement(0, 0..<10)), .intended(Samples.intent(1, 10..<20))],
    [.settled(Samples.settlement(2, 20..<30)), .settled(Samples.settlement(3, 30..<40))],
    [.settled(Samples.settlement(1, 10..<20))],
    [.ended(Ending(status: "completed", exit: 0, at: 9))],
  ]

  private struct Promise {
    var began = false
    /// The entries whose sync returned, and all that were attempted.
    var committed: [JournalEntry] = []
    var attempted: [JournalEntry] = []
    var failure: FileFailure?
  }

  private func write(to disk: FaultyDisk) -> Promise {
    var promise = Promise()
    do throws(FileFailure) {
      var journal = try Journal(beginning: Samples.header(), in: disk)
      promise.began = true
      for group in groups {
        for entry in group {
          promise.attempted.append(entry)
          do throws(FileFailure) { try journal.append(entry) } catch {
            expectPoisoned(&journal, error, disk)
            throw error
          }
        }
        do throws(FileFailure) { try journal.sync() } catch {
          expectPoisoned(&journal, error, disk)
          throw error
        }
        #expect(journal.committedBytes == disk.durable.count && journal.writtenBytes == disk.cached.count)
        promise.committed += group
      }
    } catch {
      promise.failure = error
    }
    return promise
  }

  private func expectPoisoned(_ journal: inout Journal<FaultyDisk>, _ first: FileFailure, _ disk: FaultyDisk) {
    let operations = disk.operations
    for _ in 0..<2 {
      do throws(FileFailure) {
        try journal.append(.withdrawn(sequence: 9, at: 0))
        Issue.record("a poisoned journal takes entries")
      } catch { #expect(error == first) }
      do throws(FileFailure) {
        try journal.sync()
        Issue.record("a poisoned journal says it synced")
      } catch { #expect(error == first) }
    }
    #expect(disk.operations == operations && journal.failure == first)
  }

  private func recovered(_ entries: [JournalEntry]) throws -> Recovery? {
    try JournalCodec.recover(Samples.journal([.began(Samples.header())] + entries))
  }

  @Test(arguments: [false, true])
  func whateverFailsNothingCommittedIsLostAndNothingIsInvented(syncsBeforeFailing: Bool) throws {
    var faults = 0
    for failingAt in 1... {
      let disk = FaultyDisk(failingAt: failingAt, syncsBeforeFailing: syncsBeforeFailing)
      let promise = write(to: disk)
      #expect((promise.failure != nil) == disk.fired)
      try check(promise, disk, "fault \(failingAt)")
      guard disk.fired else { break }
      faults += 1
    }
    #expect(faults == 2 + 7 + groups.count)
  }

  /// The promise, for a power cut, a killed process, and everything a power cut may leave in between.
  private func check(_ promise: Promise, _ disk: FaultyDisk, _ comment: Comment) throws {
    for length in disk.durable.count...max(disk.durable.count, disk.cached.count) {
      let left = Array((disk.cached.count > disk.durable.count ? disk.cached : disk.durable).prefix(length))
      guard let recovery = try JournalCodec.recover(left) else {
        #expect(!promise.began && promise.committed.isEmpty, comment)
        continue
      }
      let seen = recovery.entries - 1
      #expect(seen >= promise.committed.count && seen <= promise.attempted.count, comment)
      let expected = try #require(try recovered(Array(promise.attempted.prefix(seen))))
      #expect(recovery.settled == expected.settled && recovery.tally == expected.tally, comment)
      #expect(recovery.unsettledIntents == expected.unsettledIntents && recovery.ended == expected.ended, comment)
      try checkResuming(recovery, left, comment)
    }
  }

  /// Going on after the crash, on a disk that fails again at every operation in turn.
  private func checkResuming(_ recovery: Recovery, _ left: [UInt8], _ comment: Comment) throws {
    for failingAt in 1... {
      let disk = FaultyDisk(content: left, failingAt: failingAt)
      do throws(FileFailure) {
        var journal = try Journal(resuming: recovery, at: 7, from: recovery.resumePosition, in: disk)
        try journal.append(.settled(Samples.settlement(8, 80..<90)))
        try journal.sync()
      } catch { #expect(disk.fired) }
      for view in [disk.durable, disk.cached] {
        let again = try #require(try JournalCodec.recover(view), comment)
        var settled = again.settled
        settled.remove(contentsOf: RecordRanges(80..<90))
        #expect(settled == recovery.settled, comment)
        #expect(disk.fired || again.entries == recovery.entries + 2, comment)
      }
      guard disk.fired else { return }
    }
  }

  @Test func syncWithoutNewEntriesAsksNothingOfTheDisk() throws {
    let disk = FaultyDisk()
    var journal = try Journal(beginning: Samples.header(), in: disk)
    let operations = disk.operations
    try journal.sync()
    try journal.append(contentsOf: [])
    #expect(disk.operations == operations)
    try journal.append(contentsOf: groups[2])
    #expect(disk.operations == operations + 1 && disk.durable.count < disk.cached.count)
  }
}
