/// The `Retry-After` header (RFC 9110, section 10.2.3) in its two forms.
package enum RetryAfter: Sendable, Equatable {
  case seconds(Int)
  /// A moment, in seconds since 1970.
  case date(Int)

  package init?(_ text: String) {
    let trimmed = text.drop { $0 == " " }
    if let seconds = Int(trimmed.prefix { $0 != " " }), seconds >= 0 {
      self = .seconds(min(seconds, Self.longest))
    } else if let date = Self.httpDate(String(trimmed)) {
      self = .date(date)
    } else {
      return nil
    }
  }

  /// Thirty days: what says more is no advice.
  private static let longest = 86_400 * 30

  /// How long to wait from `now` (seconds since 1970) on; thirty days at most.
  package func delay(from now: Int) -> Duration {
    switch self {
    case .seconds(let seconds): .seconds(seconds)
    case .date(let date): .seconds(min(max(0, date - now), Self.longest))
    }
  }

  /// `Sun, 06 Nov 1994 08:49:37 GMT`.
  private static func httpDate(_ text: String) -> Int? {
    let words = text.split(separator: " ")
    guard words.count == 6, words[5] == "GMT", let day = Int(words[1]), let year = Int(words[3]),
      let month = months.firstIndex(of: String(words[2])), (1...31).contains(day), (1970...9999).contains(year)
    else { return nil }
    let clock = words[4].split(separator: ":").compactMap { Int($0) }
    guard clock.count == 3, (0...23).contains(clock[0]), (0...59).contains(clock[1]), (0...60).contains(clock[2])
    else { return nil }
    return days(year, month + 1, day) * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2]
  }

  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  /// Days since 1970-01-01 of a civil date.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}
