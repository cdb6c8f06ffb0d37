/// A moment in UTC, in microseconds since 1970.
struct Timestamp: Sendable, Equatable, Comparable {
  var microseconds: Int

  static func < (one: Timestamp, other: Timestamp) -> Bool { one.microseconds < other.microseconds }

  /// As the API writes moments: `2020-06-10T09:05:27.993483Z`.
  var text: String {
    let (year, month, day) = civil
    let fields = [
      (year, 4, "-"), (month, 2, "-"), (day, 2, "T"), (hour, 2, ":"), (minute, 2, ":"), (second, 2, "."),
      (microseconds - seconds * 1_000_000, 6, "Z"),
    ]
    var bytes: [UInt8] = []
    for (value, width, mark) in fields {
      var scale = (1..<width).reduce(1) { scale, _ in scale * 10 }
      while scale > 0 {
        bytes.append(UInt8(ascii: "0") + UInt8(value / scale % 10))
        scale /= 10
      }
      bytes.append(contentsOf: mark.utf8)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// As HTTP writes moments: `Wed, 10 Jun 2020 09:05:27 GMT`.
  var httpText: String {
    let (year, month, day) = civil
    let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][((days % 7) + 7) % 7]
    let name = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][month - 1]
    let clock = [hour, minute, second].map { Self.padded($0, 2) }.joined(separator: ":")
    return "\(weekday), \(Self.padded(day, 2)) \(name) \(Self.padded(year, 4)) \(clock) GMT"
  }

  private var seconds: Int { (microseconds - ((microseconds % 1_000_000) + 1_000_000) % 1_000_000) / 1_000_000 }
  var secondOfDay: Int { ((seconds % 86_400) + 86_400) % 86_400 }
  var days: Int { (seconds - secondOfDay) / 86_400 }

  private var hour: Int { secondOfDay / 3600 }
  private var minute: Int { secondOfDay / 60 % 60 }
  private var second: Int { secondOfDay % 60 }

  /// Year, month and day of the proleptic Gregorian calendar, counted in eras of 400 years that begin in March.
  var civil: (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let fromMarch = (5 * dayOfYear + 2) / 153
    let month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * fromMarch + 2) / 5 + 1)
  }

  private static func padded(_ value: Int, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
