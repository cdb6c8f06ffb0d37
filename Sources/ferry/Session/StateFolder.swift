import Checkpoints
import Jobs
import Pipeline
import Platform
import Records

/// The folder a job's runs leave their journals and rejects in: `.ferry/<job>/`.
struct StateFolder {
  let folder: String

  init(root: String, job: String) { folder = "\(root)/\(job)" }

  func journal(_ run: RunID) -> String { "\(folder)/\(run.text).journal" }
  func rejects(_ run: RunID, isCSV: Bool) -> String { "\(folder)/\(run.text).rejects.\(isCSV ? "csv" : "ndjson")" }

  func spool(_ run: RunID) -> String { "\(folder)/\(run.text).upload" }

  /// What the job last put in place of what was there, on this server; nil when nobody knows.
  func lastUpload(to server: String) -> LastUpload? {
    (try? Folder.read(uploadNote(server), limit: 1 << 16)).flatMap(LastUpload.init)
  }

  func remember(_ upload: LastUpload, to server: String) throws(RunSession.Refusal) {
    do throws(FileFailure) {
      try Folder.replace(uploadNote(server), with: upload.text)
    } catch {
      throw RunSession.Refusal(exit: 75, words: "\(error)")
    }
  }

  /// Notes that an upload may change what is there: until its outcome is known, nothing is taken for unchanged.
  func expectUpload(to server: String) throws(FileFailure) {
    guard var last = lastUpload(to: server) else { return }
    last.digest = 0
    try Folder.replace(uploadNote(server), with: last.text)
  }

  private func uploadNote(_ server: String) -> String {
    "\(folder)/last-upload-\(String(Fingerprint.of(Array(server.utf8)), radix: 16))"
  }

  func lock(for run: RunID, at seconds: Int) throws(RunSession.Refusal) -> RunLock {
    do throws(FileFailure) {
      try Folder.make(folder)
    } catch {
      throw RunSession.Refusal(error)
    }
    do throws(RunLock.Failure) {
      let holder = LockHolder(
        pid: ProcessUsage.processID, host: ProcessUsage.hostName, startedAt: seconds, run: run.text)
      return try RunLock("\(folder)/lock", holder: holder)
    } catch {
      switch error {
      case .file(let failure): throw RunSession.Refusal(failure)
      case .held(let holder):
        throw RunSession.Refusal(
          exit: 75, words: holder.map { "\($0)" } ?? "another run holds the lock; wait for it, or stop it")
      }
    }
  }

  /// The name of a run that begins now: after those of all that were here.
  func newRun(at seconds: Int) -> RunID {
    let names = Folder.names(in: folder).compactMap { RunID(parsing: String($0.prefix(23))) }
    return RunID(
      seconds: seconds, random: UInt32.random(in: 0...UInt32.max), after: names.max { $0.text < $1.text })
  }

  /// The runs that left a journal, oldest first.
  var runs: [RunID] {
    Folder.names(in: folder).compactMap { name in
      name.hasSuffix(".journal") ? RunID(parsing: String(name.dropLast(8))) : nil
    }
  }

  /// The run to go on with; nil when a new one begins.
  func past(
    of plan: ImportPlan, sources: [SourceIdentity], server: String, mode: RunMode
  ) throws(RunSession.Refusal) -> Recovery? {
    guard mode != .fresh else { return nil }
    let last = try lastRun()
    if mode == .resume, last.map(isFinished) ?? true, !plan.replaces {
      throw RunSession.Refusal(
        exit: 64,
        words:
          "there is nothing to resume: \(last.map { "run \($0.header.run) came to its end" } ?? "this job never ran")"
          + "; leave --resume out to begin a run")
    }
    guard let past = last else { return nil }
    if mode == .retry, isFinished(past) { return nil }
    return try resumable(past, plan, sources, server, mode)
  }

  /// What the journal of the last run says; nil when there is none that says anything.
  private func lastRun() throws(RunSession.Refusal) -> Recovery? {
    guard let last = runs.last else { return nil }
    let bytes: [UInt8]
    do throws(FileFailure) {
      bytes = try Folder.read(journal(last))
    } catch {
      throw RunSession.Refusal(exit: 75, words: "\(error)")
    }
    do throws(JournalDamage) {
      if let recovery = try JournalCodec.recover(bytes) { return recovery }
    } catch {
      throw RunSession.Refusal(exit: 70, words: "\(journal(last)): \(error); look at it, or start over with --fresh")
    }
    // Killed before its first line was whole: nothing was sent.
    Folder.remove(journal(last))
    return nil
  }

  /// The rows in doubt of the run before this one; nil when there are none.
  ///
  /// - `sources`: when given, only if the run had these very sources.
  func doubt(before run: RunID, in sources: [SourceIdentity]? = nil) -> (run: RunID, rows: Int)? {
    guard let last = runs.last(where: { $0.text < run.text }), let bytes = try? Folder.read(journal(last)),
      let past = try? JournalCodec.recover(bytes), !past.inDoubt.isEmpty,
      sources == nil || past.header.sources == sources
    else { return nil }
    return (last, past.inDoubt.count)
  }

  private func isFinished(_ run: Recovery) -> Bool {
    run.ended?.status == RunReport.Status.completed.rawValue || run.ended?.status == RunReport.Status.partial.rawValue
  }

  /// Whether the source of the run was the rejects of another.
  private func isRetry(_ run: Recovery) -> Bool {
    run.header.sources.contains { $0.path.hasPrefix("\(folder)/") && $0.path.contains(".rejects.") }
  }

  private func resumable(
    _ past: Recovery, _ plan: ImportPlan, _ sources: [SourceIdentity], _ server: String, _ mode: RunMode
  ) throws(RunSession.Refusal) -> Recovery? {
    let run = past.header.run.text
    // Nothing is sent before a replacing upload is whole, so there is nothing to go on with unless somebody says so.
    if plan.replaces, mode != .resume { return nil }
    if isFinished(past) { return nil }
    // Whoever retries has looked at what the guard said.
    if past.ended?.status == RunReport.Status.guarded.rawValue, mode == .automatic {
      throw RunSession.Refusal(
        exit: 2,
        words: "run \(run) was stopped by a guard; look at it, then go on with --resume or start over with --fresh")
    }
    if past.accounted.isEmpty { return nil }
    if isRetry(past), mode != .retry {
      throw RunSession.Refusal(
        exit: 2,
        words:
          "run \(run), which retried rejects, was interrupted; go on with it by 'ferry retry', or start over with --fresh"
      )
    }
    let choice = "; restore it, its time included, and run again to resume run \(run), or start over with --fresh"
    if past.header.jobDigest != plan.digest {
      throw RunSession.Refusal(exit: 2, words: "the job file changed since it was interrupted\(choice)")
    }
    guard past.header.server == server || mode == .resume else {
      throw RunSession.Refusal(
        exit: 2,
        words: "run \(run) was interrupted while it talked to \(past.header.server), and now it would be \(server); "
          + "if that is the same account, go on with --resume, else restore the URL or start over with --fresh")
    }
    guard past.header.sources.map(\.path) == sources.map(\.path) else {
      let before = past.header.sources.map(\.path).joined(separator: ", ")
      throw RunSession.Refusal(
        exit: 2, words: "the sources are others than when the run was interrupted (then: \(before))\(choice)")
    }
    for (before, now) in zip(past.header.sources, sources) {
      if let change = before.change(to: now) {
        throw RunSession.Refusal(exit: 2, words: "the source \(now.path) \(change)\(choice)")
      }
    }
    return past
  }

  /// The plan with the last run's rejects as its source; after an interrupted retry, with those it was about.
  func retrying(_ plan: ImportPlan) throws(RunSession.Refusal) -> ImportPlan {
    if plan.replaces {
      throw RunSession.Refusal(
        exit: 64,
        words:
          "this target puts what it sends in place of everything, so rejects cannot follow by themselves; "
          + "mend the source and run the job again")
    }
    if plan.cut?.kind == .folds {
      throw RunSession.Refusal(
        exit: 64,
        words:
          "lines that are folded into one request cannot follow those that were sent: they would take their place; "
          + "put the mended ones, every line of an object together, in a file of their own, and run the job over that")
    }
    var last = try lastRun()
    // A retry that was killed before its first line has left no trace.
    if last == nil { last = try lastRun() }
    guard let last else {
      throw RunSession.Refusal(
        exit: 66, words: "there is no run of this job in \(folder) whose rejects could be retried")
    }
    let run = last.header.run.text
    var plan = plan
    if !isFinished(last), isRetry(last) {
      plan.sources = last.header.sources.map(\.path)
    } else if !isFinished(last) {
      throw RunSession.Refusal(
        exit: 2,
        words: "run \(run) did not come to its end; finish it with 'ferry run' before its rejects are retried")
    } else if let name = Folder.names(in: folder).first(where: { $0.hasPrefix("\(run).rejects.") }) {
      plan.sources = ["\(folder)/\(name)"]
    } else {
      throw RunSession.Refusal(exit: 66, words: "run \(run) rejected nothing; there is nothing to retry")
    }
    switch plan.format {
    case .csv(var dialect)?:
      dialect.columns = nil
      plan.format = .csv(dialect)
    case .ndjson?, nil:
      plan.format = SourceFormat(path: plan.sources[0])
    }
    return plan
  }
}
