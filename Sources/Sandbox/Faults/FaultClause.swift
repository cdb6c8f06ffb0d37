/// One clause of a fault plan: which requests it hits and what it does to them.
struct FaultClause: Sendable, Equatable {
  enum Choice: Sendable, Equatable {
    /// In hundredths of a percent.
    case share(Int)
    case every(Int)
    case all
  }

  enum Kind: Sendable, Equatable {
    case outcome(FaultDecision.Outcome)
    case slow(Duration)
  }

  let word: String
  var kind: Kind
  var choice: Choice = .all
  /// Requests let through before the clause begins to count.
  var after = 0
  /// How many requests, counted behind `after`, the clause looks at.
  var first: Int?

  /// `draw` is a number drawn for this clause and this request.
  func hits(request number: Int, draw: UInt64) -> Bool {
    let counted = number - after
    guard counted > 0, counted <= first ?? Int.max else { return false }
    return switch choice {
    case .all: true
    case .every(let step): counted % step == 0
    case .share(let hundredths): draw % 10_000 < UInt64(hundredths)
    }
  }
}
