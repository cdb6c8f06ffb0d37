import TestKit
import Testing

@testable import Checkpoints

@Suite struct JournalCodecTests {
  @Test(arguments: Samples.awkward)
  func everyEntrySurvivesTheWayToDiskAndBack(text: String) throws {
    var scratch = LineWriter()
    for entry in Samples.entries(text) {
      let line = JournalCodec.line(for: entry)
      #expect(line.filter { $0 == UInt8(ascii: "\n") }.count == 1 && line.last == UInt8(ascii: "\n"))
      #expect(JournalCodec.isSealed(line, 0..<(line.count - 1)))
      let read = try #require(JournalCodec.entry(line, 0..<(line.count - 1), scratch: &scratch))
      #expect(read == entry)
      #expect(JournalCodec.line(for: read) == line)
    }
    _ = try #require(try JournalCodec.recover(Samples.journal(Samples.entries(text))))
  }

  @Test func linesReadAsDocumented() {
    let line = JournalCodec.line(for: .settled(Samples.settlement(12, 0..<1_000)))
    #expect(
      String(decoding: line.dropFirst(9), as: UTF8.self)
        == "settled seq=12 rec=0-999 tally=0:1000:900:100:0:0:0:0 pos=0:20000:1001:1000 rejects=120 requests=2 "
        + "retries=1 sent=1000\n")
  }

  @Test func checksumIsTheOneOfZip() {
    let bytes = Array("123456789".utf8)
    #expect(CRC32.of(bytes, 0..<9) == 0xCBF4_3926)
  }

  @Test func survivesACrashAfterEveryByte() throws {
    let entries = Samples.entries("a b")
    let journal = Samples.journal(entries)
    let ends = journal.indices.filter { journal[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
    for length in 0...journal.count {
      let recovery = try JournalCodec.recover(Array(journal.prefix(length)))
      let whole = ends.filter { $0 <= length }
      #expect(recovery?.entries ?? 0 == max(0, whole.count - 1), "crash after \(length) bytes")
      if let recovery {
        #expect(recovery.validBytes == whole.last)
        #expect(recovery.validBytes + recovery.tornBytes == length)
        let clean = try JournalCodec.recover(Array(journal.prefix(recovery.validBytes)))
        #expect(clean?.tally == recovery.tally && clean?.settled == recovery.settled)
      }
    }
  }

  @Test func noSingleFlippedBitGoesUnnoticed() throws {
    let entries = Array(Samples.entries("a b").prefix(6))
    let clean = Samples.journal(entries)
    for index in clean.indices {
      for bit in 0..<8 {
        var damaged = clean
        damaged[index] ^= 1 << UInt8(bit)
        let recovery = try? JournalCodec.recover(damaged)
        #expect(recovery?.validBytes != clean.count, "byte \(index) bit \(bit)")
        if let recovery { #expect(recovery.entries == entries.count - 1, "only the last line may pass for a torn one") }
      }
    }
  }

  @Test func damageBeforeTheTailIsAnErrorWithItsPlace() {
    let entries = Samples.entries("x")
    var damaged = Samples.journal(entries)
    let third = JournalCodec.comment.utf8.count + JournalCodec.line(for: entries[0]).count
    damaged[third + 12] ^= 1
    #expect(throws: JournalDamage.damaged(line: 3, byte: third)) { try JournalCodec.recover(damaged) }
  }

  @Test func howTheJournalIsCutWhileReadingMakesNoDifference() throws {
    let journal = Samples.journal(Samples.entries("cut me")) + Array("torn".utf8)
    let whole = try JournalCodec.recover(journal)
    for size in [1, 2, 7, 64, 1_000] {
      var reader = JournalReader()
      for start in stride(from: 0, to: journal.count, by: size) {
        try reader.read(Array(journal[start..<min(start + size, journal.count)]))
      }
      #expect(try reader.finish() == whole)
    }
    #expect(whole?.tornBytes == 4)
  }

  @Test func otherFilesAndOtherVersionsAreNotRecovered() throws {
    let later = "# ferry journal 2: something new\n"
    #expect(throws: JournalDamage.unknownVersion("2")) { try JournalCodec.recover(Array(later.utf8)) }
    #expect(throws: JournalDamage.unknownVersion("2")) { try JournalCodec.recover(Array(later.utf8.dropLast())) }
    for other in ["sku,price\n1,2\n", "{}", "\n", "# ferr\n"] {
      #expect(throws: JournalDamage.notAJournal) { try JournalCodec.recover(Array(other.utf8)) }
    }
    #expect(JournalDamage.unknownVersion("2\u{1B}").description.contains("format 2?; this program knows format 1"))
  }

  @Test func runThatNeverBeganIsNothing() throws {
    #expect(try JournalCodec.recover([]) == nil)
    #expect(try JournalCodec.recover([0, 0, 0]) == nil)
    #expect(try JournalCodec.recover(Array(JournalCodec.comment.utf8)) == nil)
    #expect(try JournalCodec.recover(Array("# ferry".utf8) + [0, 0]) == nil)
  }

  @Test func blankBlocksAfterTheLastLineAreATornTail() throws {
    let journal = Samples.journal(Samples.entries("x"))
    let recovery = try #require(try JournalCodec.recover(journal + [UInt8](repeating: 0, count: 4_096)))
    #expect(recovery.validBytes == journal.count && recovery.tornBytes == 4_096)
  }
}
