import Checkpoints
import Delivery
import Endpoints
import Jobs
import Pipeline
import Platform
import Records
import Sandbox
import Settings

/// Everything one run needs, opened in the right order and closed again.
struct RunSession {
  /// Why a run could not begin: the words, and the exit status.
  struct Refusal: Error {
    var exit: Int32
    var words: String

    init(exit: Int32, words: String) {
      self.exit = exit
      self.words = words
    }

    /// A disk that is full may have room later; a wrong path has to be mended.
    init(_ failure: FileFailure) { self.init(exit: failure.isLasting ? 78 : 75, words: "\(failure)") }
  }

  let options: RunOptions
  let mode: RunMode
  private let clock = SystemClock()

  init(_ options: RunOptions, mode: RunMode) {
    self.options = options
    self.mode = mode
  }

  /// Runs the job and answers the exit status.
  func run(jobAt path: String) async -> Int32 {
    let job: AnyJob
    switch JobLoader.load(path) {
    case .failure(let failure):
      Terminal.err(failure.words)
      try? write(.refused(job: path, Refusal(exit: 78, words: failure.words)))
      return 78
    case .success(let loaded): job = loaded
    }
    if !options.quiet { Terminal.err(job.warnings.map { "\(path):\($0)\n" }.joined()) }
    do throws(Refusal) {
      try checkReport()
      switch job {
      case .imports(let job): return try await run(job)
      case .exports(let job): return try await ExportSession(options, mode: mode).run(job)
      }
    } catch {
      Terminal.err("ferry: \(job.name): \(error.words)\n")
      // A report of an earlier run must not be taken for this one's.
      try? write(.refused(job: job.name, error))
      return error.exit
    }
  }

  private func run(_ job: Job) async throws(Refusal) -> Int32 {
    let began = clock.now
    let state = StateFolder(root: options.stateFolder, job: job.name)
    let id = state.newRun(at: clock.wall / 1_000_000_000)
    let lock = try state.lock(for: id, at: clock.wall / 1_000_000_000)
    defer { withExtendedLifetime(lock) {} }
    var plan = job.plan
    if plan.replaces, options.limit != nil {
      throw Refusal(
        exit: 64, words: "--limit would put the first rows in place of everything that is there; leave it out")
    }
    if mode == .retry { plan = try state.retrying(plan) }
    let paths = try sourcePaths(plan)
    let identities = try identities(of: paths)
    let seconds = clock.wall / 1_000_000_000
    let server = try await startSandbox(job)
    do throws(Refusal) {
      let connection = try connection(for: job, sandbox: server?.url)
      let place = options.server(connection)
      let past = try state.past(of: plan, sources: identities, server: place, mode: mode)?
        .trusting { $0.isProtected(at: seconds) }
      if let past, options.limit != nil {
        throw Refusal(
          exit: 64,
          words: "run \(past.header.run) was interrupted and would end at --limit as if its source did; finish it "
            + "without --limit, or start over with --fresh")
      }
      // A sandbox has forgotten what it was sent the last time.
      if past == nil, mode == .automatic, plan.endpoint.safety == .unsafe, !options.sandbox,
        let doubt = state.doubt(before: id, in: identities)
      {
        throw Refusal(
          exit: 2,
          words:
            "run \(doubt.run) left \(doubt.rows.counted("row")) of this very source in doubt, and sending them again "
            + "may double them; settle them with 'ferry resolve \(doubt.run)', or send every row again with --fresh")
      }
      let header = RunHeader(
        run: id, job: job.name, jobDigest: plan.digest, endpoint: plan.endpoint.name,
        started: clock.wall / 1_000_000_000, sources: identities,
        format: plan.format?.word ?? "", tool: Version.current, server: place)
      let exit = try await execute(plan, paths, connection, header, past, state, began: began)
      try? await server?.stop()
      return exit
    } catch {
      try? await server?.stop()
      throw error
    }
  }

  private func execute(
    _ plan: ImportPlan, _ paths: [String], _ connection: Connection, _ header: RunHeader, _ past: Recovery?,
    _ state: StateFolder, began: Int
  ) async throws(Refusal) -> Int32 {
    let run = past?.header.run ?? header.run
    let progress = Progress()
    if let past {
      progress.update {
        $0.tallies = past.tallies
        $0.requests = past.requests
        $0.retries = past.retries
        $0.bytesSent = past.bytesSent
      }
    }
    let total = header.sources.allSatisfy(\.isRegular) ? header.sources.reduce(0) { $0 + $1.bytes } : nil
    progress.update { $0.sourceTotal = total }
    let isCSV = if case .csv = plan.format ?? paths.first.flatMap(SourceFormat.init(path:)) { true } else { false }
    let rejectsPath = state.rejects(run, isCSV: isCSV)
    let ledger = try openLedger(header, past, state, rejectsPath, progress)
    guard let transport = CurlTransport(connection, window: plan.window) else {
      throw Refusal(exit: 70, words: CurlLibrary.failure ?? "libcurl gives no handle")
    }
    defer { transport.stop() }
    let printer = Printer(options, job: plan.name, progress: progress, began: began, clock: clock)
    printer.show(.started(run: run.text, job: plan.name, resumedAfter: past.map { $0.accounted.count }))
    if past == nil, plan.endpoint.safety.needsIntent, let doubt = state.doubt(before: run) {
      printer.show(
        .notice(
          "run \(doubt.run) has \(doubt.rows) rows in doubt, which this run knows nothing of; "
            + "'ferry resolve \(doubt.run)' lists them"))
    }
    Interrupts.shared.isGraceful = true
    let sourceFiles = SourceFiles(paths: paths, open: SourceFile.open)
    let start = past.map { $0.position(notAfter: plan.firstRecord(missing: $0.accounted.firstMissing)) } ?? .start
    var walk = SourceWalk(
      plan, sourceFiles, from: start,
      settled: past?.accounted ?? RecordRanges(), firstSequence: past?.nextSequence ?? 0,
      recordLimit: options.limit ?? .max)
    walk.hasRejects = (past?.rejectsBytes ?? 0) > 0
    printer.begin()
    let stop: RunStop?
    if plan.replaces {
      let replacing = ReplaceRun(
        plan, sourceFiles, ledger: ledger, progress: progress, seed: run.seed, transport: transport, clock: clock,
        // A sandbox has forgotten what it was sent the last time.
        last: mode == .fresh || options.sandbox ? nil : state.lastUpload(to: header.server),
        announce: { () throws(FileFailure) in try state.expectUpload(to: header.server) },
        interruption: { Interrupts.shared.signal },
        onEvent: { printer.show($0) })
      stop = try await replace(with: replacing, plan, walk, run, state, to: header.server)
    } else {
      let importRun = ImportRun(
        plan, sourceFiles, ledger: ledger, progress: progress, seed: run.seed,
        // Whoever says --resume has looked at what a guard counted so far.
        earlier: mode == .resume ? Tally() : past?.tally ?? Tally(), keys: past?.repeatedKeys ?? [:],
        transport: transport, clock: clock, interruption: { Interrupts.shared.signal }, onEvent: { printer.show($0) })
      stop = await importRun.run(walk, writingOn: ThreadExecutor(named: "journal"), deliveringOn: transport)
    }
    await printer.end()
    let report = makeReport(plan, run, stop, progress.current, paths, rejectsPath, past, began: began)
    ledger.end(Ending(status: report.status.rawValue, exit: Int(report.exit), at: clock.wall / 1_000_000_000))
    printer.finish(report)
    try write(report)
    return report.exit
  }

  /// Uploads what takes the place of what is there, and remembers it for the next time.
  private func replace(
    with replacing: ReplaceRun<JournalFile>, _ plan: ImportPlan, _ walk: consuming SourceWalk, _ run: RunID,
    _ state: StateFolder, to server: String
  ) async throws(Refusal) -> RunStop? {
    guard let upload = RequestMaker(plan, seed: run.seed).upload else { return nil }
    let path = state.spool(run)
    Folder.remove(path)
    defer { Folder.remove(path) }
    let file: JournalFile
    do throws(FileFailure) {
      file = try JournalFile(path, isNew: true)
    } catch {
      throw Refusal(exit: 75, words: "\(error)")
    }
    let (stop, uploaded) = await replacing.run(
      walk, through: UploadSpool(file, path: path, upload, limit: plan.endpoint.limits.items),
      writingOn: ThreadExecutor(named: "journal"))
    if let uploaded { try state.remember(uploaded, to: server) }
    return stop
  }

  private func openLedger(
    _ header: RunHeader, _ past: Recovery?, _ state: StateFolder, _ rejectsPath: String, _ progress: Progress
  ) throws(Refusal) -> Ledger<JournalFile> {
    if let past, (Folder.size(of: rejectsPath) ?? 0) < past.rejectsBytes {
      throw Refusal(
        exit: 2,
        words:
          "the rejects of run \(past.header.run), \(rejectsPath), are gone or shorter than they were; restore them, "
          + "or start over with --fresh")
    }
    do throws(FileFailure) {
      if let past {
        var rejects: JournalFile? = nil
        if past.rejectsBytes > 0 {
          var file = try JournalFile(rejectsPath, isNew: false)
          try file.truncate(to: past.rejectsBytes)
          rejects = consume file
        } else {
          Folder.remove(rejectsPath)
        }
        let journal = try Journal(
          resuming: past, at: clock.wall / 1_000_000_000, from: past.resumePosition,
          in: JournalFile(state.journal(past.header.run), isNew: false))
        let file = RejectsFile(rejects, length: past.rejectsBytes) { () throws(FileFailure) in
          try JournalFile(rejectsPath, isNew: true)
        }
        return Ledger(journal, file, progress: progress, clock: clock)
      }
      let journal = try Journal(beginning: header, in: JournalFile(state.journal(header.run), isNew: true))
      let file = RejectsFile<JournalFile>(nil) { () throws(FileFailure) in try JournalFile(rejectsPath, isNew: true) }
      return Ledger(journal, file, progress: progress, clock: clock)
    } catch {
      throw Refusal(exit: 75, words: "\(error)")
    }
  }

  private func makeReport(
    _ plan: ImportPlan, _ run: RunID, _ stop: RunStop?, _ counts: Progress.Counts, _ paths: [String],
    _ rejectsPath: String, _ past: Recovery?, began: Int
  ) -> RunReport {
    let rows = counts.tally
    let elapsed = Double(clock.now - began) / 1e9
    let isClean = rows.rejected == 0 && rows.inDoubt == 0
    return RunReport(
      job: plan.name, run: run.text, status: stop?.status ?? (isClean ? .completed : .partial),
      exit: stop?.exit ?? (isClean ? 0 : 1), reason: stop?.reason, isResumed: past != nil, rows: rows,
      files: counts.tallies.compactMap { paths.indices.contains($0.file) ? (paths[$0.file], $0.tally) : nil },
      requests: counts.requests, retries: counts.retries, bytesSent: counts.bytesSent, elapsedSeconds: elapsed,
      rowsPerSecond: elapsed > 0 ? Double(counts.readNow) / elapsed : 0,
      peakMemoryBytes: ProcessUsage.peakMemoryBytes, rejectsFile: rows.rejected > 0 ? rejectsPath : nil)
  }

  /// Looks before anything is sent whether the report can be written where it is to be.
  private func checkReport() throws(Refusal) {
    guard let path = options.report else { return }
    let folder = Folder.parent(of: path)
    guard Folder.isWritable(folder), !Folder.isFolder(path) else {
      throw Refusal(
        exit: 64, words: "--report: \(path) cannot be written; \(folder) must be a folder, and \(path) none")
    }
  }

  func write(_ report: RunReport) throws(Refusal) {
    guard let path = options.report else { return }
    do throws(FileFailure) {
      try Folder.replace(path, with: Array(report.json.utf8))
    } catch {
      throw Refusal(exit: report.exit == 0 ? 75 : report.exit, words: "the report cannot be written: \(error)")
    }
  }
}

extension RunReport {
  /// The report of a run that could not begin.
  fileprivate static func refused(job: String, _ refusal: RunSession.Refusal) -> RunReport {
    RunReport(
      job: job, run: "", status: refusal.exit == 2 ? .guarded : .stopped, exit: refusal.exit, reason: refusal.words,
      isResumed: false, rows: Tally(), files: [], requests: 0, retries: 0, bytesSent: 0, elapsedSeconds: 0,
      rowsPerSecond: 0, peakMemoryBytes: ProcessUsage.peakMemoryBytes, rejectsFile: nil)
  }
}
