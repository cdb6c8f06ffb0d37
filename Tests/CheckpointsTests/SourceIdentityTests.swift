import Checkpoints
import Testing

@Suite struct SourceIdentityTests {
  private let then = SourceIdentity(
    path: "a.csv", kind: .regular, bytes: 100, modified: 1_795_230_000_000_000_000, fingerprint: 7)

  @Test func untouchedSourceIsTheSame() {
    #expect(then.change(to: then) == nil)
  }

  @Test func everyDifferenceIsNoticedTheGravestFirst() {
    var now = then
    now.modified += 1
    #expect(then.change(to: now)?.description == "was written again within the second 2026-11-21T03:00:00Z")
    now.modified += 1_000_000_000
    #expect(
      then.change(to: now)?.description
        == "was written again: last changed at 2026-11-21T03:00:00Z then, at 2026-11-21T03:00:01Z now")
    now.fingerprint = 8
    #expect(then.change(to: now) == .content)
    now.bytes = 101
    #expect(then.change(to: now)?.description == "grew from 100 to 101 bytes")
    now.bytes = 0
    #expect(then.change(to: now)?.description == "shrank from 100 to 0 bytes")
  }

  @Test func streamCannotBeReadAgainEvenIfItLooksTheSame() {
    var stream = then
    stream.kind = .stream
    #expect(stream.change(to: stream) == .notRepeatable)
    #expect(then.change(to: stream) == .notRepeatable)
    #expect(stream.isStream && !stream.isRegular && then.isRegular)
  }

  @Test func timesBeyondReasonHaveWords() {
    for (was, now) in [(Int.min, Int.max), (-1, 0)] {
      #expect(!SourceChange.time(was: was, now: now).description.isEmpty)
    }
  }
}
