import Testing

@testable import Records

@Suite struct TimeFormatTests {
  private static func convert(_ format: String, _ text: String, offset: Int = 0) throws -> String? {
    let format = try #require(TimeFormat(format, offsetMinutes: offset))
    return format.convert(Array(text.utf8)).map { String(decoding: $0, as: UTF8.self) }
  }

  @Test(arguments: [
    ("2026-01-31T08:00:00Z", "2026-01-31T08:00:00Z"), ("2026-01-31t08:00:00z", "2026-01-31T08:00:00Z"),
    ("2026-01-31T08:00:00.5+01:00", "2026-01-31T08:00:00.5+01:00"),
    ("2026-01-31T08:00:00-0930", "2026-01-31T08:00:00-09:30"),
    ("2026-01-31T08:00:00+00:00", "2026-01-31T08:00:00Z"), ("2026-01-31T08:00:00-00:00", "2026-01-31T08:00:00Z"),
    ("2026-01-31T08:00:00.123456789Z", "2026-01-31T08:00:00.123456789Z"),
    ("2016-12-31T23:59:60Z", "2016-12-31T23:59:60Z"),
    ("2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"), ("2000-02-29T00:00:00Z", "2000-02-29T00:00:00Z"),
    ("0000-01-01T00:00:00Z", "0000-01-01T00:00:00Z"), ("9999-12-31T23:59:59+23:59", "9999-12-31T23:59:59+23:59"),
  ])
  func rfc3339IsNormalised(_ text: String, _ expected: String) throws {
    #expect(try Self.convert("rfc3339", text) == expected)
  }

  @Test(arguments: [
    "", "2026-01-31", "2026-01-31T08:00:00", "2026-01-31 08:00:00Z", "2026-01-31T08:00Z", "2026-1-31T08:00:00Z",
    "2026-13-01T08:00:00Z", "2026-00-01T08:00:00Z", "2026-01-00T08:00:00Z", "2026-01-32T08:00:00Z",
    "2026-04-31T08:00:00Z",
    "2025-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2026-01-31T24:00:00Z", "2026-01-31T08:60:00Z",
    "2026-01-31T08:00:61Z",
    "2026-01-31T08:00:00.Z", "2026-01-31T08:00:00.1234567890Z", "2026-01-31T08:00:00+24:00",
    "2026-01-31T08:00:00+01:60",
    "2026-01-31T08:00:00+01", "2026-01-31T08:00:00+1:00", "2026-01-31T08:00:00Zx", " 2026-01-31T08:00:00Z",
    "２026-01-31T08:00:00Z",
  ])
  func badTimesAreRefused(_ text: String) throws {
    #expect(try Self.convert("rfc3339", text) == nil)
  }

  @Test(arguments: [
    ("0", "1970-01-01T00:00:00Z"), ("1", "1970-01-01T00:00:01Z"), ("-1", "1969-12-31T23:59:59Z"),
    ("1767225599", "2025-12-31T23:59:59Z"),
    ("1709164800", "2024-02-29T00:00:00Z"), ("951782400", "2000-02-29T00:00:00Z"), ("-86400", "1969-12-31T00:00:00Z"),
    ("-2203891200", "1900-03-01T00:00:00Z"), ("253402300799", "9999-12-31T23:59:59Z"),
    ("-62167219200", "0000-01-01T00:00:00Z"),
  ])
  func secondsSince1970AreRead(_ text: String, _ expected: String) throws {
    #expect(try Self.convert("unix", text) == expected)
  }

  @Test(arguments: [
    ("0", "1970-01-01T00:00:00Z"), ("1", "1970-01-01T00:00:00.001Z"), ("-1", "1969-12-31T23:59:59.999Z"),
    ("-1000", "1969-12-31T23:59:59Z"), ("-1001", "1969-12-31T23:59:58.999Z"),
    ("1767225599050", "2025-12-31T23:59:59.050Z"),
    ("86399999", "1970-01-01T23:59:59.999Z"),
  ])
  func millisecondsSince1970AreRead(_ text: String, _ expected: String) throws {
    #expect(try Self.convert("unix-ms", text) == expected)
  }

  /// RFC 3339 has four digits for the year, so milliseconds in the place of seconds are noticed.
  @Test(arguments: [
    ("unix", ""), ("unix", "1.5"), ("unix", "1e9"), ("unix", "x"), ("unix", "12345678901234567890"),
    ("unix", "1767225599050"),
    ("unix", "253402300800"), ("unix", "-62167219201"), ("unix-ms", "253402300800000"), ("unix-ms", "-62167219200001"),
  ])
  func numbersThatAreNoTimeAreRefused(_ format: String, _ text: String) throws {
    #expect(try Self.convert(format, text) == nil)
  }

  @Test(arguments: [
    ("%Y-%m-%d %H:%M:%S", 0, "2026-01-31 08:09:10", "2026-01-31T08:09:10Z"),
    ("%Y-%m-%d %H:%M:%S", 90, "2026-01-31 08:09:10", "2026-01-31T08:09:10+01:30"),
    ("%Y-%m-%d %H:%M:%S", -330, "2026-01-31 08:09:10", "2026-01-31T08:09:10-05:30"),
    ("%d.%m.%Y", 60, "31.01.2026", "2026-01-31T00:00:00+01:00"),
    ("%d/%m/%Y %H:%M", 0, "29/02/2024 23:59", "2024-02-29T23:59:00Z"),
    ("%Y%m%d%H%M%S%f%z", 60, "20260131080910.25-0200", "2026-01-31T08:09:10.25-02:00"),
    ("%Y%m%dT%H%M%S%f", 0, "20260131T080910", "2026-01-31T08:09:10Z"),
    ("100%% %Y-%m-%d", 0, "100% 2026-01-31", "2026-01-31T00:00:00Z"),
  ])
  func patternsAreRead(_ pattern: String, _ offset: Int, _ text: String, _ expected: String) throws {
    #expect(try Self.convert(pattern, text, offset: offset) == expected)
  }

  @Test(arguments: [
    ("%d.%m.%Y", "31.02.2026"), ("%d.%m.%Y", "1.1.2026"), ("%d.%m.%Y", "31.01.26"), ("%d.%m.%Y", "31/01/2026"),
    ("%d.%m.%Y", "31.01.2026 "),
    ("%d.%m.%Y", "01.31.2026"), ("%Y-%m-%d %z", "2026-01-31 +1"), ("%Y-%m-%d", ""),
  ])
  func textThatDoesNotMatchIsRefused(_ pattern: String, _ text: String) throws {
    #expect(try Self.convert(pattern, text) == nil)
  }

  @Test(arguments: ["", "%Y", "%Y-%m", "%H:%M:%S", "%Y-%m-%d %q", "%Y-%m-%d %", "%y-%m-%d", "iso"])
  func patternsWithoutADateOrWithUnknownPartsAreRefused(_ pattern: String) {
    #expect(TimeFormat(pattern) == nil)
  }

  /// Walks over 500 years a day at a time, keeping the calendar by hand.
  @Test func everyDayFollowsTheOneBefore() {
    var (year, month, day) = (1700, 1, 1)
    for count in -98_615..<84_000 {
      let time = CivilTime(secondsSince1970: count * 86_400 + 86_399)
      guard (time.year, time.month, time.day) == (year, month, day), (time.hour, time.second) == (23, 59) else {
        Issue.record("day \(count) is \(time), expected \(year)-\(month)-\(day)")
        return
      }
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      day += 1
      if day > [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] {
        (month, day) = (month + 1, 1)
      }
      if month == 13 { (year, month) = (year + 1, 1) }
    }
  }
}
