import Checkpoints
import Delivery
import Endpoints
import Pipeline
import Records
import Testing

@Suite struct ExportRunTests {
  private static let effects = "source: effects\nsettings: { applicationId: 270 }\ntarget: x.csv\n"
  private static let sliced = effects + "window: { since: 30d, slice: 1000s }\n"
  private static let items = "source: catalog-items\nsettings: { catalogId: 3 }\ntarget: x.ndjson\n"

  /// One row a hundred seconds, given out with bounds that include both ends.
  private static func answer(_ read: ScriptedReads.Read) -> ScriptedReads.Reply {
    let bounds = read.target.split(whereSeparator: { "&?".contains($0) }).compactMap { part in
      part.hasPrefix("created") ? Moment.seconds(String(part.drop { $0 != "=" }.dropFirst())) : nil
    }
    let rows = stride(from: 0, to: 3000, by: 100).filter { bounds.count == 2 && bounds[0] <= $0 && $0 <= bounds[1] }
    return .body("created,name\n" + rows.map { "\(Timestamp.rfc3339(seconds: $0)),r\($0)\n" }.joined())
  }

  private static let whole =
    "created,name\n"
    + stride(from: 0, to: 3000, by: 100).map { "\(Timestamp.rfc3339(seconds: $0)),r\($0)\n" }.joined()

  @Test func slicesAreAskedForWithASecondToSpareAndAtTheApisPace() async throws {
    let scene = try await ExportScene.run(ExportScene.plan(Self.sliced), Self.answer)
    #expect(scene.stop == nil && scene.output.text == Self.whole)
    #expect(scene.summary.tally == Tally(read: 32, accepted: 30, skipped: 2))
    #expect(scene.reads.map(\.at) == [0, 333_333_334, 666_666_668])
    #expect(
      scene.reads[1].target == "/v1/applications/270/export_effects?dateFormat=ISO8601"
        + "&createdAfter=1970-01-01T00:16:39Z&createdBefore=1970-01-01T00:33:21Z")
  }

  /// Wherever an execution ends, the next one goes on and the output is the same.
  @Test func resumedAfterAnyWriteTheOutputIsTheSame() async throws {
    let plan = try ExportScene.plan(Self.sliced)
    for failing in 1...4 {
      let first = try await ExportScene.run(plan, failingAt: failing, Self.answer)
      guard case .storage(let reason)? = first.stop else {
        Issue.record("a full disk went unnoticed at write \(failing)")
        continue
      }
      #expect(reason.contains("No space left"))
      let parts = try ExportJournalCodec.recover(first.journal)?.nextSequence ?? 0
      let second = try await ExportScene.run(plan, after: first, Self.answer)
      #expect(second.stop == nil && second.output.text == Self.whole, "after write \(failing)")
      #expect(second.reads.count == 3 - parts)
      #expect(second.summary.tally == Tally(read: 32, accepted: 30, skipped: 2))
    }
  }

  /// The first slice is empty, and the run ends between the journal's word on the columns and the header line.
  @Test func aHeaderLineThatWasJournaledAndNotWrittenIsWrittenByTheNextExecution() async throws {
    let plan = try ExportScene.plan(Self.sliced)
    let script = { @Sendable (read: ScriptedReads.Read) -> ScriptedReads.Reply in
      read.target.contains("createdAfter=1969-12-31T23:59:59Z") ? .body("") : Self.answer(read)
    }
    let calm = try await ExportScene.run(plan, script)
    let first = try await ExportScene.run(plan, failingAt: 1, script)
    let past = try #require(try ExportJournalCodec.recover(first.journal))
    #expect(past.columns != nil && past.last?.outputBytes == 0)
    let second = try await ExportScene.run(plan, after: first, script)
    #expect(second.stop == nil && second.output.text == calm.output.text)
    #expect(second.output.text.hasPrefix("created,name\n1970-01-01T00:16:40Z"))
  }

  @Test func aSignalStopsTheRunAndWhatIsJournaledStays() async throws {
    let plan = try ExportScene.plan(Self.sliced)
    let first = try await ExportScene.run(plan, signalAfter: 2, Self.answer)
    #expect(first.stop == .interrupted(signal: 2))
    #expect(first.summary.parts == 1)
    let second = try await ExportScene.run(plan, after: first, Self.answer)
    #expect(second.output.text == Self.whole && second.reads.count == 2)
  }

  @Test func aPartWhoseSumsDoNotCloseIsAnErrorOfOurs() {
    #expect(ExportPart(sequence: 3, tally: Tally(read: 6, accepted: 3, rejected: 1, skipped: 2)).leak == nil)
    for tally in [Tally(read: 6, accepted: 5), Tally(read: 1, accepted: 2), Tally(read: 0, accepted: 1, rejected: -1)] {
      let leak = ExportPart(sequence: 3, tally: tally).leak
      #expect(leak?.exit == 70 && leak?.reason.hasPrefix("the sums of part 3 do not close: ") == true)
    }
  }

  @Test func whatMayPassIsAskedForAgainAndRetryAfterIsObeyed() async throws {
    let scene = try await ExportScene.run(ExportScene.plan(Self.sliced)) { read in
      switch read.number {
      case 1: .answer(Say.status(503))
      case 2: .answer(.failure(TransportFailure(.unknown, "half an answer")))
      case 3: .answer(Say.status(429, retryAfter: "100"))
      case 4: .body("<html>\nexcuses\n")
      default: Self.answer(read)
      }
    }
    #expect(scene.stop == nil && scene.output.text == Self.whole)
    #expect(scene.summary.requests == 7 && scene.summary.retries == 4)
    #expect(scene.reads[3].at - scene.reads[2].at >= 100_000_000_000)
  }

  @Test func whatWillNotPassEndsTheRun() async throws {
    let plan = try ExportScene.plan(Self.sliced + "delivery: { attempts: 3 }")
    let exits = [401: Int32(77), 403: 77, 404: 78, 400: 78, 500: 75, 302: 70]
    for (status, exit) in exits {
      let scene = try await ExportScene.run(plan) { _ in .answer(Say.status(status)) }
      #expect(scene.stop?.exit == exit, "\(status)")
      #expect(scene.reads.count == (status == 500 ? 3 : 1))
      #expect(scene.output.bytes.isEmpty)
    }
  }

  @Test func headersThatChangeBetweenSlicesAreBroughtInLine() async throws {
    let scene = try await ExportScene.run(ExportScene.plan(Self.sliced)) { read in
      switch read.number {
      case 1: .body("created,name\n1970-01-01T00:00:01Z,a\n")
      case 2: .body("Name,store_id,CREATED\nb,7,1970-01-01T00:20:00Z\n")
      default: .body("")
      }
    }
    #expect(scene.output.text == "created,name\n1970-01-01T00:00:01Z,a\n1970-01-01T00:20:00Z,b\n")
    #expect(scene.summary.unknownColumns == ["store_id"])
  }

  @Test(arguments: ["\n", "\r\n\r\n", "\u{FEFF}"]) func aBlankAnswerHoldsNothing(blank: String) async throws {
    let scene = try await ExportScene.run(ExportScene.plan(Self.sliced)) { read in
      read.number == 2 ? Self.answer(read) : .body(blank)
    }
    #expect(scene.stop == nil && scene.reads.count == 3)
    #expect(scene.output.text.hasPrefix("created,name\n1970-01-01T00:16:40Z") && scene.summary.tally.accepted == 10)
  }

  @Test func aListEndsOnAnEmptyPageAndWritesNoIdTwice() async throws {
    let scene = try await ExportScene.run(ExportScene.plan(Self.items), window: nil, filter: Self.noneTwice()) { read in
      switch read.number {
      case 1: .body(#"{"hasMore":true,"data":[{"id":1},{"id":2}]}"#)
      case 2: .body(#"{"hasMore":true,"data":[{"id":2},{"id":3}]}"#)
      case 3: .body("{}")
      default: .body(#"{"hasMore":true,"data":[]}"#)
      }
    }
    #expect(scene.output.text == "{\"id\":1}\n{\"id\":2}\n{\"id\":3}\n")
    #expect(scene.summary.tally == Tally(read: 4, accepted: 3, skipped: 1))
    #expect(
      scene.reads.map { $0.target.split(separator: "?")[1] }
        == ["pageSize=1000&skip=0", "pageSize=1000&skip=2", "pageSize=1000&skip=4", "pageSize=1000&skip=4"])
  }

  private static func noneTwice() -> ExportFilter {
    let filter = ExportFilter(id: "id")
    filter.dropsRepeats = true
    filter.rememberFrom = .min
    return filter
  }

  @Test func aListThatOnlyRepeatsItselfIsGivenUp() async throws {
    let scene = try await ExportScene.run(ExportScene.plan(Self.items), window: nil, filter: Self.noneTwice()) { read in
      .body("{\"hasMore\":\(read.number < 1000),\"data\":[{\"id\":1},{\"id\":2}]}")
    }
    guard case .unexpected(let reason)? = scene.stop else {
      Issue.record("a list without an end ended as \(String(describing: scene.stop))")
      return
    }
    #expect(reason.contains("100 pages in a row") && reason.contains("proxy"))
    #expect(scene.reads.count == 101 && scene.output.text == "{\"id\":1}\n{\"id\":2}\n")
  }

  /// Ninety-nine pages that are pushed on by what comes in, and then one that is new.
  @Test func aListThatGoesOnInTimeIsReadToItsEnd() async throws {
    let scene = try await ExportScene.run(ExportScene.plan(Self.items), window: nil, filter: Self.noneTwice()) { read in
      .body("{\"hasMore\":\(read.number < 250),\"data\":[{\"id\":\(read.number / 100)}]}")
    }
    #expect(scene.stop == nil && scene.reads.count == 250)
    #expect(scene.output.text == "{\"id\":0}\n{\"id\":1}\n{\"id\":2}\n")
  }

  @Test func keysAreEncodedAndThoseNotFoundAreRejected() async throws {
    let plan = try ExportScene.plan(
      "source: customer-inventory\ntarget: x.csv\nkeys: { source: k.csv, column: id }\nsettings: { profile: false }")
    let keys = "id,x\na/b %ü,1\nnobody,2\n,3\n\"q\"\"\",4\n"
    let scene = try await ExportScene.run(plan, window: nil, keys: keys) { read in
      read.target.contains("nobody") ? .answer(Say.status(404, "gone")) : .body("{\"coupons\":[1,2]}")
    }
    #expect(scene.stop == nil)
    #expect(
      scene.output.text == """
        integrationId,profile,loyalty,referrals,coupons,giveaways,achievements
        a/b %ü,,,,"[1,2]",,
        "q""\",,,,"[1,2]",,

        """)
    #expect(
      scene.reads.contains { $0.target.hasPrefix("/v1/customer_profiles/a%2Fb%20%25%C3%BC/inventory?profile=false&") })
    #expect(scene.summary.tally == Tally(read: 4, accepted: 2, rejected: 2))
    #expect(scene.rejects.contains("nobody,2,k.csv,3,id,HTTP 404: gone,\n"))
    #expect(scene.rejects.contains(",3,k.csv,4,id,the key is missing,\n"))
  }

  /// JSON that is sound and that no output takes: a name twice, the key's own among them, or names by the thousand.
  @Test(arguments: [
    #"{"coupons":1,"coupons":2}"#, #"{"integrationId":"other"}"#,
    "{" + (0..<1100).map { "\"a\($0)\":1" }.joined(separator: ",") + "}",
  ]) func anAnswerThatCannotBeWrittenRejectsItsKey(answer: String) async throws {
    let plan = try ExportScene.plan(
      "source: customer-inventory\ntarget: x.ndjson\nkeys: { source: k.csv, column: id }")
    let scene = try await ExportScene.run(plan, window: nil, keys: "x,id\n1,a\n2,b\n3,c\n") { read in
      .body(read.target.contains("/b/") ? answer : "{}")
    }
    #expect(scene.stop == nil && scene.summary.tally == Tally(read: 3, accepted: 2, rejected: 1))
    #expect(scene.output.text == "{\"integrationId\":\"a\"}\n{\"integrationId\":\"c\"}\n")
    #expect(scene.rejects.contains("\n2,b,k.csv,3,id,the answer cannot be read: invalid JSON: "))
  }

  /// Ten answers of a mebibyte are no part: what is in memory stays bounded, and the order is that of the keys.
  @Test func longAnswersEndAPartEarly() async throws {
    let plan = try ExportScene.plan(
      "source: customer-inventory\ntarget: x.ndjson\nkeys: { source: k.csv, column: id }")
    let long = String(repeating: "x", count: 1 << 20)
    let keys = "id\n" + (0..<10).map { "k\($0)\n" }.joined()
    let whole = (0..<10).map { "{\"integrationId\":\"k\($0)\",\"profile\":\"\(long)\"}\n" }.joined()
    let script = { @Sendable (_: ScriptedReads.Read) in ScriptedReads.Reply.body("{\"profile\":\"\(long)\"}") }
    let calm = try await ExportScene.run(plan, window: nil, keys: keys, script)
    #expect(calm.stop == nil && calm.summary.parts == 2 && calm.output.text == whole)
    let first = try await ExportScene.run(plan, window: nil, keys: keys, signalAfter: 9, script)
    #expect(first.stop == .interrupted(signal: 2) && first.summary.last?.next == 7)
    let second = try await ExportScene.run(plan, window: nil, after: first, keys: keys, script)
    #expect(second.stop == nil && second.output.text == whole && second.reads.count == 3)
  }

  /// A server that says "in a day" to one read and "never" to another is not waited for by the first.
  @Test func whenOneReadGivesUpTheOthersDoNotWaitForTheServer() async throws {
    let plan = try ExportScene.plan(
      "source: customer-inventory\ntarget: x.csv\nkeys: { source: k.csv, column: id }\ndelivery: { window: 4 }")
    let scene = try await ExportScene.run(plan, window: nil, keys: "id\na\nb\nc\nd\ne\nf\n") { read in
      read.target.contains("/a/") ? .answer(Say.status(429, retryAfter: "86400")) : .answer(Say.status(401))
    }
    #expect(scene.stop != nil)
    #expect(scene.reads.allSatisfy { $0.at < 86_400_000_000_000 })
    #expect(scene.summary.requests == scene.reads.count)
  }

  @Test func requestsOfAReadThatCameToNothingAreCounted() async throws {
    let plan = try ExportScene.plan(Self.sliced + "delivery: { attempts: 3 }")
    let scene = try await ExportScene.run(plan) { _ in .answer(Say.status(500)) }
    #expect(scene.summary.requests == 3 && scene.summary.retries == 2)
  }
}
