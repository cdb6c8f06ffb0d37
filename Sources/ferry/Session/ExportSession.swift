import Checkpoints
import Delivery
import Endpoints
import Jobs
import Pipeline
import Platform
import Records
import Sandbox
import Settings

/// Everything one export needs, opened in the right order and closed again.
struct ExportSession: Sendable {
  typealias Refusal = RunSession.Refusal

  let options: RunOptions
  let mode: RunMode
  let clock = SystemClock()

  init(_ options: RunOptions, mode: RunMode) {
    self.options = options
    self.mode = mode
  }

  /// Runs the export and answers the exit status.
  func run(_ job: ExportJob) async throws(Refusal) -> Int32 {
    if options.limit != nil { throw Refusal(exit: 64, words: "--limit is for imports; bound an export with 'window'") }
    if mode == .retry { throw Refusal(exit: 64, words: "retry is for imports; run the export again") }
    let began = clock.now
    let wall = clock.wall / 1_000_000_000
    let state = StateFolder(root: options.stateFolder, job: job.name)
    let id = state.newRun(at: wall)
    let lock = try state.lock(for: id, at: wall)
    defer { withExtendedLifetime(lock) {} }
    let server = try await startSandbox(job)
    do throws(Refusal) {
      var plan = job.plan
      if server != nil { plan.requestsPerSecond = nil }
      let connection = try RunSession.connection(job.connection, for: plan.endpoint.api, sandbox: server?.url)
      let exit = try await execute(plan, connection, id, state, began: began)
      try? await server?.stop()
      return exit
    } catch {
      try? await server?.stop()
      throw error
    }
  }

  private func execute(
    _ plan: ExportPlan, _ connection: Connection, _ id: RunID, _ state: StateFolder, began: Int
  ) async throws(Refusal) -> Int32 {
    let progress = Progress()
    let printer = Printer(options, job: plan.name, progress: progress, began: began, clock: clock)
    var opening = ExportOpening(
      plan, state, id, at: clock.wall / 1_000_000_000, server: options.server(connection), mode: mode
    ) {
      printer.show(.note($0))
    }
    let opened = try opening.open()
    guard let transport = CurlTransport(connection, window: plan.inFlight) else {
      throw Refusal(exit: 70, words: CurlLibrary.failure ?? "libcurl gives no handle")
    }
    defer { transport.stop() }
    if let past = opened.past {
      progress.update {
        $0.tallies = [FileTally(file: 0, tally: past.tally)]
        $0.requests = past.requests
        $0.retries = past.retries
      }
    }
    Interrupts.shared.isGraceful = true
    let world = ExportWorld(
      transport: transport, clock: clock, spool: { isLong throws(FileFailure) in try makeSpool(isLong, state) },
      open: { path throws(SourceFailure) in try SourceFile.open(path) },
      interruption: { Interrupts.shared.signal }, onEvent: { printer.show($0) })
    let run = ExportRun(
      plan, opened.header, past: opened.past, filter: opened.filter, output: opened.output, ledger: opened.ledger,
      progress: progress, world: world)
    printer.begin()
    let result = await run.run()
    await printer.end()
    var ending = try finish(result, plan, opened, state)
    var report = makeReport(ending, plan, opened, progress.current, state, began: began)
    do throws(FileFailure) {
      let at = clock.wall / 1_000_000_000
      try opened.ledger.end(Ending(status: report.status.rawValue, exit: Int(report.exit), at: at))
      if ending.stop == nil { state.keepIDs(of: opened.header) }
    } catch {
      // The next run must learn from the journal where this one ended, so without its last line it did not.
      ending.stop = ending.stop ?? .storage("\(error)")
      report = makeReport(ending, plan, opened, progress.current, state, began: began)
    }
    printer.finish(report)
    try RunSession(options, mode: mode).write(report)
    return report.exit
  }

  private func makeSpool(_ isLong: Bool, _ state: StateFolder) throws(FileFailure) -> any Spool {
    let isStopped = { @Sendable in Interrupts.shared.signal != nil }
    return isLong ? try SpoolFile(in: state.folder, isStopped: isStopped) : MemorySpool(isStopped: isStopped)
  }

  /// Puts a whole output in its place, the manifest beside it.
  private func finish(
    _ result: Result<ExportSummary, ExportEnd>, _ plan: ExportPlan, _ opened: ExportOpening.Opened, _ state: StateFolder
  ) throws(Refusal) -> (stop: RunStop?, summary: ExportSummary) {
    let summary: ExportSummary
    switch result {
    case .failure(let end): return (end.stop, end.summary)
    case .success(let whole): summary = whole
    }
    do throws(FileFailure) {
      if !opened.isPublished { try ExportOutput.publish(opened.temporary, as: opened.target) }
      let manifest = ExportManifest(opened.header, plan, summary, finished: clock.wall / 1_000_000_000)
      try Folder.replace("\(opened.target).manifest.json", with: Array(manifest.json.utf8))
    } catch {
      return (.storage("\(error)"), summary)
    }
    return (nil, summary)
  }

  private func makeReport(
    _ ending: (stop: RunStop?, summary: ExportSummary), _ plan: ExportPlan, _ opened: ExportOpening.Opened,
    _ counts: Progress.Counts, _ state: StateFolder, began: Int
  ) -> RunReport {
    let rows = ending.summary.tally
    let elapsed = Double(clock.now - began) / 1e9
    let isClean = rows.rejected == 0
    var report = RunReport(
      job: plan.name, run: opened.header.run.text, status: ending.stop?.status ?? (isClean ? .completed : .partial),
      exit: ending.stop?.exit ?? (isClean ? 0 : 1), reason: ending.stop?.reason, isResumed: opened.past != nil,
      rows: rows, files: [(opened.target, rows)], requests: ending.summary.requests,
      retries: ending.summary.retries, bytesSent: 0, elapsedSeconds: elapsed,
      rowsPerSecond: elapsed > 0 ? Double(counts.readNow) / elapsed : 0,
      peakMemoryBytes: ProcessUsage.peakMemoryBytes,
      rejectsFile: rows.rejected > 0 ? opened.rejectsPath : nil)
    report.output = RunReport.Output(
      path: opened.target, bytes: ending.summary.last?.outputBytes ?? 0, bytesReceived: ending.summary.bytesReceived)
    return report
  }

  /// A sandbox that has what the job names, and something to export.
  private func startSandbox(_ job: ExportJob) async throws(Refusal) -> SandboxServer? {
    guard options.sandbox else { return nil }
    var configuration = SandboxConfiguration()
    configuration.sampleData = 20_000
    // The same rows all day long, the last of them from last night.
    configuration.sampleEnd = clock.wall / 1_000_000_000 / 86_400 * 86_400
    configuration.managementPace = 0
    if let catalog = job.ids["catalogId"] { configuration.account.add(catalog: catalog) }
    do {
      return try await SandboxServer.start(configuration)
    } catch {
      throw Refusal(exit: 70, words: "the sandbox cannot be started: \(error)")
    }
  }
}
