import Checkpoints
import Pipeline
import Synchronization
import TestKit
import Testing

/// A clock by which nobody wakes who is not woken.
private struct StandingClock: RunClock {
  var now: Int { 0 }
  var wall: Int { 1_795_230_000_000_000_000 }
  var dice: Double { 0 }

  func sleep(until moment: Int) async { try? await Task.sleep(for: .seconds(3600)) }
}

@Suite struct LedgerTests {
  private let disk = FaultyDisk()
  private let progress = Progress()
  private let ledger: Ledger<FaultyDisk>
  private let writing: Task<Void, Never>

  init() throws {
    let header = RunHeader(
      run: RunID(seconds: 1_795_230_000, random: 1), job: "t", jobDigest: 1, endpoint: "points.add",
      started: 1_795_230_000, sources: [], tool: "test")
    let journal = try Journal(beginning: header, in: disk)
    let ledger = Ledger(
      journal, RejectsFile<FaultyDisk>(nil) { () throws(FileFailure) in FaultyDisk() }, progress: progress,
      clock: StandingClock())
    self.ledger = ledger
    writing = Task { await ledger.run() }
  }

  private static func outcome(_ record: Int) -> Ledger<FaultyDisk>.Outcome {
    let settlement = Settlement(
      sequence: record, records: RecordRanges(record..<record + 1),
      tallies: [FileTally(file: 0, tally: Tally(accepted: 1))],
      position: Position(file: 0, byte: record, line: record + 1, record: record + 1), requests: 1)
    return .init(settlement: settlement, rejects: [])
  }

  private static func intent(_ record: Int) -> Intent {
    Intent(
      sequence: record, parts: [FileRecords(file: 0, records: RecordRanges(record..<record + 1))], idempotencyKey: "",
      bodyDigest: 0, at: 0)
  }

  @Test(.timeLimit(.minutes(1))) func anIntentDoesNotWaitForOutcomesToGather() async {
    ledger.settle(Self.outcome(0))
    #expect(await ledger.intend(Self.intent(1)))
    // What was gathered went to the disk with it.
    #expect(progress.current.requests == 1)
    ledger.settle(Self.outcome(1))
    #expect(await ledger.intend(Self.intent(2)))
    #expect(progress.current.requests == 2)
    ledger.close()
    await writing.value
  }

  @Test(.timeLimit(.minutes(1))) func theEndOfARunDoesNotWaitForOutcomesToGather() async {
    for record in 0..<3 { ledger.settle(Self.outcome(record)) }
    ledger.close()
    await writing.value
    #expect(progress.current.requests == 3)
  }

  @Test(.timeLimit(.minutes(1))) func manyOutcomesDoNotWaitForMore() async {
    for record in 0..<1000 {
      ledger.settle(Self.outcome(record))
      while ledger.isBehind { await Task.yield() }
    }
    ledger.close()
    await writing.value
    #expect(progress.current.requests == 1000)
  }
}
