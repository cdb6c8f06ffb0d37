import Testing

@testable import Checkpoints

@Suite struct LargeJournalTests {
  @Test func whatIsKeptFollowsTheGapsNotTheLines() throws {
    let count = 4_000
    var reader = JournalReader()
    try reader.read(Samples.journal([.began(Samples.header())]))
    // Neighbours settle in swapped order, the first two batches never.
    for index in 2..<count {
      let sequence = index ^ 1
      let line = JournalCodec.line(for: .settled(Samples.settlement(sequence, (sequence * 10)..<(sequence * 10 + 10))))
      try reader.read(line)
    }
    let recovery = try #require(try reader.finish())
    #expect(recovery.settled.ranges.count <= 1)
    #expect(recovery.places.places.count <= 1)
    #expect(recovery.resumePosition == .start)
    #expect(recovery.position(notAfter: recovery.settled.firstMissing(from: 20)).record >= (count - 2) * 10)
  }
}
