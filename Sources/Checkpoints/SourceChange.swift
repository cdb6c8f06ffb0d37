/// How a source differs from what an interrupted run has read.
package enum SourceChange: Sendable, Equatable {
  /// The source is, or was, a stream: what has been read cannot be read again.
  case notRepeatable
  /// The length is another, in bytes.
  case size(was: Int, now: Int)
  /// The length is the same, the content is not.
  case content
  /// Only the time of the last change differs, in nanoseconds since 1970.
  case time(was: Int, now: Int)
}

extension SourceChange: CustomStringConvertible {
  /// Words that continue "the source …".
  package var description: String {
    switch self {
    case .notRepeatable: "is a stream and cannot be read a second time"
    case .size(let was, let now) where now > was: "grew from \(was) to \(now) bytes"
    case .size(let was, let now): "shrank from \(was) to \(now) bytes"
    case .content: "has other content of the same length"
    case .time(let was, let now) where Self.second(was) != Self.second(now):
      "was written again: last changed at \(Self.time(was)) then, at \(Self.time(now)) now"
    case .time(let was, _): "was written again within the second \(Self.time(was))"
    }
  }

  private static func second(_ nanoseconds: Int) -> Int {
    let (quotient, remainder) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
    return remainder < 0 ? quotient - 1 : quotient
  }

  private static func time(_ nanoseconds: Int) -> String {
    Timestamp.rfc3339(seconds: second(nanoseconds))
  }
}
