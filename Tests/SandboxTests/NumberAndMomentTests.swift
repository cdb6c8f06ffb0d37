import Testing

@testable import Sandbox

@Suite struct NumberAndMomentTests {
  @Test(arguments: [
    ("0", "0"), ("-0", "0"), ("0.0", "0"), ("12.10", "12.1"), ("100", "100"), ("0.05", "0.05"), ("1e2", "100"),
    ("12E-1", "1.2"), ("-3.50", "-3.5"), ("999999999999.99", "999999999999.99"), ("0.000000000001", "0.000000000001"),
    ("1234567890123456", "1234567890123456"), ("10.0e+1", "100"),
  ])
  func numbersKeepTheirDigits(digits: String, text: String) {
    #expect(ExactNumber(digits: digits)?.text == text)
  }

  @Test(arguments: [
    "12345678901234567", "0.0000000000001", "1e17", "1e-13", "1e9223372036854775807", "1e-99999999999999999999",
  ])
  func numbersOfTooManyDigitsAreNone(digits: String) { #expect(ExactNumber(digits: digits) == nil) }

  @Test func tenTenthsAreOne() throws {
    let tenth = try #require(ExactNumber(digits: "0.1"))
    #expect((0..<10).reduce(.zero) { sum, _ in sum + tenth } == ExactNumber(1))
  }

  @Test(arguments: [
    ("2020-06-10T09:05:27.993483Z", "2020-06-10T09:05:27.993483Z"),
    ("2018-05-01T01:00:00+02:00", "2018-04-30T23:00:00.000000Z"),
    ("1969-12-31T23:59:59.5-00:30", "1970-01-01T00:29:59.500000Z"),
    ("2024-02-29T00:00:00.1234567899Z", "2024-02-29T00:00:00.123456Z"),
    ("0000-01-01T00:00:00Z", "0000-01-01T00:00:00.000000Z"), ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59.000000Z"),
  ])
  func momentsAreReadInAnyZone(text: String, moment: String) { #expect(Timestamp(text)?.text == moment) }

  @Test(arguments: [
    "", "2026-01-01", "2026-01-01T00:00:00+0000", "2023-02-29T00:00:00Z", "2026-01-01T24:00:00Z",
    "0000-01-01T00:00:00+00:01",
    "9999-12-31T23:59:60Z",
  ])
  func otherTextsAreNoMoments(text: String) { #expect(Timestamp(text) == nil) }

  @Test(arguments: [
    ("30s", "2026-01-31T10:20:30.000000Z"), ("40m", "2026-01-31T11:00:00.000000Z"),
    ("1h", "2026-01-31T11:20:00.000000Z"), ("5D", "2026-02-05T10:20:00.000000Z"),
    ("7W", "2026-03-21T10:20:00.000000Z"), ("11M", "2026-12-31T10:20:00.000000Z"),
    ("15Y", "2041-01-31T10:20:00.000000Z"), ("1D_D", "2026-02-01T00:00:00.000000Z"),
    ("9999Y", "9999-12-31T23:59:59.999999Z"), ("999999M_U", "9999-12-31T23:59:59.999999Z"),
    ("999999W", "9999-12-31T23:59:59.999999Z"), ("1D_U", "2026-02-01T23:59:59.999999Z"),
    ("1W_U", "2026-02-08T23:59:59.999999Z"),
    ("2M_U", "2026-03-31T23:59:59.999999Z"), ("1Y_U", "2027-12-31T23:59:59.999999Z"),
  ])
  func durationsEndWhereTheyShould(text: String, end: String) throws {
    let start = try #require(Timestamp("2026-01-31T10:20:00Z"))
    #expect(LoyaltyDuration(text)?.end(from: start).text == end)
  }

  @Test(arguments: [
    "", "5", "D", "0D", "5d", "-5D", "5D_", "5D_X", "1h_U", "1W_D", "1234567D", "5DD", "5D_U_U", "10000Y",
  ])
  func otherTextsAreNoDurations(text: String) { #expect(LoyaltyDuration(text) == nil) }
}
