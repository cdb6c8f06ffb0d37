import Testing

@testable import Records

@Suite struct BatchAssemblerTests {
  @Test func rowsAreCutAtTheirNumber() throws {
    let run = try Assembly("k,v\na,1\nb,2\nc,3\nd,4\ne,5\n", rows: 2)
    #expect(run.rows == [["1", "2"], ["3", "4"], ["5"]])
    #expect(run.bodies[0] == #"{"":[{"k":"a","v":1},{"k":"b","v":2}]}"#)
    #expect(run.records == [[0, 1], [2, 3], [4]])
    #expect(run.batches.map(\.sequence) == [0, 1, 2] && run.batches.allSatisfy { $0.after.isEmpty })
    #expect(
      run.batches.map(\.end) == [
        SourcePlace(file: 0, byte: 12, line: 4, record: 2), SourcePlace(file: 0, byte: 20, line: 6, record: 4),
        SourcePlace(file: 0, byte: 24, line: 7, record: 5),
      ])
  }

  /// Two rows fill a body of 38 bytes exactly.
  @Test(arguments: [(38, [["1", "2"], ["3"]]), (37, [["1"], ["2"], ["3"]]), (54, [["1", "2", "3"]])])
  func rowsAreCutAtTheBytesOfABody(_ bytes: Int, _ rows: [[String]]) throws {
    let run = try Assembly("k,v\na,1\nb,2\nc,3\n", bytes: bytes)
    #expect(run.rows == rows)
    #expect(run.batches.allSatisfy { $0.body.count <= bytes })
    #expect(run.batches.map(\.end.record) == (rows.count == 3 ? [1, 2, 3] : rows.count == 2 ? [2, 3] : [3]))
  }

  @Test func rowThatNeverFitsIsRejected() throws {
    let run = try Assembly("k,v\na,1\n\(String(repeating: "x", count: 40)),2\nc,3\n", bytes: 39)
    #expect(run.rows.flatMap { $0 } == ["1", "3"])
    let rejections = run.batches.flatMap(\.rejections)
    #expect(rejections.map(\.reason) == ["the row alone takes 61 bytes as JSON, more than the 39 of a request"])
    #expect(rejections.map(\.place) == [SourcePlace(file: 0, byte: 8, line: 3, record: 1)])
    #expect(run.records.flatMap { $0 }.sorted() == [0, 1, 2])
  }

  @Test func laterRowOfAKeyTakesThePlaceOfTheEarlier() throws {
    let run = try Assembly("k,v\na,1\nb,2\na,3\nc,4\nb,5\na,6\n", [.sku(duplicates: .last)])
    #expect(run.rows == [["4", "5", "6"]] && run.records == [[0, 1, 2, 3, 4, 5]])
    #expect(run.bodies == [#"{"":[{"k":"c","v":4},{"k":"b","v":5},{"k":"a","v":6}]}"#])
    #expect(run.batches[0].skippedFiles.count == 3 && run.batches[0].rejections.isEmpty)
  }

  @Test func earlierRowOfAKeyStays() throws {
    let run = try Assembly("k,v\na,1\nb,2\na,3\nc,4\nb,5\na,6\n", [.sku(duplicates: .first)])
    #expect(run.rows == [["1", "2", "4"]] && run.records == [[0, 1, 2, 3, 4, 5]])
    #expect(run.batches[0].skippedFiles.count == 3)
  }

  @Test func laterRowOfAKeyIsRejected() throws {
    let run = try Assembly("k,v\na,1\nb,2\na,3\na,4\n", [.sku(duplicates: .reject)])
    #expect(run.rows == [["1", "2"]])
    let words = "the same key is on line 2 already, and the job says 'duplicates: reject'"
    #expect(run.batches[0].rejections.map(\.reason) == [words, words])
    #expect(run.batches[0].rejections.map(\.original) == [Array("a,3".utf8), Array("a,4".utf8)])
  }

  @Test func bothRowsOfAKeyAreKeptInTwoRequests() throws {
    let run = try Assembly("k,v\na,1\nb,2\na,3\nb,4\nb,5\n", [.sku(duplicates: .keep)])
    #expect(run.rows == [["1", "2"], ["3", "4"], ["5"]])
    #expect(run.batches.map(\.after) == [[], [0], [1]])
  }

  @Test(arguments: DuplicateRule.allCases)
  func batchesThatShareAKeyWaitForOneAnother(_ rule: DuplicateRule) throws {
    let run = try Assembly("k,v\na,1\nb,2\nc,3\na,4\na,5\nb,6\n", [.sku(duplicates: rule)], rows: 2)
    let after = run.batches.map(\.after)
    #expect(after[0] == [] && after[1] == [0])
    #expect(run.batches.allSatisfy { batch in batch.after.allSatisfy { $0 < batch.sequence } })
  }

  @Test func keysOfFinishedBatchesAreForgotten() throws {
    let text = "k,v\n" + (0..<20).map { "a,\($0)\n" }.joined()
    #expect(try Assembly(text, rows: 1, window: 0).batches.allSatisfy { $0.after.isEmpty })
    #expect(try Assembly(text, rows: 1, window: 5).batches.dropFirst().allSatisfy { $0.after == [$0.sequence - 1] })
  }

  @Test func rowsWithoutAKeyAreNeverTheSame() throws {
    let run = try Assembly("k,v\na,1\na,2\n,3\n,4\n", [.sku(hasKey: false, empty: .omit)])
    #expect(run.rows == [["1", "2", "3", "4"]])
    let optional = try Assembly("k,v\n,1\n,2\na,3\na,4\n", [.sku(empty: .omit)])
    #expect(optional.rows == [["1", "2", "4"]])
  }

  @Test func keyOfTwoPartsTellsThemApart() throws {
    var variant = Variant.sku(hasKey: true)
    variant.template = RowTemplate(
      .object([
        member("k", 0, rule(.string, .null), isKey: true), member("l", 1, rule(.string, .null), isKey: true),
        member("v", 2),
      ]))
    let run = try Assembly("k,l,v\nx,,1\n,x,2\nx,y,3\ny,x,4\nx,y,5\nxy,,6\n,x,7\n", [variant])
    #expect(run.rows == [["1", "4", "5", "6", "7"]])
  }

  @Test func rowsOfSeveralVariantsKeepTheOrderOfAKey() throws {
    let variants = [Variant.sku("ADD", key: 1), .sku("REMOVE", key: 1)]
    let run = try Assembly("action,k,v\nADD,a,1\nREMOVE,b,2\nADD,c,3\nREMOVE,a,4\nADD,a,5\nADD,b,6\n", variants)
    #expect(run.batches.map(\.variant) == [0, 1, 0])
    #expect(run.rows == [["1", "3"], ["2", "4"], ["5", "6"]])
    #expect(run.batches.map(\.after) == [[], [0], [1]])
    #expect(run.bodies.allSatisfy { JSONValue(Array($0.utf8)) != nil } && run.bodies[1].hasPrefix("{\"REMOVE\":["))
  }

  @Test func rowsThatMayTouchAnyOtherKeepTheirPlaceAmongThem() throws {
    let variants = [Variant.sku("ADD", key: 1), .sku("REMOVE", key: 1), .sku("SWEEP", key: 1, hasKey: false)]
    let text = "ADD,a,1\nREMOVE,b,2\nADD,c,3\nSWEEP,,4\nSWEEP,,5\nADD,d,6\nREMOVE,e,7\nSWEEP,,8\nADD,f,9\n"
    let run = try Assembly("action,k,v\n" + text.replacing("SWEEP,,", with: "SWEEP,x,"), variants)
    #expect(run.rows == [["1", "3"], ["2"], ["4", "5"], ["6"], ["7"], ["8"], ["9"]])
    #expect(run.batches.map(\.after) == [[], [], [0, 1], [2], [2], [0, 1, 2, 3, 4], [5]])
  }

  @Test func aQuarterOfAMegabyteOfRejectionsIsABatch() throws {
    let long = String(repeating: "x", count: 100_000)
    let run = try Assembly("k,v\n" + (0..<7).map { "a\($0),\(long)\n" }.joined())
    #expect(run.batches.map(\.rejections.count) == [3, 3, 1])
  }

  @Test func unknownActionIsRejected() throws {
    let variants = [Variant.sku("ADD", key: 1), .sku("REMOVE", key: 1)]
    let run = try Assembly("action,k,v\nMOVE,a,1\n,b,2\nADD,c,3\nadd,d,4\n", variants)
    #expect(
      run.batches.flatMap(\.rejections).map(\.reason) == [
        "'action' is 'MOVE', expected one of ADD, REMOVE", "'action' is empty, expected one of ADD, REMOVE",
        "'action' is 'add', expected one of ADD, REMOVE",
      ])
    #expect(run.batches.flatMap(\.rejections).allSatisfy { $0.column == "action" && $0.isReadable })
    #expect(run.rows.flatMap { $0 } == ["3"])
  }

  @Test func rejectionTellsWhereAndWhat() throws {
    let run = try Assembly("k,v\r\n,x\r\n\"a,1\r\nb\r\nc\0,3\r\nd,4\r\n")
    let found = run.batches.flatMap(\.rejections)
    #expect(
      found.map(\.place) == [
        SourcePlace(file: 0, byte: 5, line: 2, record: 0), SourcePlace(file: 0, byte: 9, line: 3, record: 1),
        SourcePlace(file: 0, byte: 15, line: 4, record: 2), SourcePlace(file: 0, byte: 18, line: 5, record: 3),
      ])
    #expect(found.map(\.column) == ["key, value", "k", "", "k"])
    #expect(found.map(\.isReadable) == [true, false, false, false])
    #expect(found.map { String(decoding: $0.original, as: UTF8.self) } == [",x", "\"a,1", "b", "c\0,3"])
    #expect(
      found.map(\.reason) == [
        "'k' is empty, expected text; 'v' is 'x', expected a whole number",
        "a quoted field is never closed; expected a closing quote (byte 9 of the file)",
        "found 1 field, expected 2 as in the header (byte 15 of the file)",
        "found a NUL byte; text files must not hold one (byte 19 of the file)",
      ])
    #expect(run.rows == [["4"]])
  }

  @Test func rejectionOfASentRowHasItsRecord() throws {
    let run = try Assembly("k,v\na,1\n\"b\",2\n")
    let rejection = run.batches[0].rejection(of: 1, column: "k", reason: "no")
    #expect(rejection.place == SourcePlace(file: 0, byte: 8, line: 3, record: 1) && rejection.column == "k")
    #expect(String(decoding: rejection.original, as: UTF8.self).hasPrefix("\"b\",2"))
    let part = run.batches[0].body(of: [1])
    #expect(part.bytes(0..<part.count) == Array(#"{"":[{"k":"b","v":2}]}"#.utf8))
  }

  @Test func settledRecordsArePassedOver() throws {
    let text = "k,v\n" + (0..<12).map { "k\($0),\($0)\n" }.joined()
    let run = try Assembly(text, rows: 3, settled: [0..<2, 4..<5, 9..<10, 11..<12], firstSequence: 40)
    #expect(run.rows == [["2", "3", "5"], ["6", "7", "8"], ["10"]])
    #expect(run.batches.map(\.sequence) == [40, 41, 42] && run.assembler.passedOver == 5)
    #expect(run.batches.map(\.records) == [[2..<4, 5..<6], [6..<9], [10..<11]])
  }

  @Test func recordsAfterTheLimitAreNotRead() throws {
    let text = "k,v\n" + (0..<12).map { "k\($0),\($0)\n" }.joined()
    let run = try Assembly(text, rows: 4, recordLimit: 6)
    #expect(run.rows == [["0", "1", "2", "3"], ["4", "5"]] && run.assembler.isAtLimit)
    #expect(run.batches.last?.end.record == 6)
    #expect(try Assembly(text, recordLimit: 0).batches.isEmpty)
  }

  @Test func rejectionsDoNotPileUp() throws {
    let run = try Assembly("k,v\n" + String(repeating: ",1\n", count: 25), rows: 10)
    #expect(run.batches.map(\.rejections.count) == [10, 10, 5])
  }

  @Test func batchOfARareVariantIsCutWhenOthersHaveLeftItBehind() throws {
    let variants = [Variant.sku("ADD", key: 1), .sku("REMOVE", key: 1)]
    let text = "action,k,v\nREMOVE,x,0\n" + (1...20).map { "ADD,k\($0),\($0)\n" }.joined()
    let run = try Assembly(text, variants, rows: 2, spread: 4)
    let place = try #require(run.batches.firstIndex { $0.variant == 1 })
    #expect((3...6).contains(place))
  }
}
