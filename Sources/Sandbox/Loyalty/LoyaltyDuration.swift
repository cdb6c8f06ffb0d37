/// A span such as `5D`, `10M` or `30D_U`: a whole number, a unit, and how the end is rounded.
///
/// The program's time zone is taken to be UTC.
struct LoyaltyDuration: Sendable, Equatable {
  enum Unit: Character, Sendable {
    case second = "s"
    case minute = "m"
    case hour = "h"
    case day = "D"
    case week = "W"
    case month = "M"
    case year = "Y"
  }

  enum Rounding: String, Sendable {
    /// To the start of the day; days only.
    case down = "_D"
    /// To the end of the day, week, month or year.
    case up = "_U"
  }

  let count: Int
  let unit: Unit
  let rounding: Rounding?

  init?(_ text: String) {
    let digits = text.prefix { ("0"..."9").contains($0) }
    let rest = text.dropFirst(digits.count)
    guard (1...6).contains(digits.count), let count = Int(digits), count > 0,
      let unit = rest.first.flatMap(Unit.init)
    else { return nil }
    self.count = count
    self.unit = unit
    let mark = String(rest.dropFirst())
    rounding = Rounding(rawValue: mark)
    guard mark.isEmpty || rounding != nil else { return nil }
    if unit == .year, count > 9999 { return nil }
    switch (rounding, unit) {
    case (.down?, .day), (.up?, .day), (.up?, .week), (.up?, .month), (.up?, .year), (nil, _): break
    default: return nil
    }
  }

  /// The moment so long after another one, at most the end of the year 9999.
  func end(from start: Timestamp) -> Timestamp { min(rounded(from: start), .latest) }

  private func rounded(from start: Timestamp) -> Timestamp {
    let end = unrounded(from: start)
    let midnight = end.microseconds - ((end.microseconds % Self.day) + Self.day) % Self.day
    let (year, month, _) = end.civil
    switch (rounding, unit) {
    case (nil, _): return end
    case (.down?, _): return Timestamp(microseconds: midnight)
    case (.up?, .week):
      // 1970 began on a Thursday, weeks begin on Mondays.
      let weekday = ((end.days + 3) % 7 + 7) % 7
      return Timestamp(microseconds: midnight + (7 - weekday) * Self.day - 1)
    case (.up?, .month):
      return Timestamp(microseconds: Timestamp(year: year, month: month + 1, day: 1).microseconds - 1)
    case (.up?, .year): return Timestamp(microseconds: Timestamp(year: year + 1, month: 1, day: 1).microseconds - 1)
    case (.up?, _): return Timestamp(microseconds: midnight + Self.day - 1)
    }
  }

  private static let day = 86_400_000_000

  private func unrounded(from start: Timestamp) -> Timestamp {
    let (year, month, day) = start.civil
    let ofDay = start.microseconds - start.days * Self.day
    switch unit {
    case .second: return Timestamp(microseconds: start.microseconds + count * 1_000_000)
    case .minute: return Timestamp(microseconds: start.microseconds + count * 60_000_000)
    case .hour: return Timestamp(microseconds: start.microseconds + count * 3_600_000_000)
    case .day: return Timestamp(microseconds: start.microseconds + count * Self.day)
    case .week: return Timestamp(microseconds: start.microseconds + count * 7 * Self.day)
    case .month:
      return Timestamp(microseconds: Timestamp(year: year, month: month + count, day: day).microseconds + ofDay)
    case .year:
      return Timestamp(microseconds: Timestamp(year: year + count, month: month, day: day).microseconds + ofDay)
    }
  }
}
