/// Which requests go wrong, and how: the same plan decides the same for the same request number every time.
///
/// A plan is a list of clauses between commas, such as `500:5%,429:first3:retry-after=2,lost:every20,seed=7`:
///
///     plan      = clause { "," clause }
///     clause    = "seed=" N | word { ":" part }
///     word      = 400 … 599    this status instead of the answer, nothing applied (429 says Retry-After: 1)
///               | "reset"      the connection is reset before the request is read
///               | "lost"       applied, then the connection is closed without an answer
///               | "truncate"   applied, the answer is cut in the middle
///               | "garbage"    applied, the answer is a 502 with a page of HTML
///               | "slow"       the answer comes later: 2 s unless a part says otherwise
///     part      = N "%"        that share of the requests (0.01% to 100%), drawn by the seed
///               | "every" N    every Nth request
///               | "first" N    the first N requests
///               | "after=" N   leave the first N requests alone; counting begins behind them
///               | "first=" N   look only at so many requests (counted behind `after`)
///               | "retry-after=" (N | "date")   only with a status: seconds, or a moment as HTTP writes it
///               | "applied"    only with a status: the effect is there although the answer says otherwise
///               | N "s" | N "ms"                only with slow
///
/// Without a share, `every` or `first` a clause hits every request. Of several clauses that hit the same request the
/// first one wins; `slow` goes together with any other. Requests are numbered from 1 as they arrive; the sandbox's own
/// pages do not count.
package struct FaultPlan: Sendable, Equatable {
  private(set) var clauses: [FaultClause] = []
  private(set) var seed: UInt64 = 0

  package static let none = FaultPlan(clauses: [], seed: 0)

  private init(clauses: [FaultClause], seed: UInt64) {
    self.clauses = clauses
    self.seed = seed
  }

  package init(parsing text: String) throws(FaultPlanError) {
    for part in text.split(separator: ",", omittingEmptySubsequences: true) {
      let clause = String(part.drop(while: \.isWhitespace))
      if clause.isEmpty { continue }
      if clause.hasPrefix("seed=") {
        guard let number = UInt64(clause.dropFirst(5)) else {
          throw FaultPlanError(found: clause, expected: "a number after seed=")
        }
        seed = number
      } else {
        clauses.append(try FaultClause(parsing: clause))
      }
    }
  }

  func decision(forRequest number: Int) -> FaultDecision {
    var decision = FaultDecision()
    for (position, clause) in clauses.enumerated() {
      guard clause.hits(request: number, draw: draw(number, position)) else { continue }
      switch clause.kind {
      case .slow(let delay): decision.delay += delay
      case .outcome(let outcome):
        if decision.outcome != nil { continue }
        decision.outcome = outcome
      }
      decision.words.append(clause.word)
    }
    return decision
  }

  /// SplitMix64 over seed, request and clause.
  private func draw(_ number: Int, _ position: Int) -> UInt64 {
    var z = seed &+ UInt64(number) &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(position) &* 0xD1B5_4A32_D192_ED03
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
