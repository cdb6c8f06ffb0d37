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
  private let clock: SystemClock
  private let mode: RunMode
  private let note: (String) -> Void

  init(
    _ plan: ExportPlan, _ state: StateFolder, _ id: RunID, clock: SystemClock, mode: RunMode,
    note: @escaping (String) -> Void
  ) {
    self.plan = plan
    self.state = state
    self.id = id
    self.clock = clock
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
    let last = try plan.window?.isIncremental == true ? state.completeExport() : nil
    let window = plan.window?.window(now: id.started, last: last?.header.window?.upperBound)
    if plan.window?.isIncremental == true, last == nil, let window {
      note(
        "no earlier run of this job is known: taking what was created since "
          + Timestamp.rfc3339(seconds: window.lowerBound))
    }
    let target = freeTarget()
    let header = ExportHeader(
      run: id, job: plan.name, jobDigest: plan.digest, endpoint: plan.endpoint.name, started: id.started,
      window: window, target: name(of: target), tool: Version.current)
    let temporary = temporary(target, id)
    let filter = try filter(header, nil)
    do throws(FileFailure) {
      try Folder.make(Folder.parent(of: target))
      let output = try ExportOutput(beginning: temporary, isCompressed: plan.isCompressed)
      let journal = try ExportJournal(beginning: header, in: JournalFile(state.exportJournal(id), isNew: true))
      let rejectsPath = state.rejects(id, isCSV: hasCSVKeys)
      let ledger = ExportLedger(journal, rejects: file(rejectsPath), ids: file(state.ids(id)))
      return Opened(
        header: header, past: nil, filter: filter, output: output, ledger: ledger,
        temporary: temporary, target: target, rejectsPath: rejectsPath)
    } catch {
      throw Refusal(exit: 75, words: "\(error)")
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
  private var hasCSVKeys: Bool { if case .csv? = plan.keys?.format { true } else { false } }

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
      if let last = try state.completeExport(), let end = last.header.window?.upperBound {
        filter.seenUntil = end
        filter.seen = IDSet(try ids(of: last))
      }
    }
    return filter
  }

  /// The ids a run remembered, as far as its journal vouches for them.
  private func ids(of run: ExportRecovery?) throws(Refusal) -> [UInt64] {
    guard let run, let length = run.last?.idsBytes, length > 0 else { return [] }
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
      let rejectsPath = state.rejects(run, isCSV: hasCSVKeys)
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
