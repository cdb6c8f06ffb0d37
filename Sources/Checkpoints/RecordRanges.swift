/// A set of record numbers, kept as sorted half-open ranges that neither overlap nor touch.
///
/// Its size follows the gaps in the set, not the members: ten million records in a row are one range.
package struct RecordRanges: Sendable, Equatable {
  /// The members in ascending order; between two ranges at least one number is missing.
  package private(set) var ranges: [Range<Int>] = []

  /// An empty set.
  package init() {}

  /// The set of the numbers in `range`, none of them negative.
  package init(_ range: Range<Int>) {
    insert(range)
  }

  /// Whether nothing is in the set.
  package var isEmpty: Bool { ranges.isEmpty }

  /// How many records are in the set.
  package var count: Int {
    var sum = 0
    for range in ranges { sum += range.count }
    return sum
  }

  /// The smallest number from 0 on that is not in the set.
  package var firstMissing: Int { firstMissing(from: 0) }

  /// The smallest number from `record` on that is not in the set.
  package func firstMissing(from record: Int) -> Int {
    let index = firstRange(endingAfter: record)
    return index < ranges.count && ranges[index].contains(record) ? ranges[index].upperBound : record
  }

  /// Whether `record` is in the set.
  package func contains(_ record: Int) -> Bool {
    let index = firstRange(endingAfter: record)
    return index < ranges.count && ranges[index].contains(record)
  }

  /// Whether any record is in both sets.
  package func intersects(_ other: RecordRanges) -> Bool {
    for range in other.ranges {
      let index = firstRange(endingAfter: range.lowerBound)
      if index < ranges.count, ranges[index].lowerBound < range.upperBound { return true }
    }
    return false
  }

  /// Puts one record into the set.
  package mutating func insert(_ record: Int) {
    insert(record..<(record + 1))
  }

  /// Puts all numbers of `range` into the set.
  package mutating func insert(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    guard let last = ranges.last, range.lowerBound <= last.upperBound else {
      precondition(range.lowerBound >= 0, "record numbers start at 0")
      return ranges.append(range)
    }
    if range.lowerBound >= last.lowerBound {
      ranges[ranges.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      return
    }
    precondition(range.lowerBound >= 0, "record numbers start at 0")
    // The ranges that touch or overlap the new one become one with it.
    let first = firstRange(endingAfter: range.lowerBound - 1)
    var end = first
    var merged = range
    while end < ranges.count, ranges[end].lowerBound <= range.upperBound {
      merged = min(merged.lowerBound, ranges[end].lowerBound)..<max(merged.upperBound, ranges[end].upperBound)
      end += 1
    }
    ranges.replaceSubrange(first..<end, with: CollectionOfOne(merged))
  }

  /// Puts all records of `other` into the set, in time that follows the ranges after the first one that changes.
  package mutating func insert(contentsOf other: RecordRanges) {
    guard let first = other.ranges.first else { return }
    guard other.ranges.count > 1 else { return insert(first) }
    let from = firstRange(endingAfter: first.lowerBound - 1)
    var mine = ranges[from...]
    var theirs = other.ranges[...]
    var merged = RecordRanges()
    while let left = mine.first, let right = theirs.first {
      merged.insert(left.lowerBound <= right.lowerBound ? mine.removeFirst() : theirs.removeFirst())
    }
    for range in mine { merged.insert(range) }
    for range in theirs { merged.insert(range) }
    ranges.replaceSubrange(from..., with: merged.ranges)
  }

  /// Takes all records of `other` out of the set.
  package mutating func remove(contentsOf other: RecordRanges) {
    guard intersects(other) else { return }
    var left: [Range<Int>] = []
    for range in ranges {
      var start = range.lowerBound
      var index = other.firstRange(endingAfter: start)
      while index < other.ranges.count, other.ranges[index].lowerBound < range.upperBound {
        let hole = other.ranges[index]
        if start < hole.lowerBound { left.append(start..<hole.lowerBound) }
        start = min(hole.upperBound, range.upperBound)
        index += 1
      }
      if start < range.upperBound { left.append(start..<range.upperBound) }
    }
    ranges = left
  }

  /// The index of the first range that ends after `record`: the only one that can contain it.
  private func firstRange(endingAfter record: Int) -> Int {
    if let last = ranges.last, last.upperBound <= record { return ranges.count }
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = low + (high - low) / 2
      if ranges[middle].upperBound > record { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
