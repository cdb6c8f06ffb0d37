package import Checkpoints
import Synchronization

/// The journal and the rejects file, written on a thread of their own.
///
/// Outcomes are collected for a few milliseconds and synced together; what `Progress` counts is on disk. An intent is not
/// kept waiting: its batch may not leave before it is.
package final class Ledger<File: AppendOnlyFile & ~Copyable>: Sendable {
  /// The outcome of a batch and the lines it adds to the rejects file.
  package struct Outcome: Sendable {
    package var settlement: Settlement
    package var rejects: [UInt8]
    /// Rows in doubt: counted here, journaled as the intent that stays open.
    package var doubts: [FileTally]
    /// When the batch's intent was given up, in seconds since 1970: nothing of what is left was carried out.
    package var withdrawnAt: Int?

    package init(settlement: Settlement, rejects: [UInt8], doubts: [FileTally] = [], withdrawnAt: Int? = nil) {
      self.settlement = settlement
      self.rejects = rejects
      self.doubts = doubts
      self.withdrawnAt = withdrawnAt
    }
  }

  private struct Inbox {
    var outcomes: [Outcome] = []
    /// Bytes of rejects in them.
    var bytes = 0
    var intents: [(Intent, CheckedContinuation<Bool, Never>)] = []
    var isClosed = false
    /// The writer, waiting for anything at all.
    var waiter: CheckedContinuation<Void, Never>?
    /// The writer, letting outcomes gather; and whether its alarm went off.
    var sleeper: CheckedContinuation<Void, Never>?
    var isAlarmed = false
    /// Whether batches of this run wait for their intents: then an outcome that is not on disk leaves rows in doubt.
    var hasIntents = false
    var failure: FileFailure?

    /// Whether what is there should be written now: somebody waits for it, or it is much.
    var isUrgent: Bool { isClosed || !intents.isEmpty || outcomes.count > 128 || bytes > 1 << 19 }

    /// Whoever has to be woken for what was just put in.
    mutating func woken() -> [CheckedContinuation<Void, Never>] {
      [waiter.take(), isUrgent || isAlarmed ? sleeper.take() : nil].compactMap(\.self)
    }
  }

  private let inbox = Mutex(Inbox())
  private let journal: Mutex<Journal<File>>
  private let rejects: Mutex<RejectsFile<File>>
  private let progress: Progress
  private let clock: any RunClock

  package init(
    _ journal: consuming Journal<File>, _ rejects: consuming RejectsFile<File>, progress: Progress, clock: any RunClock
  ) {
    self.journal = Mutex(journal)
    self.rejects = Mutex(rejects)
    self.progress = progress
    self.clock = clock
  }

  /// The failure that ended writing, if there was one.
  package var failure: FileFailure? { inbox.withLock { $0.failure } }

  /// Whether so much waits for the disk that no more should be read: outcomes, or the rejects in them.
  package var isBehind: Bool { inbox.withLock { $0.failure == nil && ($0.outcomes.count > 256 || $0.bytes > 1 << 20) } }

  package func settle(_ outcome: Outcome) {
    put { box in
      box.outcomes.append(outcome)
      box.bytes += outcome.rejects.count
    }
  }

  /// Returns once the intent is on disk; false when it cannot be.
  package func intend(_ intent: Intent) async -> Bool {
    await withCheckedContinuation { continuation in
      put { box in
        box.intents.append((intent, continuation))
        box.hasIntents = true
      }
    }
  }

  /// Lets `run` return when everything is written.
  package func close() {
    put { $0.isClosed = true }
  }

  private func put(_ change: (inout Inbox) -> Void) {
    let woken = inbox.withLock { box in
      change(&box)
      return box.woken()
    }
    for continuation in woken { continuation.resume() }
  }

  /// Writes until closed.
  ///
  /// Blocks, so it wants a thread of its own.
  package func run() async {
    while true {
      await waitForWork()
      await gather()
      let (outcomes, intents, isLast) = inbox.withLock { box in
        defer {
          box.outcomes.removeAll(keepingCapacity: true)
          box.bytes = 0
          box.intents.removeAll(keepingCapacity: true)
        }
        return (box.outcomes, box.intents, box.isClosed)
      }
      write(outcomes, intents)
      if isLast { return }
    }
  }

  /// Writes the run's end; called after `run` returned.
  package func end(_ ending: Ending) {
    do throws(FileFailure) {
      try journal.withLock { journal throws(FileFailure) in
        try journal.append(.ended(ending))
        try journal.sync()
      }
    } catch {
      inbox.withLock { $0.failure = $0.failure ?? error }
    }
  }

  /// Lets more outcomes come, unless somebody waits for what is there: the end of a run most often follows its last outcome.
  ///
  /// A sync costs as much as a request or two, so it is shared: by those of 25 ms where a batch may be repeated, of 5 ms
  /// where it may not.
  private func gather() async {
    let naps = inbox.withLock(\.hasIntents) ? [500_000, 4_500_000] : [500_000, 4_500_000, 20_000_000]
    for nanoseconds in naps where !inbox.withLock(\.isUrgent) { await nap(nanoseconds) }
  }

  /// Sleeps until something is urgent.
  private func nap(_ nanoseconds: Int) async {
    inbox.withLock { $0.isAlarmed = false }
    await withTaskGroup(of: Void.self) { group in
      group.addTask { [self] in
        await clock.sleep(until: clock.now + nanoseconds)
        put { $0.isAlarmed = true }
      }
      await withCheckedContinuation { continuation in
        inbox.withLock { $0.sleeper = continuation }
        put { _ in }
      }
      group.cancelAll()
    }
  }

  private func waitForWork() async {
    await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
      let isReady = inbox.withLock { box in
        if box.isClosed || !box.outcomes.isEmpty || !box.intents.isEmpty { return true }
        box.waiter = continuation
        return false
      }
      if isReady { continuation.resume() }
    }
  }

  private func write(_ outcomes: [Outcome], _ intents: [(Intent, CheckedContinuation<Bool, Never>)]) {
    var isWritten = inbox.withLock { $0.failure == nil }
    if isWritten, !(outcomes.isEmpty && intents.isEmpty) {
      do throws(FileFailure) {
        try commit(outcomes, intents.map(\.0))
        count(outcomes)
      } catch {
        inbox.withLock { $0.failure = error }
        isWritten = false
      }
    }
    for (_, continuation) in intents { continuation.resume(returning: isWritten) }
  }

  private func commit(_ outcomes: [Outcome], _ intents: [Intent]) throws(FileFailure) {
    var entries = intents.map { JournalEntry.intended($0) }
    try rejects.withLock { rejects throws(FileFailure) in
      for outcome in outcomes {
        if !outcome.rejects.isEmpty { try rejects.append(outcome.rejects) }
        var settlement = outcome.settlement
        settlement.rejectsBytes = rejects.length
        if !settlement.records.isEmpty || settlement.requests > 0 { entries.append(.settled(settlement)) }
        // Last: whatever a crash cuts off leaves more in doubt, never less.
        if let at = outcome.withdrawnAt { entries.append(.withdrawn(sequence: settlement.sequence, at: at)) }
      }
      try rejects.sync()
    }
    try journal.withLock { journal throws(FileFailure) in
      try journal.append(contentsOf: entries)
      try journal.sync()
    }
  }

  private func count(_ outcomes: [Outcome]) {
    progress.update { counts in
      for outcome in outcomes {
        for entry in outcome.settlement.tallies + outcome.doubts { counts.settle(entry) }
        counts.requests += outcome.settlement.requests
        counts.retries += outcome.settlement.retries
        counts.bytesSent += outcome.settlement.bytesSent
      }
    }
  }
}
