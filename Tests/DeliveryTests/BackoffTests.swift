import Delivery
import TestKit
import Testing

@Suite struct BackoffTests {
  private let backoff = Backoff(first: .seconds(1), longest: .seconds(30), attempts: 10, patience: .seconds(900))

  @Test func theBoundDoublesUpToTheLongest() {
    let bounds = (1...9).map { backoff.delay(after: $0, elapsed: .zero, retryAfter: nil, dice: 1) }
    #expect(bounds == [1, 2, 4, 8, 16, 30, 30, 30, 30].map { .seconds($0) })
  }

  @Test func theJitterIsFull() {
    var random = SplitMix64(seed: 3)
    for attempt in 1...9 {
      let bound = min(Duration.seconds(30), .seconds(1 << (attempt - 1)))
      #expect(backoff.delay(after: attempt, elapsed: .zero, retryAfter: nil, dice: 0) == .zero)
      #expect(backoff.delay(after: attempt, elapsed: .zero, retryAfter: nil, dice: 0.5) == bound / 2)
      for _ in 0..<50 {
        let dice = Double.random(in: 0..<1, using: &random)
        let delay = backoff.delay(after: attempt, elapsed: .zero, retryAfter: nil, dice: dice) ?? .seconds(-1)
        #expect(delay >= .zero && delay < bound)
      }
    }
  }

  @Test func retryAfterIsAFloorWithAtMostASecondOnTop() {
    for (attempt, dice) in [(1, 0.0), (1, 0.999), (6, 0.5), (9, 0.999)] {
      let delay = backoff.delay(after: attempt, elapsed: .zero, retryAfter: .seconds(7), dice: dice) ?? .zero
      #expect(delay >= .seconds(7) && delay <= .seconds(8))
    }
  }

  @Test func theLastAttemptIsTheLast() {
    #expect(backoff.delay(after: 9, elapsed: .zero, retryAfter: nil, dice: 0) != nil)
    #expect(backoff.delay(after: 10, elapsed: .zero, retryAfter: nil, dice: 0) == nil)
    #expect(backoff.delay(after: 11, elapsed: .zero, retryAfter: .seconds(1), dice: 0) == nil)
    let once = Backoff(first: .seconds(1), longest: .seconds(1), attempts: 1, patience: .seconds(1))
    #expect(once.delay(after: 1, elapsed: .zero, retryAfter: nil, dice: 0) == nil)
  }

  @Test func patienceEndsBeforeAPauseThatWouldExceedIt() {
    #expect(backoff.delay(after: 1, elapsed: .seconds(899), retryAfter: nil, dice: 1) == .seconds(1))
    #expect(backoff.delay(after: 2, elapsed: .seconds(899), retryAfter: nil, dice: 1) == nil)
    #expect(backoff.delay(after: 1, elapsed: .zero, retryAfter: .seconds(901), dice: 0) == nil)
    #expect(backoff.delay(after: 1, elapsed: .zero, retryAfter: .seconds(900), dice: 0) == .seconds(900))
  }

  @Test func manyAttemptsDoNotOverflow() {
    let patient = Backoff(first: .seconds(1), longest: .seconds(30), attempts: .max, patience: .seconds(900))
    #expect(patient.delay(after: 100_000, elapsed: .zero, retryAfter: nil, dice: 1) == .seconds(30))
  }
}
