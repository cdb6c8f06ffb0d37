import TestKit
import Testing

@testable import Checkpoints

@Suite struct HostileJournalTests {
  /// A journal whose lines after the header have the right checksum and whatever words are given.
  private func journal(_ words: [String]) -> [UInt8] {
    var line = LineWriter()
    for text in words { line.sealed(Array(text.utf8)) }
    return Samples.journal([.began(Samples.header())]) + line.bytes
  }

  @Test(arguments: [
    "settled seq=-1 rec=0 tally= pos=0:0:1:0 rejects=0 requests=0 retries=0 sent=0",
    "settled seq=1 rec=0-9,5-12 tally= pos=0:0:1:0 rejects=0 requests=0 retries=0 sent=0",
    "settled seq=1 rec=0 tally=0:-1:0:0:0:0:0:0 pos=0:0:1:0 rejects=0 requests=0 retries=0 sent=0",
    "settled seq=99999999999999999999 rec= tally= pos=0:0:1:0 rejects=0 requests=0 retries=0 sent=0",
    "settled seq=1 rec= tally= pos=0:0:1:0 rejects=0 requests=0 retries=0 sent=0 more=1",
    "settled seq=1 rec= tally= pos=0:0:1:0 rejects=0 requests=00 retries=0 sent=0",
    "settled", "", "began", "unheard of=1", "resolved seq=1 how=guessed at=0", "resolved seq=1 how=%61ccepted at=0",
    "ended status=%zz exit=0 at=0", "ended status=%C3 exit=0 at=0", "ended status=% exit=0 at=0",
    "ended status=a%2b exit=-0 at=0", "withdrawn seq=1 at=-", "intended seq=1 rec=0:1;0 key= body=00 at=0",
    "intended seq=1 rec=0:1 key= body=00000000000000FF at=0",
  ])
  func wholeLineThatWeWouldNotHaveWrittenIsDamage(words: String) {
    #expect(throws: JournalDamage.self) { try JournalCodec.recover(journal([words])) }
  }

  @Test func entriesThatCannotBeTrueAreContradictions() {
    let big = "\(Int.max)"
    let settled = "pos=0:0:1:0 rejects=0 requests=0 retries=0 sent=0"
    let cases: [[String]] = [
      ["settled seq=1 rec=0-9 tally= \(settled)", "settled seq=2 rec=9 tally= \(settled)"],
      ["settled seq=\(big) rec= tally= \(settled)"],
      ["intended seq=\(big) rec= key= body=0000000000000000 at=0"],
      [
        "settled seq=1 rec= tally=0:\(big):0:0:0:0:0:0 \(settled)",
        "settled seq=2 rec= tally=0:1:0:0:0:0:0:0 \(settled)",
      ],
      [
        "settled seq=1 rec= tally= pos=0:0:1:0 rejects=0 requests=\(big) retries=0 sent=0",
        "settled seq=2 rec= tally= pos=0:0:1:0 rejects=0 requests=1 retries=0 sent=0",
      ],
    ]
    for words in cases {
      #expect {
        try JournalCodec.recover(journal(words))
      } throws: {
        if case JournalDamage.contradiction = $0 { true } else { false }
      }
    }
    let begun = JournalEntry.began(Samples.header())
    for entries in [[begun, begun], [.withdrawn(sequence: 1, at: 0)]] {
      #expect(throws: JournalDamage.self) { try JournalCodec.recover(Samples.journal(entries)) }
    }
  }

  @Test func enormousNumbersAreAnsweredNotTrapped() throws {
    let big = Int.max
    let recovery = try #require(
      try JournalCodec.recover(
        journal([
          "settled seq=1 rec=0-\(big - 2) tally=\(big):\(big):\(big):0:0:0:0:0;0:\(big):0:0:0:0:0:0 "
            + "pos=\(big):\(big):\(big):\(big) rejects=\(big) requests=\(big) retries=\(big) sent=\(big)",
          "resumed at=-\(big) pos=\(big):\(big):\(big):\(big)",
          "intended seq=2 rec=0:0-\(big - 2);\(big):0-\(big - 2) key= body=0000000000000000 at=\(big)",
          "resolved seq=2 how=accepted at=0",
          "intended seq=3 rec=0:0-\(big - 2) key= body=0000000000000000 at=\(big)",
          "intended seq=4 rec=1:0-\(big - 2) key= body=0000000000000000 at=\(big)",
        ])))
    #expect(recovery.unsettledIntents.isEmpty)
    #expect(!recovery.tally.isClosed)
    #expect(recovery.resumePosition == .start)
    #expect(recovery.position(notAfter: .max).record == big)
  }

  @Test func randomBytesNeverCrash() {
    var random = SplitMix64(seed: 2)
    for _ in 0..<2_000 {
      let noise = (0..<Int.random(in: 0..<200, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
      _ = try? JournalCodec.recover(noise)
      _ = try? JournalCodec.recover(Array(JournalCodec.comment.utf8) + noise)
      let text = String(decoding: noise, as: UTF8.self)
      _ = (RunID(parsing: text), LockHolder(parsing: text), RecordRanges(parsing: text))
    }
  }

  @Test func wordsWithChangedBytesNeverCrashThoughTheChecksumIsRight() {
    var random = SplitMix64(seed: 3)
    let alphabet = Array("0123456789-:;,=% azA9".utf8) + [0xC3, 0x00]
    let entries = Samples.entries("a b")
    for _ in 0..<5_000 {
      var line = LineWriter()
      for entry in entries.shuffled(using: &random).prefix(3) {
        var words = Array(JournalCodec.line(for: entry).dropFirst(9).dropLast())
        for _ in 0..<Int.random(in: 0...3, using: &random) {
          let index = Int.random(in: 0..<words.count, using: &random)
          if Bool.random(using: &random) { words[index] = alphabet.randomElement(using: &random) ?? 0 }
          if Bool.random(using: &random) { words.insert(UInt8(ascii: "9"), at: index) }
        }
        line.sealed(words)
      }
      guard let recovery = try? JournalCodec.recover(Samples.journal([entries[0]]) + line.bytes) else { continue }
      _ = (recovery.tally, recovery.accounted, recovery.resumePosition)
    }
  }
}
