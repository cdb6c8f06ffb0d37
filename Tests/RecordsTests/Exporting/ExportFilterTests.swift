import TestKit
import Testing

@testable import Records

@Suite struct ExportFilterTests {
  private static func rows(_ times: [Int]) -> String {
    "id,created\n" + times.enumerated().map { "\($0),1970-01-01T00:00:\($1 < 10 ? "0" : "")\($1)Z\n" }.joined()
  }

  /// Whatever the server's bounds mean, every record belongs to one slice; records that are the same stay as many.
  @Test func everyRecordBelongsToOneSlice() throws {
    var dice = SplitMix64(seed: 7)
    let times = (0..<200).map { _ in Int.random(in: 0..<60, using: &dice) }.sorted()
    for length in [1, 7, 13, 60] {
      var written = ""
      for start in stride(from: 0, to: 60, by: length) {
        let range = start..<min(60, start + length)
        // Inclusive bounds a second wide of the slice, as the sandbox has them.
        let asked = times.enumerated().filter { range.lowerBound - 1...range.upperBound + 1 ~= $0.element }
        let answer = "id,created\n" + asked.map { "\($0),1970-01-01T00:00:\($1 < 10 ? "0" : "")\($1)Z\n" }.joined()
        let exported = try Exported(answer, .csv, filter: ExportFilter(time: ("created", range)))
        #expect(exported.counts.written + exported.counts.repeated == asked.count)
        written += exported.text
      }
      #expect("id,created\n" + written == Self.rows(times))
    }
  }

  @Test func aRecordWithoutAReadableTimeIsKeptAndCounted() throws {
    let answer = "id,created\n1,soon\n2\n3,1970-01-01T00:00:05Z\n"
    let exported = try Exported(answer, .csv, filter: ExportFilter(time: ("created", 0..<5)))
    #expect(exported.text == "1,soon\n2,\n")
    #expect(exported.counts.timeless == 2 && exported.counts.repeated == 1)
  }

  /// Without the column nothing could be told apart, and what stands at the border of two slices would come twice.
  @Test func anAnswerWithoutTheColumnOfTheTimeIsNotRead() {
    let reason =
      "there is no column 'created', expected one to tell what belongs to the window; the answer has id, made"
    #expect(throws: SourceFailure.badHeader(path: "answer", line: 1, reason: reason)) {
      try Exported("id,made\n1,1970-01-01T00:00:05Z\n", .csv, filter: ExportFilter(time: ("created", 0..<5)))
    }
  }

  @Test func whatTheLastRunWroteWithinTheOverlapIsDropped() throws {
    let first = ExportFilter(time: ("created", 0..<10))
    first.rememberFrom = 6
    _ = try Exported(Self.rows([1, 5, 6, 8, 9]), .csv, filter: first)
    let remembered = first.takeRemembered()
    #expect(remembered.count == 3 && first.takeRemembered().isEmpty)
    let second = ExportFilter(time: ("created", 6..<20))
    second.seen = IDSet(remembered)
    second.seenUntil = 10
    // The record at 7 came late: the last run had not seen it.
    let answer =
      "id,created\n2,1970-01-01T00:00:06Z\n99,1970-01-01T00:00:07Z\n3,1970-01-01T00:00:08Z\n"
      + "4,1970-01-01T00:00:12Z\n4,1970-01-01T00:00:12Z\n"
    let exported = try Exported(answer, .csv, filter: second)
    #expect(exported.text == "99,1970-01-01T00:00:07Z\n4,1970-01-01T00:00:12Z\n4,1970-01-01T00:00:12Z\n")
    #expect(exported.counts.repeated == 2)
  }

  @Test func recordsWithoutAnIdAreNotRepeatsOfOneAnother() throws {
    let filter = ExportFilter(id: "id")
    filter.dropsRepeats = true
    filter.rememberFrom = .min
    let exported = try Exported("id,name\n,a\n\"\",b\n,c\n7,d\n7,e\n", .csv, filter: filter)
    #expect(exported.text == ",a\n\"\",b\n,c\n7,d\n" && exported.counts.repeated == 1)
  }

  @Test func idsAreFoundAgainAndOnlyThey() {
    var dice = SplitMix64(seed: 3)
    var set = IDSet()
    var model = Set<UInt64>()
    for _ in 0..<20_000 {
      let id = UInt64.random(in: 0..<8000, using: &dice) &* 0x1_0000_0001
      #expect(set.contains(id) == model.contains(id))
      #expect(set.insert(id) == model.insert(id).inserted)
    }
    #expect(set.count == model.count - (model.contains(0) ? 1 : 0))
  }

  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0), ("2026-09-01T08:00:00.25+02:00", 1_788_242_400),
    ("2026-09-01 06:00:00", 1_788_242_400),
    ("2026-09-01", 1_788_220_800), ("2026-09-01T00:00:00.999999999z", 1_788_220_800),
    ("2024-02-29T23:59:60Z", 1_709_251_200),
    ("0001-01-01T00:00:00Z", -62_135_596_800), ("2026-09-01T00:00:00-05:30", 1_788_240_600),
  ]) func momentsAreReadToTheSecond(text: String, seconds: Int) {
    #expect(Moment.seconds(text) == seconds)
  }

  @Test(arguments: [
    "", "soon", "2026-13-01T00:00:00Z", "2026-09-01T24:00:00Z", "2026-09-01T00:00:00Z07:00", "2026-09-01T00:00",
    "2026-09-01T00:00:00+0100", "2026-09-01T00:00:00.5.5Z", "2026-09-0100:00:00Z", "2026-09-01T00:00:0", "99999",
  ]) func whatIsNoMomentIsNotRead(text: String) {
    #expect(Moment.seconds(text) == nil)
  }
}
