import Delivery
import TestKit
import Testing

@Suite struct PacerTests {
  private static let second = 1_000_000_000

  @Test func anHourAtThreeASecondIsEvenlySpaced() {
    var pacer = Pacer(requestsPerSecond: 3)
    var slots = [pacer.reserve(at: 0)]
    while let last = slots.last, last < 3600 * Self.second { slots.append(pacer.reserve(at: last)) }
    #expect(Set(zip(slots, slots.dropFirst()).map { $1 - $0 }) == [333_333_334])
    #expect((10_800...10_801).contains(slots.count))
    // No second ever holds more than three.
    #expect(slots.indices.dropLast(3).allSatisfy { slots[$0 + 3] - slots[$0] >= Self.second })
  }

  @Test func reservationsMadeTogetherAreSpacedToo() {
    var pacer = Pacer(requestsPerSecond: 4)
    #expect((0..<5).map { _ in pacer.reserve(at: 100) } == (0..<5).map { 100 + $0 * 250_000_000 })
  }

  @Test func anIdleTimeIsNotSavedUp() {
    var pacer = Pacer(requestsPerSecond: 2)
    _ = pacer.reserve(at: 0)
    let late = 10 * Self.second
    #expect((0..<3).map { _ in pacer.reserve(at: late) } == [late, late + Self.second / 2, late + Self.second])
  }

  @Test func noSlotIsBeforeAHold() {
    var pacer = Pacer(requestsPerSecond: 10)
    _ = pacer.reserve(at: 0)
    pacer.hold(until: 7 * Self.second)
    pacer.hold(until: 3 * Self.second)
    #expect(pacer.reserve(at: 0) == 7 * Self.second)
    #expect(pacer.reserve(at: 0) == 7 * Self.second + 100_000_000)
  }

  @Test func withoutAPaceOnlyAHoldDelays() {
    var pacer = Pacer(requestsPerSecond: nil)
    #expect((0..<3).map { _ in pacer.reserve(at: 5) } == [5, 5, 5])
    pacer.hold(until: 9)
    #expect((0..<3).map { _ in pacer.reserve(at: 6) } == [9, 9, 9])
    #expect(pacer.reserve(at: 12) == 12)
  }

  @Test func randomCallersNeverGetTwoSlotsCloserThanTheInterval() {
    var random = SplitMix64(seed: 5)
    var pacer = Pacer(requestsPerSecond: 7)
    var now = 0
    var last: Int?
    for _ in 0..<10_000 {
      now += Int.random(in: 0..<300_000_000, using: &random)
      if Int.random(in: 0..<50, using: &random) == 0 { pacer.hold(until: now + Self.second) }
      let slot = pacer.reserve(at: now)
      #expect(slot >= now)
      if let last { #expect(slot - last >= 142_857_143) }
      last = slot
    }
  }
}
