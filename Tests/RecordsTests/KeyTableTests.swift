import Testing

@testable import Records

@Suite struct KeyTableTests {
  private static func hash(_ key: Int) -> UInt64 { Hash.fold(UInt64(key) | 1 << 40, Hash.seed) }

  private static func take(_ key: Int, _ sequence: Int, _ table: inout KeyTable, oldest: Int) -> Int? {
    let previous = table.take(.init(hash: hash(key), sequence: sequence, row: key & 0xFFFF), oldest: oldest)
    return previous.isFree || previous.sequence < oldest ? nil : previous.sequence
  }

  @Test func unfinishedKeysAreRememberedHoweverMany() {
    var table = KeyTable(capacity: 16)
    for key in 0..<5000 { #expect(Self.take(key, key / 10, &table, oldest: 0) == nil) }
    for key in 0..<5000 { #expect(Self.take(key, 500, &table, oldest: 0) == key / 10) }
  }

  /// A window of batches moves over the keys; a key is remembered as long as its batch is in the window.
  @Test(arguments: [1, 3, 20, 100])
  func keysOfTheWindowAreRemembered(_ window: Int) {
    var table = KeyTable(capacity: 32)
    for sequence in 0..<400 {
      let oldest = max(0, sequence - window)
      for row in 0..<5 { #expect(Self.take(sequence * 5 + row, sequence, &table, oldest: oldest) == nil) }
      // A row of the oldest batch that is not finished comes again, and gives its key back.
      let previous = table.take(.init(hash: Self.hash(oldest * 5), sequence: sequence, row: 0), oldest: oldest)
      #expect(previous.sequence == oldest && previous.row == Int32(oldest * 5 & 0xFFFF))
      table.restore(previous)
    }
  }

  /// Two variants take turns, so sequences do not ascend; finishing the lower one must not forget the higher one's keys.
  @Test func keysOfAYoungerBatchOutliveAnOlderBatchThatTookTheLastKey() {
    var table = KeyTable(capacity: 16)
    for key in 0..<7 { #expect(Self.take(key, 1, &table, oldest: 0) == nil) }
    // The last key of this half belongs to batch 0; then the tables turn, and turn again.
    for key in 7..<20 { #expect(Self.take(key, 0, &table, oldest: key < 12 ? 0 : 1) == nil) }
    for key in 0..<7 { #expect(Self.take(key, 2, &table, oldest: 1) == 1) }
  }

  @Test func sequencesMayStartHigh() {
    var table = KeyTable(capacity: 16)
    #expect(Self.take(1, 1_000_000, &table, oldest: 1_000_000) == nil)
    #expect(Self.take(1, 1_000_001, &table, oldest: 1_000_000) == 1_000_000)
    #expect(Self.take(1, 1_000_002, &table, oldest: 1_000_002) == nil)
  }
}
