import Checkpoints
import Delivery
import Endpoints
import Jobs
import Pipeline
import Records
import Synchronization
import TestKit
import Testing

/// Uploads that take the place of what is there: all of it or nothing, and never by accident.
@Suite struct ReplaceTests {
  private static func plan(guards: String = "") throws -> ImportPlan {
    try World.plan(
      """
      name: t
      import:
        source: a.csv
        target: collection.import
        settings: { collectionId: 7 }
        map: { item: sku }
      \(guards.isEmpty ? "" : "  guards: { \(guards) }")
      """)
  }

  private struct Upload {
    var stop: RunStop?
    var uploaded: LastUpload?
    var counts: Progress.Counts
    var requests: Int
    var spool: String
    var rejects: String
    var notices: [String]
  }

  /// Runs the plan over `text`; `answer` is told how many requests came before.
  private static func upload(
    _ plan: ImportPlan, _ text: String, _ more: String..., last: LastUpload? = nil, spool: FaultyDisk = FaultyDisk(),
    signal: Int32? = nil,
    _ answer: @escaping @Sendable (Int) -> Result<Answer, TransportFailure> = { _ in imported(0) }
  ) async throws -> Upload {
    let clock = VirtualClock()
    let transport = ScriptedTransport(clock) { answer($0.number - 1) }
    let sources = MemorySources(
      files: ([text] + more).enumerated().map { (["a.csv", "b.csv", "c.csv"][$0], $1) })
    let progress = Progress()
    let disks = Disks()
    let notices = Mutex<[String]>([])
    let ledger = Ledger(
      try Journal(beginning: World.header(plan, sources), in: disks.journal),
      RejectsFile<FaultyDisk>(nil) { () throws(FileFailure) in disks.rejects }, progress: progress,
      clock: VirtualClock())
    let run = ReplaceRun(
      plan, sources.sourceFiles, ledger: ledger, progress: progress, seed: 1, transport: transport, clock: clock,
      last: last, interruption: { signal },
      onEvent: { event in if case .notice(let words) = event { notices.withLock { $0.append(words) } } })
    let body = try #require(RequestMaker(plan, seed: 1).upload)
    let (stop, uploaded) = await run.run(
      SourceWalk(plan, sources.sourceFiles),
      through: UploadSpool(spool, path: "spool", body, limit: plan.endpoint.limits.items),
      writingOn: globalConcurrentExecutor)
    return Upload(
      stop: stop, uploaded: uploaded, counts: progress.current, requests: transport.arrivals.count,
      spool: String(decoding: spool.cached, as: UTF8.self),
      rejects: String(decoding: disks.rejects.cached, as: UTF8.self), notices: notices.withLock { $0 })
  }

  /// The answer to an import of `amount` rows; without one, an answer that says nothing about them.
  private static func imported(_ amount: Int) -> Result<Answer, TransportFailure> {
    let body = amount == 0 ? "{}" : "{\"id\":1,\"amount\":\(amount)}"
    return .success(Answer(status: 200, body: Array(body.utf8)))
  }

  @Test func theWholeSourceGoesAsOneFile() async throws {
    let text = "sku\n" + (0..<10_000).map { "A-\($0)\n" }.joined()
    let done = try await Self.upload(try Self.plan(), text) { _ in Self.imported(10_000) }
    #expect(done.stop == nil && done.requests == 1)
    #expect(done.counts.tally == Tally(read: 10_000, accepted: 10_000))
    #expect(done.spool.contains("\r\n\r\nitem\n\(text.dropFirst(4))\r\n--"))
    #expect(done.uploaded?.rows == 10_000 && done.uploaded?.target == "/v1/collections/7/import")
  }

  @Test func theSameRowsAreUnchangedAndNotSent() async throws {
    let plan = try Self.plan()
    let first = try await Self.upload(plan, "sku\nA\nB\n")
    let again = try await Self.upload(plan, "sku\nA\nB\n", last: first.uploaded)
    #expect(again.stop == nil && again.requests == 0)
    #expect(again.counts.tally == Tally(read: 2, unchanged: 2))
    #expect(again.uploaded == first.uploaded)
    let changed = try await Self.upload(plan, "sku\nA\nC\n", last: first.uploaded)
    #expect(changed.requests == 1 && changed.counts.tally == Tally(read: 2, accepted: 2))
  }

  @Test func requestsOfAnUploadThatFailedAreCounted() async throws {
    let done = try await Self.upload(try Self.plan(), "sku\nA\n") { _ in .success(Answer(status: 401)) }
    #expect(done.stop?.exit == 77 && done.counts.requests == 1 && done.counts.bytesSent > 0)
  }

  @Test func anEmptySourceEmptiesNothing() async throws {
    for text in ["sku\n", ""] {
      let done = try await Self.upload(try Self.plan(), text)
      #expect(done.requests == 0 && done.uploaded == nil && done.counts.tally.isClosed)
      #expect(done.stop != nil)
    }
    #expect(try await Self.upload(try Self.plan(), "sku\n").stop?.exit == 2)
  }

  @Test func aRejectedRowKeepsTheOthersFromReplacingAnything() async throws {
    let text = "sku\nA\n\"\"\nB\n"
    let stopped = try await Self.upload(try Self.plan(), text)
    #expect(stopped.stop?.exit == 2 && stopped.requests == 0)
    #expect(stopped.stop?.reason.contains("guards.maxRejects") == true)
    #expect(stopped.counts.tally == Tally(read: 3, rejected: 1, pending: 2))
    #expect(stopped.rejects.contains("a.csv,3"))
    let allowed = try await Self.upload(try Self.plan(guards: "maxRejects: 1"), text)
    #expect(allowed.stop == nil && allowed.requests == 1)
    #expect(allowed.counts.tally == Tally(read: 3, accepted: 2, rejected: 1))
  }

  @Test func aShrunkenSourceStopsTheRun() async throws {
    let plan = try Self.plan()
    let last = LastUpload(target: plan.target, digest: 1, rows: 5)
    let stopped = try await Self.upload(plan, "sku\nA\nB\n", last: last)
    #expect(stopped.stop?.exit == 2 && stopped.requests == 0 && stopped.counts.tally.pending == 2)
    #expect(stopped.stop?.reason.contains("guards.maxShrink") == true)
    let allowed = try await Self.upload(try Self.plan(guards: "maxShrink: 60%"), "sku\nA\nB\n", last: last)
    #expect(allowed.stop == nil && allowed.requests == 1)
    let elsewhere = LastUpload(target: "/v1/collections/8/import", digest: 1, rows: 5)
    #expect(try await Self.upload(plan, "sku\nA\nB\n", last: elsewhere).requests == 1)
  }

  @Test func moreRowsThanTheAPITakesAreNotSent() async throws {
    var plan = try Self.plan()
    plan.endpoint.limits.items = 3
    let done = try await Self.upload(plan, "sku\nA\nB\nC\nD\n")
    #expect(done.stop?.exit == 2 && done.requests == 0 && done.counts.tally.pending == 4)
  }

  @Test func linesTheServerNamesAreRejectedAndNothingElseIsDone() async throws {
    let done = try await Self.upload(try Self.plan(), "sku\nA\nB\nC\n") { _ in
      let error = #"{"message":"bad file","errors":[{"title":"no","details":"B is bad","source":{"line":"3"}}]}"#
      return .success(Answer(status: 400, body: Array(error.utf8)))
    }
    #expect(done.stop?.exit == 2 && done.uploaded == nil)
    #expect(done.counts.tally == Tally(read: 3, rejected: 1, pending: 2))
    #expect(done.rejects.contains("B,a.csv,3,") && done.rejects.contains("B is bad"))
  }

  @Test(arguments: [1, 2, 4]) func aCountThatIsNotThatOfTheFileStopsTheRun(_ amount: Int) async throws {
    let done = try await Self.upload(try Self.plan(), "sku\nA\nB\nC\n") { _ in Self.imported(amount) }
    #expect(done.stop?.exit == 2 && done.uploaded == nil && done.counts.requests == 1)
    #expect(done.stop?.reason.contains("says that \(amount) values were imported where it has 3") == true)
    #expect(done.counts.tally == Tally(read: 3, pending: 3))
  }

  @Test func aValueThatIsThereTwiceIsImportedOnce() async throws {
    var plan = try Self.plan()
    plan.rules.maximumRows = 2
    let done = try await Self.upload(plan, "sku\nA\nB\n", "sku\nC\nD\nA\n", "sku\nF\n") { _ in Self.imported(5) }
    #expect(done.stop == nil && done.counts.tally == Tally(read: 6, accepted: 5, unchanged: 1))
    #expect(
      done.counts.tallies == [
        FileTally(file: 0, tally: Tally(read: 2, accepted: 2)),
        FileTally(file: 1, tally: Tally(read: 3, accepted: 3)),
        FileTally(file: 2, tally: Tally(read: 1, unchanged: 1)),
      ])
  }

  @Test func aLostAnswerIsAskedForAgain() async throws {
    let done = try await Self.upload(try Self.plan(), "sku\nA\nB\n") { before in
      before == 0 ? .failure(TransportFailure(.unknown, "reset")) : Self.imported(2)
    }
    #expect(done.stop == nil && done.requests == 2 && done.counts.retries == 1)
    #expect(done.counts.tally == Tally(read: 2, accepted: 2))
  }

  @Test func aFullDiskStopsBeforeAnythingIsSent() async throws {
    let text = "sku\n" + (0..<100_000).map { "A-\($0)\n" }.joined()
    for operation in 1...3 {
      let done = try await Self.upload(try Self.plan(), text, spool: FaultyDisk(failingAt: operation))
      #expect(done.stop?.exit == 75 && done.requests == 0 && done.uploaded == nil)
      #expect(done.counts.tally.isClosed)
    }
  }

  @Test func anInterruptionStopsBeforeAnythingIsSent() async throws {
    let done = try await Self.upload(try Self.plan(), "sku\nA\nB\n", signal: 15)
    #expect(done.stop == .interrupted(signal: 15) && done.requests == 0)
    #expect(done.counts.tally.isClosed && done.counts.tally.accepted == 0)
  }

  @Test func whatWasUploadedIsReadBackUnlessItIsDamaged() throws {
    let upload = LastUpload(target: "/v1/collections/7/import?x=1 2", digest: 0xA1B2, rows: 12)
    #expect(LastUpload(parsing: upload.text) == upload)
    for index in upload.text.indices {
      var damaged = upload.text
      damaged[index] ^= 1
      #expect(LastUpload(parsing: damaged) == nil, "\(index)")
      #expect(LastUpload(parsing: Array(upload.text[..<index])) == nil, "\(index)")
    }
  }
}
