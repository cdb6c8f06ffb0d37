/// How the records of a batch, a file or a run ended.
///
/// Every record ends once: see `isClosed`.
package struct Tally: Sendable, Equatable {
  /// Records found in the source.
  package var read: Int
  /// Rows the server took.
  package var accepted: Int
  /// Rows in the rejects file.
  package var rejected: Int
  /// Rows not sent because they are as they were last accepted.
  package var unchanged: Int
  /// Records the job itself leaves out.
  package var skipped: Int
  /// Rows sent once whose outcome is unknown and that must not be sent again.
  package var inDoubt: Int
  /// Records read whose outcome is not on disk yet.
  package var pending: Int

  /// A tally with the given counts.
  package init(
    read: Int = 0, accepted: Int = 0, rejected: Int = 0, unchanged: Int = 0, skipped: Int = 0, inDoubt: Int = 0,
    pending: Int = 0
  ) {
    self.read = read
    self.accepted = accepted
    self.rejected = rejected
    self.unchanged = unchanged
    self.skipped = skipped
    self.inDoubt = inDoubt
    self.pending = pending
  }

  /// Whether every record read ended in exactly one way.
  package var isClosed: Bool {
    var left = read
    for count in [accepted, rejected, unchanged, skipped, inDoubt, pending] {
      guard count >= 0, count <= left else { return false }
      left -= count
    }
    return left == 0
  }

  /// The counts of both.
  package static func + (left: Tally, right: Tally) -> Tally {
    var sum = left
    sum.combine(right) { $0 + $1 }
    return sum
  }

  /// Adds the counts of `right` to `left`.
  package static func += (left: inout Tally, right: Tally) {
    left.combine(right) { $0 + $1 }
  }

  /// The counts of both, or nil if a number would overflow: for tallies read from a file.
  func checkedSum(with other: Tally) -> Tally? {
    var sum = self
    var overflow = false
    sum.combine(other) { left, right in
      let (result, tooBig) = left.addingReportingOverflow(right)
      overflow = overflow || tooBig
      return result
    }
    return overflow ? nil : sum
  }

  private mutating func combine(_ other: Tally, _ add: (Int, Int) -> Int) {
    read = add(read, other.read)
    accepted = add(accepted, other.accepted)
    rejected = add(rejected, other.rejected)
    unchanged = add(unchanged, other.unchanged)
    skipped = add(skipped, other.skipped)
    inDoubt = add(inDoubt, other.inDoubt)
    pending = add(pending, other.pending)
  }
}
