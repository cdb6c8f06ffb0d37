extension Form<Duration> {
  /// A whole number and a unit (`250ms`, `30s`, `10m`, `2h`, `1d`), within a range.
  package static func duration(in range: ClosedRange<Duration>) -> Form {
    let expectation = "a duration from \(words(for: range.lowerBound)) to \(words(for: range.upperBound))"
    return Form(expectation, acceptsQuotes: true) { text in
      let digits = text.prefix { $0.isASCII && $0.isNumber }
      let unit = String(text.dropFirst(digits.count))
      guard let count = Int64(digits) else { return .refused(hint: "; write it like '30s'") }
      guard let scale = units.first(where: { $0.name == unit })?.milliseconds else {
        return .refused(hint: unit.isEmpty ? "; add a unit, such as '\(count)s'" : unitHint(unit))
      }
      let (milliseconds, isTooLong) = count.multipliedReportingOverflow(by: scale)
      guard !isTooLong, range.contains(.milliseconds(milliseconds)) else { return .refused(hint: "") }
      return .value(.milliseconds(milliseconds))
    }
  }

  /// A duration as a job file writes it, in the largest unit that fits exactly.
  package static func words(for duration: Duration) -> String {
    let milliseconds = duration / .milliseconds(1)
    guard let whole = Int64(exactly: milliseconds), whole != 0 else {
      return duration == .zero ? "0s" : "\(duration)"
    }
    let unit = units.last { whole % $0.milliseconds == 0 }
    return unit.map { "\(whole / $0.milliseconds)\($0.name)" } ?? "\(duration)"
  }

  private static var units: [(name: String, milliseconds: Int64)] {
    [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)]
  }

  private static func unitHint(_ unit: String) -> String {
    "; the units are \(units.map { quoted($0.name) }.joined(separator: ", "))"
  }
}
