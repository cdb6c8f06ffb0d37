import Checkpoints
import Testing

@Suite struct TallyTests {
  private let tally = Tally(read: 21, accepted: 6, rejected: 5, unchanged: 4, skipped: 3, inDoubt: 2, pending: 1)

  @Test func sumOfClosedTalliesIsClosed() {
    #expect(tally.isClosed && (tally + tally).isClosed)
    #expect((tally + tally).read == 42)
    var sum = Tally()
    sum += tally
    #expect(sum == tally)
  }

  @Test func recordThatEndedTwiceOrNeverLeavesTheTallyOpen() {
    for change in [1, -1] {
      var open = tally
      open.unchanged += change
      #expect(!open.isClosed)
    }
    #expect(!Tally(read: 0, accepted: 1, rejected: -1).isClosed)
    #expect(!Tally(read: 0, accepted: .max, rejected: .max, unchanged: 2).isClosed)
  }

  @Test func failureOfAFileHasWords() {
    #expect(
      FileFailure(operation: "append to", path: "/x/y.journal", errno: 28).description
        == "cannot append to /x/y.journal: No space left on device (errno 28)")
    #expect(FileFailure(operation: "sync", path: "/x", errno: 999).description == "cannot sync /x: errno 999")
  }
}
