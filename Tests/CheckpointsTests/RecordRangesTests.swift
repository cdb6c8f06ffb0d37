import Checkpoints
import TestKit
import Testing

@Suite struct RecordRangesTests {
  @Test func ascendingRecordsBecomeOneRange() {
    var records = RecordRanges()
    for record in 0..<1_000 { records.insert(record) }
    #expect(records.ranges == [0..<1_000])
    #expect(records.count == 1_000)
    #expect(records.firstMissing == 1_000)
  }

  @Test func touchingRangesMergeAndOverlappingOnesCountOnce() {
    var records = RecordRanges(10..<20)
    records.insert(30..<40)
    records.insert(5..<10)
    records.insert(20..<30)
    records.insert(12..<35)
    records.insert(50..<50)
    #expect(records.ranges == [5..<40])
    #expect(records.firstMissing == 0)
    #expect(records.firstMissing(from: 7) == 40)
  }

  @Test func agreesWithASetOfNumbersWhateverIsPutInAndTakenOut() {
    var random = SplitMix64(seed: 1)
    for round in 0..<300 {
      var records = RecordRanges()
      var model: Set<Int> = []
      for _ in 0..<Int.random(in: 1...40, using: &random) {
        switch Int.random(in: 0..<5, using: &random) {
        case 0:
          let record = Int.random(in: 0..<80, using: &random)
          records.insert(record)
          model.insert(record)
        case 1:
          let range = Self.range(&random)
          records.insert(range)
          model.formUnion(range)
        case 2, 3:
          let other = Self.some(&random)
          #expect(records.intersects(other) == !model.isDisjoint(with: Self.members(other)))
          records.insert(contentsOf: other)
          model.formUnion(Self.members(other))
        default:
          let other = Self.some(&random)
          records.remove(contentsOf: other)
          model.subtract(Self.members(other))
        }
        #expect(Self.members(records) == model.sorted(), "round \(round)")
        #expect(zip(records.ranges, records.ranges.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound })
        #expect(records.count == model.count)
        #expect(records.firstMissing == (0...).first { !model.contains($0) })
        for record in -1..<101 {
          #expect(records.contains(record) == model.contains(record))
          #expect(records.firstMissing(from: record) == (record...).first { !model.contains($0) })
        }
        #expect(RecordRanges(parsing: records.description) == records)
      }
    }
  }

  @Test func textFormHasInclusiveEnds() {
    var records = RecordRanges(0..<1_000)
    records.insert(1_005)
    records.insert(1_007..<1_011)
    #expect(records.description == "0-999,1005,1007-1010")
    #expect(RecordRanges().description.isEmpty)
    #expect(RecordRanges(parsing: "") == RecordRanges())
  }

  @Test(arguments: [
    "5-5", "3-2", "1,2", "0-4,5", "4,3", "0-9,5-12", "01", "1,", ",1", "-1", "+1", "1-", "1 ,3", "a", "1--2", "1,1",
    "9223372036854775807", "0-9223372036854775807", "99999999999999999999", "1-2-3", "0x1", "١",
  ])
  func nothingButTheCanonicalTextIsUnderstood(text: String) {
    #expect(RecordRanges(parsing: text) == nil)
  }

  @Test func hugeButLegalNumbersDoNotOverflow() throws {
    let records = try #require(RecordRanges(parsing: "0-9223372036854775805"))
    #expect(records.count == Int.max - 1)
    #expect(records.firstMissing == Int.max - 1)
  }

  private static func members(_ records: RecordRanges) -> [Int] { records.ranges.flatMap { Array($0) } }

  private static func range(_ random: inout SplitMix64) -> Range<Int> {
    let start = Int.random(in: 0..<80, using: &random)
    return start..<(start + Int.random(in: 0..<20, using: &random))
  }

  private static func some(_ random: inout SplitMix64) -> RecordRanges {
    var records = RecordRanges()
    for _ in 0..<Int.random(in: 0..<6, using: &random) { records.insert(range(&random)) }
    return records
  }
}
