import Checkpoints
import TestKit
import Testing

@Suite struct RunNamesTests {
  @Test(arguments: [
    (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"), (1_795_230_000, "2026-11-21T03:00:00Z"),
    (951_782_399, "2000-02-28T23:59:59Z"), (951_782_400, "2000-02-29T00:00:00Z"),
    (4_107_542_400, "2100-03-01T00:00:00Z"),
    (-62_167_219_200, "0000-01-01T00:00:00Z"), (253_402_300_799, "9999-12-31T23:59:59Z"),
  ])
  func timestampsAreThoseOfTheCalendar(seconds: Int, text: String) {
    #expect(Timestamp.rfc3339(seconds: seconds) == text)
  }

  @Test func noMomentIsTooFarAway() {
    #expect(Timestamp.rfc3339(seconds: .max).hasSuffix("Z"))
    #expect(Timestamp.rfc3339(seconds: .min).hasPrefix("-"))
    #expect(RunID(seconds: .max, random: 0).text == "99991231T235959Z-000000")
    #expect(RunID(seconds: .min, random: .max).text == "00000101T000000Z-ffffff")
  }

  @Test func runNameTellsWhenItBeganAndSurvivesAFileName() {
    let run = RunID(seconds: 1_795_230_000, random: 0xFFA1_B2C3)
    #expect(run.text == "20261121T030000Z-a1b2c3")
    #expect(RunID(parsing: run.text) == run && run.started == 1_795_230_000)
    var random = SplitMix64(seed: 6)
    for _ in 0..<2_000 {
      let seconds = Int.random(in: -62_167_219_200...253_402_300_799, using: &random)
      let run = RunID(seconds: seconds, random: UInt32.random(in: 0...0xFF_FFFF, using: &random))
      #expect(RunID(parsing: run.text) == run && run.started == seconds)
    }
  }

  @Test(arguments: [
    "", "20261121T030000Z-A1B2C3", "20261121T030000Z-a1b2c", "20261121T030000Z-a1b2c3.journal", "../../../etc/passwd",
    "20261321T030000Z-a1b2c3", "20260230T030000Z-a1b2c3", "20261121T240000Z-a1b2c3", "20261121t030000Z-a1b2c3",
    "20261121T030060Z-a1b2c3", "20261121T030000Z/a1b2c3", "2026112१T0300Z-a1b2c3", "20260000T000000Z-000000",
  ])
  func nothingElseIsARunName(text: String) {
    #expect(RunID(parsing: text) == nil)
  }

  /// Two runs may begin in one second, and a clock may be set back: the later one still has the later name.
  @Test(arguments: [0, 1, -3600], [0, 0xABCDEF, 0xFF_FFFF] as [UInt32])
  func runNameSortsAfterThoseBefore(later: Int, random: UInt32) {
    var last = RunID(seconds: 1_763_700_000, random: random)
    for _ in 0..<50 {
      let next = RunID(seconds: 1_763_700_000 + later, random: 0x1234_5678 &* UInt32(random | 1), after: last)
      #expect(next.text > last.text)
      #expect(RunID(parsing: next.text) == next)
      last = next
    }
    #expect(last.started <= 1_763_700_002)
  }
}
