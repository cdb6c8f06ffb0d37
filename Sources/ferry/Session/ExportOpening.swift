import Checkpoints
import Endpoints
import Jobs
import Pipeline
import Platform
import Records

/// Opens what an export writes to: a new run, or one that stopped before its end.
struct ExportOpening {
  typealias Refusal = RunSession.Refusal

  /// Everything that is open.
  struct Opened {
    var header: ExportHeader
    var past: ExportRecovery?
    var filter: ExportFilter
    var output: any ExportFile
    var ledger: ExportLedger<JournalFile>
    /// Where the output grows, and where it goes.
    var temporary: String
    var target: String
    var rejectsPath: String
    /// Whether an earlier execution got as far as putting the output in its place.
    var isPublished = false
  }

  private let plan: ExportPlan
  private let state: StateFolder
  private let id: RunID
  /// When the run begins, in seconds since 1970.
  private let now: Int
  private let server: String
  private let mode: RunMode
  private let note: (String) -> Void

  init(
    _ plan: ExportPlan, _ state: StateFolder, _ id: RunID, at now: Int, server: String, mode: RunMode,
    note: @escaping (String) -> Void
  ) {
    self.plan = plan
    self.state = state
    self.id = id
    self.now = now
    self.server = server
    self.mode = mode
    self.note = note
  }

  mutating func open() throws(Refusal) -> Opened {
    if let past = try state.unfinishedExport() {
      if let opened = try resume(past) { return opened }
      discard(past)
    }
    return try begin()
  }

  // MARK: A new run

  private func begin() throws(Refusal) -> Opened {
    var header = ExportHeader(
      run: id, job: plan.name, jobDigest: plan.digest, endpoint: plan.endpoint.name, started: now,
      window: nil, target: "", tool: Version.current, server: server, request: plan.target,
      overlap: plan.window?.overlap ?? 0, keys: try keys())
    let last = try plan.window?.isIncremental == true ? state.completeExport(like: header) : nil
    let window = plan.window?.window(now: now, last: last?.watermark)
    if plan.window?.isIncremental == true, last == nil, let window {
      note(
        "no earlier run of this job is known: taking what was created since "
          + Timestamp.rfc3339(seconds: window.lowerBound))
    }
    if let window, window.isEmpty, plan.window?.isIncremental == false {
      throw Refusal(
        exit: 78,
        words:
          "the window is empty: 'since' is \(Timestamp.rfc3339(seconds: window.lowerBound)), and 'until' is not later")
    }
    let target = freeTarget()
    for path in [target, "\(target).manifest.json"] where Folder.isFolder(path) {
      throw Refusal(
        exit: 78, words: "\(path) is a folder, and the export would be written there; choose another 'target'")
    }
    header.window = window
    header.target = name(of: target)
    let temporary = temporary(target, id)
    let filter = try filter(header, nil)
    do throws(FileFailure) {
      try Folder.make(Folder.parent(of: target))
      // The journal first: whoever finds it knows what else may be there.
      let journal = try ExportJournal(beginning: header, in: JournalFile(state.exportJournal(id), isNew: true))
      let output = try ExportOutput(beginning: temporary, isCompressed: plan.isCompressed)
      let rejectsPath = rejects(of: id)
      let ledger = ExportLedger(journal, rejects: file(rejectsPath), ids: file(state.ids(id)))
      return Opened(
        header: header, past: nil, filter: filter, output: output, ledger: ledger,
        temporary: temporary, target: target, rejectsPath: rejectsPath)
    } catch {
      throw Refusal(error)
    }
  }

  /// What the file of keys is now, so that a changed one is noticed.
  private func keys() throws(Refusal) -> SourceIdentity? {
    guard let rule = plan.keys else { return nil }
    do throws(SourceFailure) {
      return try SourceStatus.identity(of: rule.path)
    } catch {
      throw Refusal(exit: 66, words: RunStop(error, rows: 0).reason)
    }
  }

  /// The output's path; one that is there already is kept when the new one holds only what is new.
  private func freeTarget() -> String {
    let path = plan.output.path(run: id.text)
    guard plan.window?.isIncremental == true, Folder.exists(path) else { return path }
    for number in 2... {
      let numbered = path.numbered(number)
      if Folder.exists(numbered) { continue }
      note("\(path) holds an earlier run's rows: writing to \(numbered)")
      return numbered
    }
    return path
  }

  private func file(_ path: String) -> RejectsFile<JournalFile> {
    RejectsFile(nil) { () throws(FileFailure) in try JournalFile(path, isNew: true) }
  }

  /// Rejects are written as the keys are, so that they can be mended and asked for again.
  private func rejects(of run: RunID) -> String {
    if case .csv? = plan.keys?.format { return state.rejects(run, isCSV: true) }
    return state.rejects(run, isCSV: false)
  }

  /// What must not be written again: of a list what this run has written, of a window what the last run has.
  private func filter(_ header: ExportHeader, _ past: ExportRecovery?) throws(Refusal) -> ExportFilter {
    let filter = ExportFilter()
    switch plan.endpoint.kind {
    case .lookup: break
    case .pages(_, let id):
      filter.id = id
      filter.dropsRepeats = true
      filter.rememberFrom = .min
      filter.seen = IDSet(try ids(of: past))
    case .download(_, let id):
      filter.id = id
      guard let rule = plan.window, let window = header.window, rule.overlap > 0 else { break }
      filter.rememberFrom = window.upperBound - rule.overlap
      if let last = try state.completeExport(like: header), let end = last.header.window?.upperBound {
        filter.seenUntil = end
        filter.seen = IDSet(try ids(of: last))
      }
    }
    return filter
  }

  /// The ids a run remembered, as far as its journal vouches for them.
  private func ids(of run: ExportRecovery?) throws(Refusal) -> [UInt64] {
    guard let run, let length = run.last?.idsBytes, length > 0 else { return [] }
    guard Folder.exists(state.ids(run.header.run)) else {
      note("\(state.ids(run.header.run)) is gone: what run \(run.header.run) wrote last may be written again")
      return []
    }
    do throws(FileFailure) {
      let bytes = try Folder.read(state.ids(run.header.run), limit: length)
      return ExportLedger<JournalFile>.ids(Array(bytes.prefix(length)))
    } catch {
      throw Refusal(exit: 75, words: "\(error)")
    }
  }

  // MARK: A run that stopped

  /// Goes on with a run; nil when it cannot be gone on with and is begun anew.
  private func resume(_ past: ExportRecovery) throws(Refusal) -> Opened? {
    let run = past.header.run
    if mode == .fresh { return nil }
    // Nothing was written: a new run knows more of what is new.
    guard let part = past.last else { return nil }
    if past.header.jobDigest != plan.digest {
      note("the job file changed since run \(run) was interrupted: starting over")
      return nil
    }
    if past.header.server != server {
      note("run \(run) asked \(past.header.server), and now it would be \(server): starting over")
      return nil
    }
    if let before = past.header.keys, let now = try keys(), let change = before.change(to: now) {
      note("the keys in \(now.path) \(change) since run \(run) was interrupted: starting over")
      return nil
    }
    for (path, length) in [(rejects(of: run), part.rejectsBytes), (state.ids(run), part.idsBytes)]
    where length > 0 && (Folder.size(of: path) ?? 0) < length {
      note("\(path) is not what run \(run) left behind: starting over")
      return nil
    }
    let target = "\(Folder.parent(of: plan.output.path(run: run.text)))/\(past.header.target)"
    let temporary = temporary(target, run)
    let filter = try filter(past.header, past)
    do throws(FileFailure) {
      var output = try ExportOutput(resuming: temporary, isCompressed: plan.isCompressed, after: part)
      let isPublished = output == nil && part.isLast && ExportOutput.isWhole(target, part)
      if isPublished { output = try ExportOutput(resuming: target, isCompressed: plan.isCompressed, after: part) }
      guard let output else {
        note("\(temporary) is not what run \(run) left behind: starting over")
        return nil
      }
      note("resuming run \(run) after \(past.tally.accepted) rows in \(past.nextSequence) parts")
      let rejectsPath = rejects(of: run)
      let journal = try ExportJournal(resuming: past, in: JournalFile(state.exportJournal(run), isNew: false))
      let ledger = ExportLedger(
        journal, rejects: try cut(rejectsPath, to: part.rejectsBytes),
        ids: try cut(state.ids(run), to: part.idsBytes))
      return Opened(
        header: past.header, past: past, filter: filter, output: output, ledger: ledger,
        temporary: temporary, target: target, rejectsPath: rejectsPath, isPublished: isPublished)
    } catch {
      throw Refusal(exit: 75, words: "\(error)")
    }
  }

  /// A file an earlier execution may have begun, cut to what counts of it.
  private func cut(_ path: String, to length: Int) throws(FileFailure) -> RejectsFile<JournalFile> {
    guard length > 0 else {
      Folder.remove(path)
      return file(path)
    }
    var kept = try JournalFile(path, isNew: false)
    try kept.truncate(to: length)
    return RejectsFile(kept, length: length) { () throws(FileFailure) in try JournalFile(path, isNew: true) }
  }

  private func discard(_ past: ExportRecovery) {
    let target = "\(Folder.parent(of: plan.output.path(run: past.header.run.text)))/\(past.header.target)"
    Folder.remove(temporary(target, past.header.run))
    state.discardExport(past.header.run)
  }

  private func temporary(_ target: String, _ run: RunID) -> String {
    "\(Folder.parent(of: target))/.\(name(of: target)).\(run.text).part"
  }

  private func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}

extension String {
  /// `out/effects-2.csv.gz` for `out/effects.csv.gz`.
  fileprivate func numbered(_ number: Int) -> String {
    let start = lastIndex(of: "/").map { index(after: $0) } ?? startIndex
    let point = self[start...].dropFirst().firstIndex(of: ".") ?? endIndex
    return "\(self[..<point])-\(number)\(self[point...])"
  }
}
