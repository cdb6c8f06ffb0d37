extension Span<UInt8> {
  /// The whole seconds since 1970 of a moment such as `2026-09-01T08:00:00.25+02:00`; nil when `range` holds none.
  ///
  /// A blank in place of the `T` and a missing zone, which means UTC, are what the API writes without `dateFormat`.
  func seconds(in range: Range<Int>) -> Int? {
    var i = range.lowerBound
    guard range.count >= 19, let year = digits(4, &i), byte(.minus, &i), let month = digits(2, &i), byte(.minus, &i),
      let day = digits(2, &i), i < range.upperBound
    else { return nil }
    guard self[i] | 0x20 == UInt8(ascii: "t") || self[i] == .space else { return nil }
    i += 1
    guard let hour = digits(2, &i), byte(.colon, &i), let minute = digits(2, &i), byte(.colon, &i),
      let second = digits(2, &i), i <= range.upperBound
    else { return nil }
    guard (1...12).contains(month), (1...Self.length(of: month, year)).contains(day), hour < 24, minute < 60,
      second <= 60
    else { return nil }
    if i < range.upperBound, self[i] == .point {
      i += 1
      while i < range.upperBound, self[i].isDigit { i += 1 }
    }
    guard let offset = offset(in: i..<range.upperBound) else { return nil }
    return Self.days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset
  }

  /// The seconds east of UTC that `Z`, `+02:00` or nothing stand for.
  private func offset(in range: Range<Int>) -> Int? {
    if range.isEmpty { return 0 }
    var i = range.lowerBound
    if self[i] | 0x20 == UInt8(ascii: "z") { return range.count == 1 ? 0 : nil }
    guard range.count == 6, self[i] == .plus || self[i] == .minus else { return nil }
    let sign = self[i] == .minus ? -1 : 1
    i += 1
    guard let hours = digits(2, &i), byte(.colon, &i), let minutes = digits(2, &i), hours < 24, minutes < 60 else {
      return nil
    }
    return sign * (hours * 3600 + minutes * 60)
  }

  private func digits(_ count: Int, _ i: inout Int) -> Int? {
    guard i + count <= self.count else { return nil }
    var value = 0
    for _ in 0..<count {
      guard self[i].isDigit else { return nil }
      value = value * 10 + Int(self[i] &- .zero)
      i += 1
    }
    return value
  }

  private func byte(_ expected: UInt8, _ i: inout Int) -> Bool {
    guard i < count, self[i] == expected else { return false }
    i += 1
    return true
  }

  private static func length(of month: Int, _ year: Int) -> Int {
    if month == 2 { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28 }
    return [4, 6, 9, 11].contains(month) ? 30 : 31
  }

  /// Days from 1970 to a civil date (Howard Hinnant's algorithm), for years from 0 on.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}

/// Moments as text, for windows of time.
package enum Moment {
  /// The whole seconds since 1970 of an RFC 3339 date-time, or of a date alone, which means its midnight in UTC.
  package static func seconds(_ text: String) -> Int? {
    let bytes = Array((text.utf8.count == 10 ? "\(text)T00:00:00Z" : text).utf8)
    return bytes.span.seconds(in: 0..<bytes.count)
  }
}
