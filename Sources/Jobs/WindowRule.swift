/// The window of time an export asks for, as the job says it; all numbers are seconds.
package struct WindowRule: Sendable, Equatable {
  package enum Since: Sendable, Equatable {
    /// The end of the last complete run, minus the overlap; the first run goes back `first`.
    case lastRun(overlap: Int, first: Int)
    /// A moment, counted from 1970.
    case moment(Int)
    /// So long before the run begins.
    case ago(Int)
  }

  package var since: Since
  /// A moment counted from 1970; nil is when the run begins.
  package var until: Int?
  /// The longest part of the window one request asks for; nil asks for all of it at once.
  package var slice: Int?

  /// How far a first run goes back when the job does not say.
  package static let first = 30 * 86_400

  package init(since: Since, until: Int? = nil, slice: Int? = nil) {
    self.since = since
    self.until = until
    self.slice = slice
  }

  package var isIncremental: Bool { if case .lastRun = since { true } else { false } }

  /// How far a run goes back behind the end of the last one, for records that came late.
  package var overlap: Int { if case .lastRun(let overlap, _) = since { overlap } else { 0 } }

  /// The window of a run that begins at `now`.
  ///
  /// The windows of runs that go on from one another never end after `now`, nor before the last one's end, should the
  /// clock have been set back: what lies between would be lost, or come twice.
  ///
  /// - `last`: where the last complete run ended.
  package func window(now: Int, last: Watermark?) -> Range<Int> {
    switch since {
    case .lastRun(let overlap, let first):
      let end = max(min(until ?? now, now), last?.end ?? .min)
      return (last.map { $0.end - min(overlap, $0.overlap) } ?? end - first)..<end
    case .moment(let moment): return moment..<max(moment, until ?? now)
    case .ago(let seconds): return now - seconds..<max(now - seconds, until ?? now)
    }
  }
}

/// How far the last complete run of an export came.
package struct Watermark: Sendable, Equatable {
  /// The end of its window, in seconds since 1970.
  package var end: Int
  /// So many seconds before the end it remembered what it wrote: behind them, rows cannot be told from new ones.
  package var overlap: Int

  package init(end: Int, overlap: Int) {
    self.end = end
    self.overlap = overlap
  }
}

/// A window cut into slices, none of which is kept in memory.
package struct Slices: Sendable, Equatable {
  package var window: Range<Int>
  package var length: Int?

  package init(_ window: Range<Int>, length: Int?) {
    self.window = window
    self.length = length
  }

  package var count: Int {
    guard let length else { return 1 }
    return max(1, (window.count + length - 1) / length)
  }

  /// The seconds of the slice, its end not included.
  package subscript(index: Int) -> Range<Int> {
    guard let length else { return window }
    let start = min(window.upperBound, window.lowerBound + index * length)
    return start..<min(window.upperBound, start + length)
  }
}
