/// A date and time of day with its offset from UTC.
struct CivilTime: Equatable {
  var year = 1970
  var month = 1
  var day = 1
  var hour = 0
  var minute = 0
  var second = 0
  var fraction: [UInt8] = []
  var offsetMinutes = 0

  /// The UTC time so many seconds after 1970 began (days to civil date: Howard Hinnant's algorithm).
  init(secondsSince1970 seconds: Int) {
    var days = seconds / 86_400
    var rest = seconds % 86_400
    if rest < 0 {
      rest += 86_400
      days -= 1
    }
    (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60)
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// Reads `text` by `parts`; nil when it does not match or is no real date.
  ///
  /// - `offsetMinutes`: the offset of a text that states none.
  init?(_ text: [UInt8], parts: [TimeFormat.PatternPart], offsetMinutes: Int) {
    var input = text[...]
    self.offsetMinutes = offsetMinutes
    for part in parts {
      switch part {
      case .literal(let byte):
        guard let next = input.popFirst(),
          next == byte || (byte == UInt8(ascii: "T") && next | 0x20 == UInt8(ascii: "t"))
        else { return nil }
      case .fraction:
        guard input.first == .point else { continue }
        input.removeFirst()
        fraction = Array(input.prefix { $0.isDigit })
        guard (1...9).contains(fraction.count) else { return nil }
        input.removeFirst(fraction.count)
      case .offset:
        guard let minutes = Self.offset(&input) else { return nil }
        self.offsetMinutes = minutes
      case .year: guard let value = Self.digits(&input, 4) else { return nil }; year = value
      case .month: guard let value = Self.digits(&input, 2) else { return nil }; month = value
      case .day: guard let value = Self.digits(&input, 2) else { return nil }; day = value
      case .hour: guard let value = Self.digits(&input, 2) else { return nil }; hour = value
      case .minute: guard let value = Self.digits(&input, 2) else { return nil }; minute = value
      case .second: guard let value = Self.digits(&input, 2) else { return nil }; second = value
      }
    }
    guard input.isEmpty, isReal else { return nil }
  }

  private var isReal: Bool {
    guard (1...12).contains(month), (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second)
    else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    return (1...days).contains(day)
  }

  private static func digits(_ input: inout ArraySlice<UInt8>, _ count: Int) -> Int? {
    guard input.count >= count else { return nil }
    var value = 0
    for byte in input.prefix(count) {
      guard byte.isDigit else { return nil }
      value = value * 10 + Int(byte - .zero)
    }
    input.removeFirst(count)
    return value
  }

  /// `Z`, `+hh:mm` or `+hhmm`.
  private static func offset(_ input: inout ArraySlice<UInt8>) -> Int? {
    guard let sign = input.popFirst() else { return nil }
    if sign | 0x20 == UInt8(ascii: "z") { return 0 }
    guard sign == .plus || sign == .minus, let hours = digits(&input, 2), hours < 24 else { return nil }
    if input.first == .colon { input.removeFirst() }
    guard let minutes = digits(&input, 2), minutes < 60 else { return nil }
    return (hours * 60 + minutes) * (sign == .minus ? -1 : 1)
  }

  /// `2026-01-31T08:00:00.5+01:00`.
  var rfc3339: [UInt8] {
    func pad(_ value: Int, _ count: Int) -> [UInt8] {
      let digits = Array(String(value).utf8)
      return [UInt8](repeating: .zero, count: max(0, count - digits.count)) + digits
    }
    var out = pad(year, 4) + [.minus] + pad(month, 2) + [.minus] + pad(day, 2) + [UInt8(ascii: "T")]
    out += pad(hour, 2) + [.colon] + pad(minute, 2) + [.colon] + pad(second, 2)
    if !fraction.isEmpty { out += [.point] + fraction }
    if offsetMinutes == 0 { return out + [UInt8(ascii: "Z")] }
    let minutes = abs(offsetMinutes)
    return out + [offsetMinutes < 0 ? .minus : .plus] + pad(minutes / 60, 2) + [.colon] + pad(minutes % 60, 2)
  }
}
