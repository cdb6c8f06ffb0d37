import Testing

@testable import Records

@Suite struct RequestCutterTests {
  static let ndjson = ["id", "who", "state", "v", "q"]

  // MARK: A row each

  @Test func everyRowIsARequestOfItsOwn() throws {
    let run = try Cutting("id,who,state,v,q\na,p,open,1,\nb,,,2,3\n", .rows)
    #expect(run.sent == [#"{"id":"a"} {"w":{"state":"open","v":1}}"#, #"{"id":"b"} {"w":{"v":2,"q":3}}"#])
    #expect(run.records == [[0], [1]] && run.requests.allSatisfy { $0.after.isEmpty })
    #expect(run.requests.map(\.end.record) == [2, 2] && run.isBalanced)
  }

  @Test func rowWithNothingToSayIsAnEmptyObject() throws {
    let run = try Cutting("id,who,state,v,q\na,,,,\n", .rows)
    #expect(run.sent == [#"{"id":"a"} {"w":{}}"#])
  }

  @Test func requestsWithAValueInCommonWaitForOneAnother() throws {
    let run = try Cutting("id,who,state,v,q\na,p,,1,\nb,q,,2,\nc,p,,3,\na,,,4,\nd,q,,5,\nd,p,,6,\n", .rows)
    #expect(run.requests.map(\.after) == [[], [], [0], [0], [1], [4, 2]])
  }

  @Test func requestsThatAreFinishedAreNotWaitedFor() throws {
    let lines = (0..<300).map { "s\($0 % 3),,,\($0),\n" }.joined()
    let all = try Cutting("id,who,state,v,q\n" + lines, .rows)
    #expect(all.requests.dropFirst(3).allSatisfy { $0.after == [$0.sequence - 3] })
    let few = try Cutting("id,who,state,v,q\n" + lines, .rows, window: 2)
    #expect(few.requests.allSatisfy { $0.after.isEmpty })
  }

  @Test(arguments: ["", "null"]) func whoeverIsNobodyWaitsForNobody(_ word: String) throws {
    let who = word.isEmpty ? "\"\"" : word
    let lines = (0..<5).map { "{\"id\":\"s\($0)\",\"who\":\(who),\"v\":\($0)}\n" }.joined()
    let run = try Cutting(lines, .rows, columns: Self.ndjson)
    #expect(run.requests.count == 5 && run.requests.allSatisfy { $0.after.isEmpty })
  }

  @Test func spellingsOfOneValueAreOneValue() throws {
    let lines = #"""
      {"id":"a","who":"caf\u00e9 \/ \"x\""}
      {"id":"b","who":"café / \"x\""}
      {"id":"\u0061"}
      {"id":"\ud83d\ude00\n"}
      {"id":"😀\u000a"}
      """#
    let run = try Cutting(lines + "\n", .rows, columns: Self.ndjson)
    #expect(run.requests.map(\.after) == [[], [0], [0], [], [3]])
  }

  @Test func recordsThatAreNoRowsLeaveInARequestOfTheirOwn() throws {
    let run = try Cutting("id,who,state,v,q\na,,,1,\n,,,2,\nb,,,x,\nc,,,4,\n", .rows)
    #expect(run.records == [[0], [3], [1, 2]])
    #expect(run.requests.map(\.rows.count) == [1, 1, 0] && run.requests[2].rejections.count == 2)
    #expect(run.requests.map(\.sequence) == [0, 1, 2] && run.isBalanced && run.cutter.heldRecords == 0)
  }

  // MARK: Rows of one address

  @Test func rowsOfOneAddressShareARequest() throws {
    let run = try Cutting("id,v\nA,1\nB,2\nA,3\nA,4\nB,5\nC,6\n", .groups(2))
    #expect(
      run.sent == [
        #"{"id":"A"} {"ids":["1","3"]}"#, #"{"id":"B"} {"ids":["2","5"]}"#, #"{"id":"A"} {"ids":["4"]}"#,
        #"{"id":"C"} {"ids":["6"]}"#,
      ])
    #expect(run.records == [[0, 2], [1, 4], [3], [5]] && run.requests.map(\.after) == [[], [], [0], []])
    #expect(run.requests[0].rows.map(\.line) == [2, 4])
    #expect(run.requests[0].rejection(of: 1, reason: "").original == Array("A,3".utf8))
  }

  @Test func sameRowOfOneAddressIsSkipped() throws {
    let run = try Cutting("id,v\nA,1\nB,1\nA,1\nA,2\n", .groups(10))
    #expect(run.sent == [#"{"id":"A"} {"ids":["1","2"]}"#, #"{"id":"B"} {"ids":["1"]}"#])
    #expect(run.records == [[0, 3], [1], [2]] && run.requests[2].skippedFiles == [0] && run.isBalanced)
  }

  @Test func partOfAGroupCanBeSentAlone() throws {
    let run = try Cutting("id,v\nA,1\nA,2\nA,3\n", .groups(10))
    let body = run.requests[0].body(of: [0, 2])
    #expect(String(decoding: body.bytes(0..<body.count), as: UTF8.self) == #"{"ids":["1","3"]}"#)
  }

  @Test func addressesAreWhateverTextTheyAre() throws {
    let run = try Cutting("id,v\n\"a\"\"},{\",1\n\"a\"\"},{\",2\n\"[\\\",3\n🙂,\"\"\"\"\n", .groups(10))
    #expect(
      run.sent == [
        #"{"id":"a\"},{"} {"ids":["1","2"]}"#, #"{"id":"[\\"} {"ids":["3"]}"#, #"{"id":"🙂"} {"ids":["\""]}"#,
      ])
  }

  @Test func sequencesGoOnWhereAnEarlierExecutionStopped() throws {
    let run = try Cutting("id,v\nA,1\nB,2\nA,3\n", .groups(10), rows: 2, settled: [1..<2], firstSequence: 40)
    #expect(run.requests.map(\.sequence) == [40] && run.records == [[0, 2]])
  }

  /// What one large request needed is given back; small ones are used again.
  @Test func memoryOfLargeRequestsIsNotKept() throws {
    let small = try Cutting("id,v\nA,1\n", .groups(10)).requests[0]
    var cutter = RequestCutter(.groups(10), firstSequence: 0)
    let large = Batch(bodyCapacity: 1 << 20, sourceCapacity: 16)
    cutter.recycle(large)
    #expect(cutter.open().body !== large.body)
    cutter.recycle(small)
    #expect(cutter.open().body === small.body)
  }
}
