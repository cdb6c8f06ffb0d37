import Testing

@testable import Sandbox

@Suite struct FaultPlanTests {
  private func outcomes(_ plan: String, _ count: Int) throws -> [FaultDecision] {
    let plan = try FaultPlan(parsing: plan)
    return (1...count).map(plan.decision)
  }

  @Test func anEmptyPlanLetsEverythingThrough() throws {
    #expect(try FaultPlan(parsing: "") == .none)
    #expect(FaultPlan.none.decision(forRequest: 1) == FaultDecision())
  }

  @Test func firstHitsTheFirstRequests() throws {
    let hits = try outcomes("500:first3", 5).map { $0.outcome != nil }
    #expect(hits == [true, true, true, false, false])
  }

  @Test func everyHitsEveryNthRequestBehindAfter() throws {
    let numbers = try outcomes("lost:every3:after=2:first=6", 20).enumerated()
      .filter { $0.element.outcome == .lost }.map { $0.offset + 1 }
    #expect(numbers == [5, 8])
  }

  @Test func aShareIsDrawnBySeedAndRepeatsItself() throws {
    let one = try outcomes("503:10%,seed=1", 10_000)
    #expect(try outcomes("503:10%,seed=1", 10_000) == one)
    #expect(try outcomes("503:10%,seed=2", 10_000) != one)
    #expect((800...1200).contains(one.count { $0.outcome != nil }))
    #expect(try outcomes("reset:100%", 50).allSatisfy { $0.outcome == .reset })
  }

  @Test func retryAfterComesWithTheStatus() throws {
    #expect(try outcomes("429", 1)[0].outcome == .status(429, .seconds(1), isApplied: false))
    #expect(try outcomes("429:retry-after=2", 1)[0].outcome == .status(429, .seconds(2), isApplied: false))
    #expect(try outcomes("503:retry-after=date", 1)[0].outcome == .status(503, .date(1), isApplied: false))
    #expect(try outcomes("500:applied", 1)[0].outcome == .status(500, nil, isApplied: true))
  }

  @Test func slowGoesTogetherWithOthersAndTheFirstOutcomeWins() throws {
    let decision = try outcomes("slow:200ms,500,garbage,slow:first1:1s", 1)[0]
    #expect(decision.delay == .milliseconds(1200))
    #expect(decision.outcome == .status(500, nil, isApplied: false))
    #expect(decision.words == ["slow", "500", "slow"])
  }

  @Test(
    arguments: [
      "399", "600", "5000", "boom", "500:0%", "500:101%", "500:every0", "lost:applied", "slow:soon", "500:2s",
      "seed=x", "500:", ":", "reset:retry-after=1",
    ])
  func whatCannotBeReadIsNamed(plan: String) {
    let error = #expect(throws: FaultPlanError.self) { try FaultPlan(parsing: plan) }
    #expect(error?.expected.isEmpty == false)
  }

  @Test func theWordsSayWhatWasFoundAndExpected() {
    let error = #expect(throws: FaultPlanError.self) { try FaultPlan(parsing: "500:5%, resett:2%") }
    #expect(
      error?.description
        == "found \"resett\" in the fault plan, expected a status from 400 to 599, reset, lost, truncate, garbage, "
        + "slow or seed=N")
  }
}
