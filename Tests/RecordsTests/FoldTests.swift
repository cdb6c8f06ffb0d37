import Testing

@testable import Records

@Suite struct FoldTests {
  private let head = "id,who,state,v,q\n"

  @Test func linesNextToEachOtherAreOneRequest() throws {
    let run = try Cutting(head + "a,p,open,1,\na,p,open,2,5\nb,,closed,3,\n", .folds(10))
    #expect(
      run.sent == [
        #"{"id":"a"} {"w":{"lines":[{"v":1},{"v":2,"q":5}],"state":"open"}}"#,
        #"{"id":"b"} {"w":{"lines":[{"v":3}],"state":"closed"}}"#,
      ])
    #expect(run.records == [[0, 1], [2]] && run.isBalanced)
  }

  @Test func objectThatSaysNothingHasItsLinesAlone() throws {
    let run = try Cutting(head + "a,,,1,\na,,,2,\n", .folds(10))
    #expect(run.sent == [#"{"id":"a"} {"w":{"lines":[{"v":1},{"v":2}]}}"#])
  }

  /// The object may be described by its first line only.
  @Test func laterLinesMayLeaveOutWhatTheFirstOneSaid() throws {
    let run = try Cutting(head + "a,,open,1,\na,,,2,\n", .folds(10))
    #expect(run.sent == [#"{"id":"a"} {"w":{"lines":[{"v":1},{"v":2}],"state":"open"}}"#])
  }

  @Test(arguments: ["a,,open,,\na,,open,1,\na,,open,,\na,,open,2,\n", "a,,open,1,\na,,open,2,\na,,open,,\n"])
  func linesWithoutAnItemLeaveNoGap(_ lines: String) throws {
    let run = try Cutting(head + lines, .folds(10))
    #expect(run.sent == [#"{"id":"a"} {"w":{"lines":[{"v":1},{"v":2}],"state":"open"}}"#])
  }

  @Test(arguments: 1...7) func linesStayTogetherAcrossBatches(_ rows: Int) throws {
    let lines = (0..<20).map { "s\($0 / 6),,x,\($0),1\n" }.joined()
    let run = try Cutting(head + lines, .folds(10), rows: rows)
    #expect(run.records.map(\.count) == [6, 6, 6, 2] && run.isBalanced && run.rejections.isEmpty)
    #expect(run.sent == (try Cutting(head + lines, .folds(10))).sent)
  }

  @Test(arguments: 1...4) func contradictionRejectsAllLines(_ rows: Int) throws {
    let run = try Cutting(head + "a,,open,1,\na,,closed,2,\na,,open,3,\nb,,open,4,\n", .folds(10), rows: rows)
    #expect(run.sent == [#"{"id":"b"} {"w":{"lines":[{"v":4}],"state":"open"}}"#])
    let words = "id a is not sent: line 3 says something else about it than the lines before"
    #expect(run.rejections == ["2: \(words)", "3: \(words)", "4: \(words)"] && run.isBalanced)
  }

  @Test func sumOfALineIsBounded() throws {
    let text = head + "a,,,1,4\na,,,2,6\nb,,,3,4\nb,,,4,7\nc,,,5,9223372036854775807\nc,,,6,9223372036854775807\n"
    let run = try Cutting(text, .folds(10, sum: 10))
    #expect(run.sent == [#"{"id":"a"} {"w":{"lines":[{"v":1,"q":4},{"v":2,"q":6}]}}"#])
    #expect(
      run.rejections.map { $0.suffix(29) }.allSatisfy { $0 == " 'q' adds up to more than 10" || $0.hasSuffix("10") })
    #expect(run.rejections.count == 4)
  }

  @Test func tooManyLinesAreRejectedAndNotHeld() throws {
    let lines = (0..<2500).map { "a,,,\($0),\n" }.joined()
    let run = try Cutting(head + lines + "b,,,1,\n", .folds(1000), rows: 256)
    #expect(run.sent == [#"{"id":"b"} {"w":{"lines":[{"v":1}]}}"#])
    #expect(run.rejections.count == 2500 && run.isBalanced)
    #expect(run.rejections[0] == "2: id a is not sent: it has more than 1000 lines")
    #expect(run.requests.map(\.rejections.count).max() == 1001)
  }

  @Test func linesThatTakeTooManyBytesAreRejectedAndNotHeld() throws {
    var cut = RequestCut.folds(1000)
    cut.maximumBytes = 100
    let run = try Cutting(head + "a,,,1,\na,,,2,\n" + (0..<200).map { "b,,,\($0),\n" }.joined(), cut, rows: 7)
    #expect(run.sent == [#"{"id":"a"} {"w":{"lines":[{"v":1},{"v":2}]}}"#])
    #expect(run.rejections.count == 200 && run.rejections[0].hasSuffix("its lines take more than 100 bytes"))
    #expect(run.requests.allSatisfy { $0.source.count < 130 } && run.isBalanced)
  }

  @Test func addressThatComesAgainIsRejected() throws {
    let run = try Cutting(head + "a,,,1,\nb,,,2,\na,,,3,\na,,,4,\n", .folds(10), rows: 1)
    #expect(run.sent.count == 2)
    let words = "id a is not sent: its lines must stand together, and others of it began on line 2; sort the source"
    #expect(run.rejections == ["4: \(words)", "5: \(words)"])
  }

  @Test(arguments: [99, 100]) func addressIsForgottenAfterManyOthers(_ count: Int) throws {
    var cut = RequestCut.folds(10)
    #expect(cut.remembered == 65_536)
    cut.remembered = 100
    let others = (0..<count).map { "s\($0),,,1,\n" }.joined()
    let run = try Cutting(head + "a,,,1,\n" + others + "a,,,2,\n", cut)
    #expect(run.rejections.count == (count < 100 ? 1 : 0))
  }

  // MARK: Lines that are rejected

  /// A bad line takes its object with it wherever a batch was cut.
  @Test(arguments: 1...6, 0..<3) func badLineRejectsItsObject(_ rows: Int, _ bad: Int) throws {
    var lines = ["b,,x,4,", "b,,x,5,", "b,,x,6,"]
    lines[bad] = "b,,x,many,"
    let text = head + "a,,x,1,\na,,x,2,\n" + lines.joined(separator: "\n") + "\nc,,x,7,\nc,,x,8,\n"
    let run = try Cutting(text, .folds(10), rows: rows)
    #expect(run.sent.map { $0.prefix(10) } == [#"{"id":"a"}"#, #"{"id":"c"}"#])
    #expect(run.rejections.count == 3 && run.isBalanced)
    let words = "id b is not sent: line \(4 + bad), which belongs to it or may, was rejected"
    #expect(run.rejections.filter { $0.hasSuffix(words) }.count == 2)
  }

  /// Of a line that cannot be read nobody knows which of its neighbours it belongs to.
  @Test(arguments: 1...6) func unreadableLineRejectsBothNeighbours(_ rows: Int) throws {
    let run = try Cutting(
      head + "a,,x,1,\nb,,x,2,\nb,,x\nc,,x,3,\nc,,x,4,\nd,,x,5,\n", .folds(10), rows: rows)
    #expect(run.sent.map { $0.prefix(10) } == [#"{"id":"a"}"#, #"{"id":"d"}"#])
    #expect(run.rejections.count == 4 && run.isBalanced)
  }

  @Test(arguments: 1...6) func badLineOfAnotherObjectDoesNoHarm(_ rows: Int) throws {
    let run = try Cutting(head + "a,,x,1,\nb,,x,many,\na,,x,2,\nc,,x,3,\nb,,x,4,\n", .folds(10), rows: rows)
    #expect(
      run.sent == [
        #"{"id":"a"} {"w":{"lines":[{"v":1},{"v":2}],"state":"x"}}"#,
        #"{"id":"c"} {"w":{"lines":[{"v":3}],"state":"x"}}"#,
      ])
    #expect(run.rejections.last?.hasSuffix("others of it began on line 3; sort the source") == true)
  }

  /// A long run of bad lines is not kept with the object before it.
  @Test func badLinesAreNotHeld() throws {
    let run = try Cutting(head + "a,,x,1,\n" + String(repeating: "bad\n", count: 5000), .folds(10), rows: 100)
    #expect(run.rejections.count == 5001 && run.isBalanced && run.requests.count >= 50)
  }

  @Test func spellingsOfOneObjectAreOneObject() throws {
    let lines = #"""
      {"id":"caf\u00e9","state":"\u006fpen","v":1}
      {"id":"café","state":"open","v":2}
      {"id":"caf\u00E9","v":"many"}
      """#
    let good = try Cutting(
      lines.split(separator: "\n").dropLast().joined(separator: "\n") + "\n", .folds(10),
      columns: RequestCutterTests.ndjson)
    #expect(good.sent == [#"{"id":"café"} {"w":{"lines":[{"v":1},{"v":2}],"state":"\u006fpen"}}"#])
    let bad = try Cutting(lines + "\n", .folds(10), rows: 1, columns: RequestCutterTests.ndjson)
    #expect(bad.sent.isEmpty && bad.rejections.count == 3)
  }

  // MARK: Resuming and stopping

  /// Whatever part of an object an earlier execution settled, the remainder is not sent as if it were all of it.
  @Test(arguments: 1...5, [[1..<2], [2..<3], [3..<4], [1..<3], [2..<4], [1..<2, 3..<4]])
  func remainderOfAnObjectIsNotSent(_ rows: Int, _ settled: [Range<Int>]) throws {
    let text = head + "a,,x,1,\nb,,x,2,\nb,,x,3,\nb,,x,4,\nc,,x,5,\n"
    let run = try Cutting(text, .folds(10), rows: rows, settled: settled)
    #expect(run.sent.map { $0.prefix(10) } == [#"{"id":"a"}"#, #"{"id":"c"}"#] && run.isBalanced)
    #expect(run.rejections.allSatisfy { $0.hasSuffix("was settled before this run was resumed") })
    #expect(run.rejections.count == 3 - settled.reduce(0) { $0 + $1.count })
  }

  @Test(arguments: 1...5, [[1..<4], [0..<1], [0..<4], [4..<5], [1..<5]])
  func wholeObjectsThatAreSettledDoNoHarm(_ rows: Int, _ settled: [Range<Int>]) throws {
    let text = head + "a,,x,1,\nb,,x,2,\nb,,x,3,\nb,,x,4,\nc,,x,5,\n"
    let run = try Cutting(text, .folds(10), rows: rows, settled: settled)
    #expect(run.rejections.isEmpty && run.isBalanced)
    #expect(run.records.flatMap { $0 } == (0..<5).filter { number in !settled.contains { $0.contains(number) } })
  }

  @Test func unreadableLineThatIsSettledStillRejectsItsNeighbours() throws {
    let run = try Cutting(head + "a,,x,1,\nbad\nb,,x,2,\nc,,x,3,\n", .folds(10), settled: [1..<2])
    #expect(run.sent.map { $0.prefix(10) } == [#"{"id":"c"}"#] && run.rejections.count == 2)
  }

  /// A settled stretch lies between two lines of one object: they are no longer one.
  @Test func linesOnBothSidesOfSettledOnesAreNotJoined() throws {
    let run = try Cutting(head + "a,,x,1,\nb,,x,2,\nb,,x,3,\na,,x,4,\n", .folds(10), settled: [1..<3])
    let all = run.sent + run.rejections
    #expect(all.count == 1 || run.rejections.count == 1, "\(all)")
  }

  @Test(arguments: [(2, 1, 1), (4, 1, 3), (5, 2, 1)])
  func limitInTheMiddleOfAnObjectRejectsWhatWasRead(_ limit: Int, _ sent: Int, _ rejected: Int) throws {
    let text = head + "a,,x,1,\nb,,x,2,\nb,,x,3,\nb,,x,4,\nc,,x,5,\nc,,x,6,\n"
    let run = try Cutting(text, .folds(10), rows: 2, recordLimit: limit)
    #expect(run.sent.count == sent && run.rejections.count == rejected && run.isBalanced)
    #expect(run.rejections.allSatisfy { $0.hasSuffix("reading stopped in the middle of its lines") })
  }
}
