import TestKit
import Testing

@testable import Checkpoints

@Suite struct ExportJournalTests {
  static let header = ExportHeader(
    run: RunID(seconds: 1_790_000_000, random: 7), job: "a b", jobDigest: 0xABC, endpoint: "effects",
    started: 1_790_000_000, window: -5..<100, target: "out=%,\n.csv", tool: "0.1")

  static func part(_ sequence: Int, isLast: Bool = false) -> ExportPart {
    var part = ExportPart(sequence: sequence, tally: Tally(read: 10, accepted: 7, rejected: 1, skipped: 2))
    part.outputBytes = 100 * (sequence + 1)
    part.textBytes = 300 * (sequence + 1)
    part.outputChecksum = 0xDEAD_BEEF
    part.next = sequence + 1
    part.requests = 2
    part.retries = 1
    part.isLast = isLast
    return part
  }

  static let entries: [ExportEntry] = [
    .began(header), .columns(Array("id,\"na me\",ü".utf8)), .part(part(0)), .part(part(1)),
    .ended(Ending(status: "stopped", exit: 75, at: 5)), .part(part(2, isLast: true)),
    .ended(Ending(status: "completed", exit: 0, at: 9)),
  ]

  static func journal(_ entries: [ExportEntry]) -> [UInt8] {
    Array(ExportJournalCodec.comment.utf8) + entries.flatMap { ExportJournalCodec.line(for: $0) }
  }

  @Test func everythingIsReadBackAsItWasWritten() throws {
    let recovery = try #require(try ExportJournalCodec.recover(Self.journal(Self.entries)))
    #expect(recovery.header == Self.header)
    #expect(recovery.columns == Array("id,\"na me\",ü".utf8))
    #expect(recovery.last == Self.part(2, isLast: true) && recovery.nextSequence == 3)
    #expect(recovery.tally == Tally(read: 30, accepted: 21, rejected: 3, skipped: 6))
    #expect(recovery.requests == 6 && recovery.retries == 3)
    #expect(recovery.ended?.status == "completed")
    var other = Self.header
    other.window = nil
    #expect(try ExportJournalCodec.recover(Self.journal([.began(other)]))?.header == other)
  }

  @Test func survivesACrashAfterEveryByte() throws {
    let journal = Self.journal(Self.entries)
    let ends = journal.indices.filter { journal[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
    for length in 0...journal.count {
      for zeros in [0, 40] {
        let torn = Array(journal.prefix(length)) + [UInt8](repeating: 0, count: zeros)
        let recovery = try ExportJournalCodec.recover(torn)
        let whole = ends.filter { $0 <= length }.count - 1
        #expect((recovery == nil) == (whole < 1), "crash after \(length) bytes")
        guard let recovery else { continue }
        let parts = Self.entries.prefix(whole).filter { if case .part = $0 { true } else { false } }.count
        #expect(recovery.nextSequence == parts)
        #expect(recovery.validBytes == ends[whole] && recovery.tornBytes == torn.count - ends[whole])
      }
    }
  }

  @Test func noSingleFlippedBitGoesUnnoticed() {
    let clean = Self.journal(Self.entries)
    for index in clean.indices {
      for bit in 0..<8 {
        var damaged = clean
        damaged[index] ^= 1 << UInt8(bit)
        let recovery = try? ExportJournalCodec.recover(damaged)
        #expect(recovery?.validBytes != clean.count, "byte \(index) bit \(bit)")
      }
    }
  }

  @Test func whatCannotBeTrueIsNotBelieved() {
    var shorter = Self.part(1)
    shorter.outputBytes = 50
    var open = Self.part(0)
    open.tally.read = 11
    let impossible: [[ExportEntry]] = [
      [.began(Self.header), .began(Self.header)], [.part(Self.part(0))], [.began(Self.header), .part(Self.part(1))],
      [.began(Self.header), .part(Self.part(0)), .part(Self.part(0))],
      [.began(Self.header), .part(Self.part(0)), .part(shorter)], [.began(Self.header), .part(open)],
      [.began(Self.header), .part(Self.part(0, isLast: true)), .part(Self.part(1))],
      [.began(Self.header), .columns([65]), .columns([65])],
    ]
    for entries in impossible {
      #expect(throws: JournalDamage.self) { try ExportJournalCodec.recover(Self.journal(entries)) }
    }
    #expect(throws: JournalDamage.notAJournal) { try ExportJournalCodec.recover(Array("a,b\n1,2\n".utf8)) }
    #expect(throws: JournalDamage.unknownVersion("2")) {
      try ExportJournalCodec.recover(Array("# ferry export journal 2: x\n".utf8))
    }
  }

  /// A disk that fails at its Nth operation, and a power cut: what the journal counts as written is there.
  @Test func whatACommitSaidIsThereAfterAnyFailure() throws {
    for failing in 1...40 {
      let disk = FaultyDisk(failingAt: failing)
      var committed = 0
      do {
        var journal = try ExportJournal(beginning: Self.header, in: disk)
        for sequence in 0..<4 {
          try journal.append(.part(Self.part(sequence)))
          committed = sequence + 1
        }
      } catch {}
      let recovery = try ExportJournalCodec.recover(disk.durable)
      #expect(recovery?.nextSequence ?? 0 >= committed)
    }
  }
}
