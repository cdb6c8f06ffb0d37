import Checkpoints
import Pipeline
import Platform
import Records

/// Shows the rows of a run that are in doubt, or writes down what a person decided about them.
struct ResolveSession {
  typealias Refusal = RunSession.Refusal

  let root: String
  /// The batches meant; all of them when nil.
  let only: RecordRanges?
  private let clock = SystemClock()

  init(root: String, only: RecordRanges?) {
    self.root = root
    self.only = only
  }

  /// Answers the exit status.
  func run(_ word: String, _ decision: Resolution?) -> Int32 {
    do throws(Refusal) {
      let known = try StateFolder.find(word, in: root)
      let state = StateFolder(root: root, job: known.job)
      let lock = try state.lock(for: known.run, at: now)
      defer { withExtendedLifetime(lock) {} }
      guard let recovery = try recover(state, known.run) else {
        Terminal.out("\(known.job): run \(known.run) was stopped before it sent anything: nothing is in doubt\n")
        return 0
      }
      let doubt = try Doubt(recovery, only: only, at: now)
      guard !doubt.intents.isEmpty else {
        Terminal.out(doubt.nothing)
        return 0
      }
      guard let decision else {
        try show(doubt)
        return 1
      }
      return try settle(doubt, decision, state)
    } catch {
      Terminal.err("ferry: resolve: \(error.words)\n")
      return error.exit
    }
  }

  private var now: Int { clock.wall / 1_000_000_000 }

  private func recover(_ state: StateFolder, _ run: RunID) throws(Refusal) -> Recovery? {
    let path = state.journal(run)
    do {
      return try JournalCodec.recover(try Folder.read(path))
    } catch let damage as JournalDamage {
      throw Refusal(exit: 70, words: "\(path): \(damage); nothing in it is believed, and nothing was changed")
    } catch {
      throw Refusal(exit: 75, words: "\(error)")
    }
  }

  // MARK: Looking

  private func show(_ doubt: Doubt) throws(Refusal) {
    Terminal.out(doubt.head)
    let excerpt = SourceExcerpt(doubt.recovery.header)
    var shown = RecordRanges()
    if let change = excerpt.change {
      Terminal.out("The records cannot be shown: \(change). They are counted from 1 over all sources.\n")
    } else {
      var last: Intent?
      do throws(SourceFailure) {
        try excerpt.read(doubt.records, from: doubt.start) { line in
          shown.insert(line.record)
          guard let intent = doubt.intent(of: line.record) else { return }
          if intent != last { Terminal.out(intent.words) }
          last = intent
          Terminal.out("  \(line.path):\(line.line): \(line.text.printable)\n")
        }
      } catch {
        Terminal.out("The other records cannot be shown: \(RunStop(error, rows: 0).reason). They count from 1.\n")
      }
    }
    for intent in doubt.intents {
      var records = intent.records
      records.remove(contentsOf: shown)
      if !records.isEmpty { Terminal.out("\(intent.words)  records \(records.counted)\n") }
    }
    Terminal.out(doubt.choices)
  }

  // MARK: Deciding

  private func settle(_ doubt: Doubt, _ decision: Resolution, _ state: StateFolder) throws(Refusal) -> Int32 {
    let run = doubt.recovery.header.run
    if decision == .resend { try check(doubt, state) }
    do throws(FileFailure) {
      var journal = try Journal(amending: doubt.recovery, in: JournalFile(state.journal(run), isNew: false))
      let at = now
      try journal.append(contentsOf: doubt.sequences.map { .resolved(sequence: $0, how: decision, at: at) })
      try journal.sync()
    } catch {
      throw Refusal(exit: 75, words: "\(error)")
    }
    // What is reported is what the journal says now.
    guard let after = try recover(state, run) else { return 70 }
    let left = try Doubt(after, only: nil, at: now)
    Terminal.out(doubt.report(decision, after: left))
    return left.records.isEmpty ? 0 : 1
  }

  /// Refuses what no run could make true: only a job's last run is resumed, and only from the source it began with.
  private func check(_ doubt: Doubt, _ state: StateFolder) throws(Refusal) {
    let header = doubt.recovery.header
    let advice = "put the rows into a source of their own to send them, then settle them here with --accept"
    if let last = state.runs.last, last != header.run {
      throw Refusal(
        exit: 64,
        words: "run \(header.run) is not the last one of its job, \(last) is, and only that is resumed; \(advice)")
    }
    if header.sources.contains(where: { $0.path.hasPrefix("\(state.folder)/") }) {
      throw Refusal(exit: 64, words: "run \(header.run) retried rejects, and such a run is not resumed; \(advice)")
    }
    if let change = SourceExcerpt(header).change {
      throw Refusal(exit: 2, words: "\(change), so the rows cannot be sent again from it; restore it, or \(advice)")
    }
  }
}
