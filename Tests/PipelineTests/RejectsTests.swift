import Checkpoints
import Jobs
import Pipeline
import Records
import TestKit
import Testing

@Suite struct RejectsTests {
  private func run(_ plan: ImportPlan, _ path: String, _ text: String, names: Bool = true) async throws -> Execution {
    let clock = VirtualClock()
    let transport = ScriptedTransport(clock) { Say.judging($0, names: names) }
    return try await World.run(plan, MemorySources(files: [(path, text)]), transport, clock: clock)
  }

  private static let ndjson = """
    name: t
    import:
      source: a.ndjson
      target: profiles.update
      map: { integrationId: id, attributes.n: { column: n, type: number } }
    """

  @Test func aMegabyteOfRejectsWaitsForTheDisk() throws {
    let plan = try World.profiles()
    let header = World.header(plan, MemorySources(files: []))
    let ledger = Ledger(
      try Journal(beginning: header, in: FaultyDisk()), RejectsFile<FaultyDisk>(nil) { FaultyDisk() },
      progress: Progress(), clock: VirtualClock())
    let half = Ledger<FaultyDisk>.Outcome(
      settlement: Settlement(sequence: 0, records: RecordRanges(), tallies: [], position: .start),
      rejects: [UInt8](repeating: 0x61, count: 1 << 19))
    ledger.settle(half)
    ledger.settle(half)
    #expect(!ledger.isBehind)
    ledger.settle(half)
    #expect(ledger.isBehind)
  }

  @Test(arguments: ["\n", "\r\n"]) func everyRejectCarriesFileLineColumnAndReason(_ end: String) async throws {
    let text = ["id,n", "a,1", "br,2", "c,many", "\"d\"\"r\",4", "e,5,6"].joined(separator: end) + end
    let execution = try await run(try World.profiles(rows: 10), "a.csv", text)
    #expect(execution.stop == nil)
    let lines = execution.rejectLines
    #expect(lines.first == "id,n,_ferry_file,_ferry_line,_ferry_column,_ferry_reason,_ferry_record")
    #expect(lines.count == 5)
    let fields = lines.dropFirst().compactMap { CSVText.split(Array($0.utf8), CSVDialect()) }
      .map { $0.map { String(decoding: $0, as: UTF8.self) } }
    #expect(fields.map(\.count) == [7, 7, 7, 7])
    #expect(
      fields.map { Array($0[..<5]) } == [
        ["br", "2", "a.csv", "3", ""], ["c", "many", "a.csv", "4", "n"], ["d\"r", "4", "a.csv", "5", ""],
        ["", "", "a.csv", "6", ""],
      ])
    #expect(fields[0][5].contains("HTTP 400") && fields[0][5].contains("is bad"))
    #expect(fields[1][5].contains("number"))
    #expect(fields.map { $0[6] } == ["", "", "", "e,5,6"])
  }

  @Test func theFaultFoundByHalvingCarriesTheServersWords() async throws {
    let execution = try await run(try World.profiles(rows: 10), "a.csv", "id,n\na,1\nbr,2\nc,3\n", names: false)
    #expect(execution.rejectLines.count == 2)
    #expect(execution.rejectLines.last == "br,2,a.csv,3,,HTTP 400: something is wrong,")
    #expect(execution.counts.tally.accepted == 2)
  }

  @Test func linesAreThoseOfTheFileWhateverIsQuoted() async throws {
    let execution = try await run(
      try World.profiles(rows: 2), "a.csv", "id,n\n\"two\nlines\",1\n\"three\n\nlinesr\",2\nlastr,3\n")
    #expect(execution.rejectsText.contains(",a.csv,4,"))
    #expect(execution.rejectsText.contains(",a.csv,7,"))
    #expect(execution.events.contains(.rejected(count: 1, file: "a.csv", line: 7)))
  }

  @Test func mendedRejectsAreReadAgainAndRejectedAnewWithoutPilingUpColumns() async throws {
    let plan = try World.profiles(rows: 10)
    let first = try await run(plan, "a.csv", "id,n\na,1\nbr,2\nc,many\nd,x\n")
    #expect(first.counts.tally.rejected == 3)
    let mended = first.rejectsText.replacing("br,2", with: "b,2")
    let second = try await run(plan, "rejects.csv", mended)
    #expect(second.counts.tally == Tally(read: 3, accepted: 1, rejected: 2))
    let lines = second.rejectLines
    #expect(lines.first == "id,n,_ferry_file,_ferry_line,_ferry_column,_ferry_reason,_ferry_record")
    #expect(lines.dropFirst().allSatisfy { CSVText.split(Array($0.utf8), CSVDialect())?.count == 7 })
    #expect(lines.dropFirst().map { $0.prefix { $0 != "," } } == ["c", "d"])
    #expect(lines.dropFirst().allSatisfy { $0.contains(",rejects.csv,") && !$0.contains(",a.csv,") })
    let third = try await run(plan, "rejects2.csv", second.rejectsText)
    #expect(third.rejectLines.first == lines.first)
  }

  @Test func rejectsOfFilesWithOtherColumnsStandUnderTheFirstOnes() async throws {
    let clock = VirtualClock()
    let transport = ScriptedTransport(clock) { Say.judging($0) }
    let sources = MemorySources(files: [("a.csv", "id,n\n1r,1\n"), ("b.csv", "n,extra,id\n2,z,2r\n")])
    var plan = try World.profiles(rows: 1)
    plan.window = 1
    let execution = try await World.run(plan, sources, transport, clock: clock)
    let lines = execution.rejectLines
    #expect(lines.count == 3)
    #expect(lines[1].hasPrefix("1r,1,a.csv,2,"))
    #expect(lines[2].hasPrefix("2r,2,b.csv,2,"))
  }

  @Test func ndjsonRejectsStayRecordsWithTheirPlaceInFront() async throws {
    let text =
      "{\"id\":\"a\",\"n\":1}\n{\"id\":\"br\",\"n\":2,\"more\":[1,{}]}\r\n{\"id\":\"c\",\"n\":\"x\"}\n{\"id\":\n"
    let execution = try await run(try World.plan(Self.ndjson), "a.ndjson", text)
    let values = execution.rejectLines.map { JSONValue(Array($0.utf8)) }
    #expect(values.count == 3)
    #expect(values.map { $0?["_ferry_line"]?.text } == ["2", "3", "4"])
    #expect(values.allSatisfy { $0?["_ferry_file"]?.text == "a.ndjson" })
    #expect(values.allSatisfy { $0?["_ferry_reason"]?.text?.isEmpty == false })
    #expect(values.first??["id"]?.text == "br")
    #expect(values.first??["more"]?.elements.count == 2)
    #expect(values[1]?["_ferry_column"]?.text == "n")
    #expect(values.last??["_ferry_record"]?.text == "{\"id\":")

    let again = try await run(try World.plan(Self.ndjson), "r.ndjson", execution.rejectsText)
    #expect(again.counts.tally == Tally(read: 3, rejected: 3))
    for line in again.rejectLines {
      guard case .object(let members)? = JSONValue(Array(line.utf8)) else {
        Issue.record("\(line)")
        continue
      }
      #expect(members.map(\.key).count == Set(members.map(\.key)).count, "\(line)")
      #expect(members.first?.value == .string("r.ndjson"))
    }
  }

  @Test func anEmptyObjectIsAReadableReject() {
    let rejection = Rejection(
      place: SourcePlace(file: 0, byte: 0, line: 1, record: 0), column: "id", reason: "say \"id\"",
      original: Array(" { } ".utf8), isReadable: true)
    let line = RejectsFormat.ndjson.line(for: rejection, path: "a\"b.ndjson", columns: [])
    let value = JSONValue(Array(line.dropLast()))
    #expect(value?["_ferry_reason"]?.text == "say \"id\"")
    #expect(value?["_ferry_file"]?.text == "a\"b.ndjson")
    #expect(RejectsFormat.ndjson.head.isEmpty)
  }

  @Test func aRecordThatCouldNotBeReadIsCarriedAlongUntilItIsMended() {
    let columns = ["id", ReservedColumn.file, ReservedColumn.record]
    let rejection = Rejection(
      place: SourcePlace(file: 0, byte: 0, line: 2, record: 0), column: "id", reason: "'id' is empty",
      original: Array(#",old.csv,"1,""x""y""#.utf8), isReadable: true)
    let format = RejectsFormat.csv(CSVDialect(), columns: ["id"])
    let line = String(decoding: format.line(for: rejection, path: "r.csv", columns: columns), as: UTF8.self)
    #expect(line == #""",r.csv,2,id,'id' is empty,"1,""x""y""# + "\n")
  }
}
