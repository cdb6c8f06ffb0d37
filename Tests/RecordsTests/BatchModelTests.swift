import TestKit
import Testing

@testable import Records

/// Random files against what must hold of every run.
@Suite struct BatchModelTests {
  private static let names = ["ADD", "REMOVE", "PATCH"]

  /// Lines of an action, a key and the record's number; some are bad in one way or another.
  private static func lines(_ count: Int, actions: Int, keys: Int, _ random: inout SplitMix64) -> [String] {
    (0..<count).map { record in
      let action = actions == 1 ? "x" : names[Int.random(in: 0..<actions, using: &random)]
      let key = "key-\(Int.random(in: 0..<keys, using: &random))"
      return switch Int.random(in: 0..<30, using: &random) {
      case 0: "\(action),,\(record)"
      case 1: "\(action),\(key)"
      case 2: "\(action),\"\(key)\"x,\(record)"
      case 3: "\(action),\(key),none"
      case 4: "\(actions == 1 ? "x" : "MOVE"),\(key),\(record)"
      case 5: "\(action),\"\(key)\nlong\",\(record)"
      default: "\(action),\(key),\(record)"
      }
    }
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func everyRecordEndsInExactlyOneBatchAndKeysKeepTheirOrder(_ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let actions = Int(seed % 3) + 1
    let duplicates = DuplicateRule.allCases[Int(seed / 3 % 4)]
    let count = Int.random(in: 1...300, using: &random)
    let lines = Self.lines(count, actions: actions, keys: Int.random(in: 1...80, using: &random), &random)
    let variants = (0..<actions).map { Variant.sku(Self.names[$0], key: 1, duplicates: duplicates) }
    let (rows, bytes) = (Int.random(in: 1...20, using: &random), Int.random(in: 60...600, using: &random))
    let settled = seed % 5 == 0 ? [count / 4..<count / 2] : []
    let run = try Assembly(
      "action,k,v\n" + lines.joined(separator: "\n"), variants, rows: rows, bytes: bytes,
      spread: Int.random(in: 1...8, using: &random), settled: settled, window: seed % 2 == 0 ? .max : Int(seed) / 6)

    // Nothing is lost and nothing comes twice.
    let expected = (0..<count).filter { number in !settled.contains { $0.contains(number) } }
    #expect(run.records.flatMap { $0 }.sorted() == expected && run.assembler.passedOver == count - expected.count)
    #expect(run.batches.map(\.sequence).sorted() == Array(run.batches.indices) && run.assembler.heldRecords == 0)
    for batch in run.batches {
      #expect(
        batch.rows.count + batch.rejections.count + batch.skippedFiles.count
          == batch.records.reduce(0) { $0 + $1.count })
      #expect(batch.rows.count <= rows && batch.body.count <= bytes && batch.rejections.count <= rows)
      let body = JSONValue(batch.body.bytes(0..<batch.body.count))
      #expect(body?[Self.names[batch.variant]]?.elements.count == batch.rows.count)
      #expect(Set(batch.rows.map(\.record)).isDisjoint(with: batch.rejections.map(\.place.record)))
    }
    try Self.expectOrder(of: run, duplicates)
  }

  /// Rows of one key: once a batch, and every later batch waits for the one before, unless that was finished.
  private static func expectOrder(of run: Assembly, _ duplicates: DuplicateRule) throws {
    var last: [String: (batch: Int, record: Int)] = [:]
    var handedOut: Set<Int> = []
    for batch in run.batches {
      var seen: Set<String> = []
      for index in batch.rows.indices {
        let key = try #require(JSONValue(batch.json(of: index))?["k"]?.text)
        #expect(seen.insert(key).inserted, "\(key) twice in one batch")
        if let before = last[key] {
          #expect(before.record < batch.rows[index].record, "\(key) out of order")
          #expect(before.batch != batch.sequence)
        }
        last[key] = (batch.sequence, batch.rows[index].record)
      }
      // Sequences are given when a batch is opened; what it waits for has been handed out before it.
      #expect(handedOut.isSuperset(of: batch.after) && Set(batch.after).count == batch.after.count)
      handedOut.insert(batch.sequence)
    }
  }

  /// With nothing finished, a batch waits for exactly the last earlier batch of each of its keys, be it for a row that
  /// was sent or one that was superseded.
  @Test(arguments: 100..<120 as Range<UInt64>)
  func batchesWaitForEveryEarlierBatchOfTheirKeys(_ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let variants = (0..<3).map { Variant.sku(Self.names[$0], key: 1, duplicates: .keep) }
    let lines = (0..<400).map {
      "\(Self.names[Int.random(in: 0..<3, using: &random)]),k\(Int.random(in: 0..<120, using: &random)),\($0)"
    }
    let run = try Assembly("action,k,v\n" + lines.joined(separator: "\n"), variants, rows: 7)
    var last: [String: Int] = [:]
    for batch in run.batches {
      let keys = batch.rows.indices.compactMap { JSONValue(batch.json(of: $0))?["k"]?.text }
      #expect(Set(batch.after) == Set(keys.compactMap { last[$0] }))
      for key in keys { last[key] = batch.sequence }
    }
    #expect(run.batches.reduce(0) { $0 + $1.rows.count } == 400)
  }

  /// More keys than the table begins with, all of them unfinished.
  @Test func wideWindowForgetsNoKey() throws {
    let keys = (0..<12_000).map { "x,k\($0),1\n" }.joined()
    let run = try Assembly("action,k,v\n" + keys + keys, [.sku("x", key: 1)], rows: 1000)
    #expect(run.batches.count == 24)
    #expect(run.batches.dropFirst(12).allSatisfy { $0.after == [$0.sequence - 12] })
  }
}
