extension Timestamp {
  /// The first and the last moment that can be written with four digits of the year.
  static let earliest = Timestamp(year: 0, month: 1, day: 1)
  static let latest = Timestamp(microseconds: Timestamp(year: 10_000, month: 1, day: 1).microseconds - 1)

  /// The moment an RFC 3339 date-time names, cut to microseconds; nil when the text is none.
  ///
  /// Texts of other zones that lie outside the years 0 to 9999 of UTC are none either.
  init?(_ text: String) {
    guard RFC3339.accepts(text) else { return nil }
    let bytes = Array(text.utf8)
    let day = Self.days(
      year: Self.number(bytes[0..<4]), month: Self.number(bytes[5..<7]), day: Self.number(bytes[8..<10]))
    var seconds = day * 86_400 + Self.number(bytes[11..<13]) * 3600 + Self.number(bytes[14..<16]) * 60
    seconds += Self.number(bytes[17..<19])
    if bytes.last != UInt8(ascii: "Z") {
      let zone = bytes.suffix(6)
      let offset = Self.number(zone.dropFirst().prefix(2)) * 3600 + Self.number(zone.suffix(2)) * 60
      seconds -= zone.first == UInt8(ascii: "-") ? -offset : offset
    }
    var fraction: [UInt8] = []
    if bytes[19] == UInt8(ascii: ".") {
      fraction = bytes[20...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.prefix(6) + []
    }
    while fraction.count < 6 { fraction.append(UInt8(ascii: "0")) }
    self.init(microseconds: seconds * 1_000_000 + Self.number(fraction[...]))
    guard Self.earliest <= self, self <= Self.latest else { return nil }
  }

  /// Midnight of a day, whose month and day may lie beyond their ends.
  init(year: Int, month: Int, day: Int) {
    let months = year * 12 + month - 1
    let years = (months - ((months % 12) + 12) % 12) / 12
    self.init(microseconds: Self.days(year: years, month: months - years * 12 + 1, day: day) * 86_400_000_000)
  }

  /// How many days lie between 1970 and a day of the proleptic Gregorian calendar.
  private static func days(year: Int, month: Int, day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int {
    digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }
}
