/// What goes wrong with one request.
struct FaultDecision: Sendable, Equatable {
  enum Outcome: Sendable, Equatable {
    enum RetryAfter: Sendable, Equatable {
      case seconds(Int)
      /// The moment in the form of HTTP dates, so many seconds from now.
      case date(Int)
    }

    /// This status instead of the answer; the effect is there only when it says so.
    case status(Int, RetryAfter?, isApplied: Bool)
    /// The connection is reset before the request is read.
    case reset
    /// The effect is there, the connection is closed without an answer.
    case lost
    /// The effect is there, the answer is cut in the middle.
    case truncate
    /// The effect is there, the answer is a 502 with a page of HTML.
    case garbage
  }

  var outcome: Outcome?
  var delay: Duration = .zero
  /// The words of the clauses that hit.
  var words: [String] = []
}
