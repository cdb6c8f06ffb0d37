import TestKit
import Testing

@testable import Records

/// Random files cut into requests, against what must hold of every run.
@Suite struct RequestCutterModelTests {
  /// One line of a file, and what a person sees in it.
  private struct Line {
    var text: String
    /// Whose line it is; nil when it cannot be read.
    var id: String?
    var isGood = true
  }

  private static func lines(_ count: Int, _ kind: RequestCut.Kind, sorted: Bool, _ random: inout SplitMix64) -> [Line] {
    let ids = Int.random(in: 1...max(1, count / 3), using: &random)
    var numbers = (0..<count).map { _ in Int.random(in: 0..<ids, using: &random) }
    if sorted { numbers.sort() }
    return numbers.enumerated().map { record, number in
      let id = "s\(number)"
      let who = Bool.random(using: &random) ? "p\(number % 5)" : ""
      return switch Int.random(in: 0..<40, using: &random) {
      case 0: Line(text: "\(id),\(who)", id: nil, isGood: false)
      // The items of a group are texts.
      case 1: Line(text: "\(id),\(who),x,many\(record),", id: id, isGood: kind == .groups)
      case 2: Line(text: ",\(who),x,\(record),", id: nil, isGood: false)
      case 3: Line(text: "\(id),\(who),x,\(record),\"1\"x", id: nil, isGood: false)
      case 4: Line(text: "\"\(id)\",\(who),x,\"\(record)\",", id: id)
      default: Line(text: "\(id),\(who),x,\(record),", id: id)
      }
    }
  }

  private static func settled(_ count: Int, _ random: inout SplitMix64) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = Int.random(in: 0...3, using: &random)
    while start < count {
      let end = min(count, start + Int.random(in: 1...8, using: &random))
      ranges.append(start..<end)
      start = end + Int.random(in: 1...12, using: &random)
    }
    return ranges
  }

  private struct Trial {
    var lines: [Line]
    var settled: [Range<Int>]
    var run: Cutting
    var cut: RequestCut

    init(_ seed: UInt64, _ cut: RequestCut) throws {
      var random = SplitMix64(seed: seed)
      let count = Int.random(in: 1...250, using: &random)
      lines = RequestCutterModelTests.lines(count, cut.kind, sorted: cut.kind == .folds, &random)
      settled = seed % 3 == 0 ? RequestCutterModelTests.settled(count, &random) : []
      self.cut = cut
      run = try Cutting(
        "id,who,state,v,q\n" + lines.map { $0.text + "\n" }.joined(), cut,
        rows: Int.random(in: 1...40, using: &random), settled: settled, firstSequence: Int(seed % 7),
        window: seed % 2 == 0 ? .max : Int.random(in: 1...6, using: &random))
    }

    var pending: [Int] { lines.indices.filter { record in !settled.contains { $0.contains(record) } } }

    /// Nothing is lost, nothing comes twice, and the sums close at every moment.
    func expectAccounts() {
      #expect(run.records.flatMap { $0 }.sorted() == pending)
      #expect(run.isBalanced && run.cutter.heldRecords == 0)
      let first = run.requests.map(\.sequence).min() ?? 0
      #expect(run.requests.map(\.sequence).sorted() == run.requests.indices.map { $0 + first })
      for request in run.requests {
        #expect(
          request.rows.count + request.rejections.count + request.skippedFiles.count
            == request.records.reduce(0) { $0 + $1.count })
        #expect(request.rows.count <= cut.maximumRows)
        #expect(request.rows.isEmpty || JSONValue(request.body.bytes(0..<request.body.count)) != nil)
        let address = JSONValue(request.address)?["id"]?.text
        #expect(request.rows.allSatisfy { lines[$0.record].id == address && lines[$0.record].isGood })
      }
    }

    /// Requests that share a value come in the order of the source, and the later one waits unless the other is finished.
    func expectOrder() {
      var last: [String: (sequence: Int, record: Int)] = [:]
      // What a request waits for, directly or through others: lines that were rejected wait too.
      var waits: [Int: Set<Int>] = [:]
      for (request, unfinished) in zip(run.requests, run.unfinished) {
        #expect(Set(request.after).count == request.after.count && request.after.allSatisfy { waits[$0] != nil })
        let wait = request.after.reduce(into: Set(request.after)) { $0.formUnion(waits[$1] ?? []) }
        waits[request.sequence] = wait
        var values: Set<String> = []
        for row in request.rows {
          let cells = lines[row.record].text.split(separator: ",", omittingEmptySubsequences: false)
          values.formUnion(cells.prefix(2).map { $0.filter { $0 != "\"" } }.filter { !$0.isEmpty })
        }
        for value in values {
          if let before = last[value] {
            // Between requests of many rows only those of one address are in order.
            if value.hasPrefix("s") { #expect(before.record < request.rows[0].record, "\(value) out of order") }
            #expect(wait.contains(before.sequence) || before.sequence < unfinished, "\(value) does not wait")
          }
          last[value] = (request.sequence, request.rows.last?.record ?? 0)
        }
      }
    }
  }

  @Test(arguments: 0..<60 as Range<UInt64>) func rowsAreEachSentOnce(_ seed: UInt64) throws {
    let trial = try Trial(seed, .rows)
    trial.expectAccounts()
    trial.expectOrder()
    #expect(trial.run.sent.count == trial.pending.filter { trial.lines[$0].isGood }.count)
  }

  @Test(arguments: 100..<160 as Range<UInt64>) func groupsHoldOneAddress(_ seed: UInt64) throws {
    let trial = try Trial(seed, .groups(Int(seed % 9) + 1))
    trial.expectAccounts()
    trial.expectOrder()
    // Two requests of one address and one batch only where the first is full.
    var open: [[UInt8]: Batch] = [:]
    for request in trial.run.requests where !request.rows.isEmpty {
      if let before = open[request.address], before.end == request.end {
        #expect(before.rows.count == trial.cut.maximumRows)
      }
      open[request.address] = request
    }
  }

  @Test(arguments: 200..<320 as Range<UInt64>) func foldsAreWhole(_ seed: UInt64) throws {
    let trial = try Trial(seed, .folds(8))
    trial.expectAccounts()
    trial.expectOrder()
    let lines = trial.lines
    var sent: Set<String> = []
    for request in trial.run.requests where !request.rows.isEmpty {
      let records = request.rows.map(\.record)
      let id = try #require(lines[records[0]].id)
      #expect(sent.insert(id).inserted, "\(id) was sent twice")
      // In a sorted file the lines of an object are all those with its id, with nothing unreadable among or beside them.
      #expect(records == lines.indices.filter { lines[$0].id == id }, "\(id) is not whole")
      for record in [records[0] - 1, records[records.count - 1] + 1] where lines.indices.contains(record) {
        #expect(lines[record].id != nil, "\(id) may have another line")
      }
    }
    // What is whole is sent.
    for id in Set(lines.compactMap(\.id)) {
      let records = lines.indices.filter { lines[$0].id == id }
      let around = records[0] - 1...records[records.count - 1] + 1
      let isClean = around.allSatisfy { record in
        guard lines.indices.contains(record) else { return true }
        return lines[record].id == id ? lines[record].isGood : lines[record].id != nil
      }
      let isPending = records.allSatisfy { record in !trial.settled.contains { $0.contains(record) } }
      if isClean, isPending, records.count <= 8 { #expect(sent.contains(id), "\(id) was not sent") }
    }
  }

  /// A run that is stopped anywhere and resumed sends what one run sends, whatever requests were settled by then.
  @Test(arguments: 400..<440 as Range<UInt64>) func resumedFoldsAreThoseOfOneRun(_ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let lines = Self.lines(120, .folds, sorted: seed % 4 > 0, &random).map(\.text)
    let text = "id,who,state,v,q\n" + lines.map { $0 + "\n" }.joined()
    let whole = try Cutting(text, .folds(8), rows: 10)
    for _ in 0..<12 {
      let settled = whole.requests.filter { _ in Bool.random(using: &random) }
      var records = Set(0..<120).subtracting(settled.flatMap { $0.records.flatMap { Array($0) } })
      var ranges: [Range<Int>] = []
      for record in 0..<120 where !records.contains(record) {
        if ranges.last?.upperBound == record {
          ranges[ranges.count - 1] = ranges[ranges.count - 1].lowerBound..<record + 1
        } else {
          ranges.append(record..<record + 1)
        }
      }
      // Reading begins one record before the first that is open, as a resumed run does.
      let first = max(0, (records.min() ?? 120) - 1)
      let rest = "id,who,state,v,q\n" + lines[first...].map { $0 + "\n" }.joined()
      let run = try Cutting(
        rest, .folds(8), rows: Int.random(in: 1...20, using: &random),
        settled: ranges.filter { $0.upperBound > first }, firstRecord: first)
      let open = whole.requests.filter { !records.isDisjoint(with: $0.records.joined()) }
      let expected = Set(open.filter { !$0.rows.isEmpty }.map(\.address))
      let found = Set(run.requests.filter { !$0.rows.isEmpty }.map(\.address))
      #expect(
        seed % 4 == 0 || found == expected,
        "\(found.symmetricDifference(expected).map { String(decoding: $0, as: UTF8.self) }) \(ranges) \(lines)")
      for request in run.requests where !request.rows.isEmpty {
        #expect(seed % 4 == 0 || whole.sent.contains { Array($0.utf8).starts(with: request.address) })
        for record in request.records.joined() { #expect(records.remove(record) != nil) }
      }
    }
  }
}
