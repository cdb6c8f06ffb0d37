/// Which records of an answer are wanted: those of one slice of time, and none twice.
///
/// One object for a whole run, because what was seen must not be copied; it belongs to one task.
package final class ExportFilter {
  /// The column that says when a record was created, and the seconds since 1970 that are wanted.
  package var time: (column: String, range: Range<Int>)?
  /// The column a record is known by; without one it is known by all of its bytes.
  package var id: String?
  /// What was written before.
  package var seen = IDSet()
  /// Only records from before this second can have been written before.
  package var seenUntil = Int.min
  /// Records from this second on are remembered in `remembered`; with `Int.min` all of them.
  package var rememberFrom = Int.max
  /// The records remembered of the answer being read.
  package var remembered: [UInt64] = []
  /// Whether what is remembered counts as seen at once.
  package var dropsRepeats = false

  package init(time: (column: String, range: Range<Int>)? = nil, id: String? = nil) {
    self.time = time
    self.id = id
  }

  /// What was remembered since this was last asked.
  package func takeRemembered() -> [UInt64] {
    defer { remembered.removeAll() }
    return remembered
  }

  /// Whether a record is wanted; notes it as seen.
  ///
  /// - `id`: the range of `bytes` it is known by.
  func admits(_ bytes: Span<UInt8>, _ id: Range<Int>, at seconds: Int?) -> Bool {
    if let time, let seconds, !time.range.contains(seconds) { return false }
    let moment = seconds ?? Int.max
    let mayBeRepeated = dropsRepeats || (moment < seenUntil && seen.count > 0)
    let isRemembered = rememberFrom == .min || (seconds != nil && moment >= rememberFrom)
    guard mayBeRepeated || isRemembered else { return true }
    let hash = Hash.of(bytes, id)
    let isRepeated = mayBeRepeated && seen.contains(hash)
    // What an earlier run wrote is remembered again: this run's overlap may reach as far back.
    if isRemembered, !(isRepeated && dropsRepeats) { remembered.append(hash) }
    if isRepeated { return false }
    if dropsRepeats { seen.insert(hash) }
    return true
  }
}
