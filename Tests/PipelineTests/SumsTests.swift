import Checkpoints
import Pipeline
import Records
import TestKit
import Testing

@Suite struct SumsTests {
  @Test(arguments: 0..<20) func everyRowEndsOnceInEveryFile(_ seed: Int) async throws {
    var random = SplitMix64(seed: UInt64(seed))
    var files: [(path: String, text: String)] = []
    var wanted: [Tally] = []
    var good: [String] = []
    for file in 0..<Int.random(in: 1...4, using: &random) {
      var ids: [String] = []
      var tally = Tally()
      for row in 0..<Int.random(in: 0...60, using: &random) {
        tally.read += 1
        switch Int.random(in: 0..<10, using: &random) {
        case 0: ids.append("x\(file)-\(row)")
        case 1: ids.append("\(file)-\(row)r")
        default:
          ids.append("\(file)-\(row)")
          tally.accepted += 1
          good.append("\(file)-\(row)")
        }
      }
      tally.rejected = tally.read - tally.accepted
      wanted.append(tally)
      files.append(("f\(file).csv", World.csv(ids)))
    }
    let sources = MemorySources(files: files, chunk: Int.random(in: 1...200, using: &random))
    let plan = try World.profiles(
      window: Int.random(in: 1...8, using: &random), rows: Int.random(in: 1...9, using: &random))
    let clock = VirtualClock()
    let names = seed % 2 == 0
    let transport = ScriptedTransport(clock) { Say.judging($0, names: names) }
    let execution = try await World.run(plan, sources, transport, clock: clock)
    #expect(execution.stop == nil)
    for (file, tally) in wanted.enumerated() {
      let found = execution.counts.tallies.first { $0.file == file }?.tally ?? Tally()
      #expect(found == tally, "file \(file)")
      #expect(found.isClosed)
    }
    #expect(transport.accepted.sorted() == good.sorted())
    #expect(execution.counts.tally == wanted.reduce(Tally(), +))
    let recovery = try #require(try JournalCodec.recover(execution.disks.journal.durable))
    #expect(recovery.tally == execution.counts.tally)
    #expect(rejectedIDs(execution.rejectsText).count == recovery.tally.rejected)
    #expect(execution.counts.requests == transport.arrivals.count)
  }

  @Test func rowsThatAnotherTookThePlaceOfAreSkipped() async throws {
    let plan = try World.profiles(rows: 10)
    let clock = VirtualClock()
    let transport = ScriptedTransport(clock) { _ in Say.yes }
    let sources = MemorySources(files: [("a.csv", World.csv(["a", "b", "a", "c", "b", "a"]))])
    let execution = try await World.run(plan, sources, transport, clock: clock)
    #expect(execution.counts.tally == Tally(read: 6, accepted: 3, skipped: 3))
    #expect(transport.sent == ["c", "b", "a"])
  }

  @Test func anEmptySourceIsFineAndSendsNothing() async throws {
    let plan = try World.profiles()
    let clock = VirtualClock()
    let transport = ScriptedTransport(clock) { _ in Say.yes }
    let execution = try await World.run(
      plan, MemorySources(files: [("a.csv", "id,n\n")]), transport, clock: clock)
    #expect(execution.stop == nil)
    #expect(execution.counts.tally == Tally())
    #expect(transport.arrivals.isEmpty)
    #expect(execution.disks.rejects.operations == 0)
  }

  @Test func aFileWithoutAByteIsNoSource() async throws {
    let plan = try World.profiles()
    let clock = VirtualClock()
    let transport = ScriptedTransport(clock) { _ in Say.yes }
    let sources = MemorySources(files: [("a.ndjson", "")])
    let execution = try await World.run(plan, sources, transport, clock: clock)
    #expect(execution.stop?.exit == 66)
    #expect(execution.stop?.reason == "source a.ndjson cannot be read: it is empty; expected at least one record")
  }

  @Test func aMissingColumnStopsTheRunWithWords() async throws {
    let plan = try World.profiles()
    let clock = VirtualClock()
    let transport = ScriptedTransport(clock) { _ in Say.yes }
    let sources = MemorySources(files: [("a.csv", World.csv(["1", "2"])), ("b.csv", "id,m\n3,1\n")])
    let execution = try await World.run(plan, sources, transport, clock: clock)
    #expect(execution.stop?.exit == 78)
    #expect(execution.stop?.reason.contains("'n'") == true)
    #expect(execution.counts.tally.isClosed)
  }

  @Test func aMissingFileStopsTheRunAndWhatWasReadStaysAccounted() async throws {
    let plan = try World.profiles(rows: 2)
    let clock = VirtualClock()
    let transport = ScriptedTransport(clock) { _ in Say.yes }
    var files = MemorySources(files: [("a.csv", World.csv(["1", "2", "3"]))]).sourceFiles
    files.paths.append("gone.csv")
    let sources = MemorySources(files: [("a.csv", World.csv(["1", "2", "3"]))])
    var walk = SourceWalk(plan, files)
    var batches = 0
    #expect(throws: SourceWalk.Failure.self) { while try walk.next() != nil { batches += 1 } }
    #expect(batches == 1)
    #expect(walk.recordsHeld == 1)
    #expect(walk.recordsRead == 3)
    let execution = try await World.run(plan, sources, transport, clock: clock)
    #expect(execution.counts.tally.accepted == 3)
  }

  @Test func rowsOfTwoFilesInOneBatchAreCountedWithTheirFile() async throws {
    let plan = try World.profiles(rows: 100)
    let clock = VirtualClock()
    let transport = ScriptedTransport(clock) { Say.judging($0) }
    let sources = MemorySources(files: [
      ("a.csv", World.csv(["1", "2r", "x3"])), ("b.csv", World.csv([])), ("c.csv", World.csv(["4r", "5"])),
    ])
    let execution = try await World.run(plan, sources, transport, clock: clock)
    #expect(
      execution.counts.tallies == [
        FileTally(file: 0, tally: Tally(read: 3, accepted: 1, rejected: 2)),
        FileTally(file: 2, tally: Tally(read: 2, accepted: 1, rejected: 1)),
      ])
    #expect(transport.arrivals.count == 2)
    #expect(execution.rejectsText.contains("c.csv,2,"))
  }
}
