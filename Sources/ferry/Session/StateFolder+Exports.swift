import Checkpoints
import Jobs
import Pipeline
import Platform

/// The journals of exports, and what the next run learns from them.
extension StateFolder {
  private static let suffix = ".export.journal"

  func exportJournal(_ run: RunID) -> String { "\(folder)/\(run.text)\(Self.suffix)" }
  func ids(_ run: RunID) -> String { "\(folder)/\(run.text).ids" }

  /// The exports that left a journal, oldest first.
  private var exports: [RunID] {
    Folder.names(in: folder).compactMap { name in
      name.hasSuffix(Self.suffix) ? RunID(parsing: String(name.dropLast(Self.suffix.count))) : nil
    }
  }

  /// What an export's journal says; nil when it never got as far as its first entry.
  func recover(_ run: RunID) throws(RunSession.Refusal) -> ExportRecovery? {
    let path = exportJournal(run)
    let bytes: [UInt8]
    do throws(FileFailure) {
      bytes = try Folder.read(path)
    } catch {
      throw RunSession.Refusal(exit: 75, words: "\(error)")
    }
    do throws(JournalDamage) {
      return try ExportJournalCodec.recover(bytes)
    } catch {
      throw RunSession.Refusal(exit: 70, words: "\(path): \(error); look at it, or remove it")
    }
  }

  /// The last export that stopped before its end, if the newest one did.
  func unfinishedExport() throws(RunSession.Refusal) -> ExportRecovery? {
    guard let newest = exports.last else { return nil }
    guard let recovery = try recover(newest) else {
      Folder.remove(exportJournal(newest))
      return nil
    }
    return recovery.isComplete ? nil : recovery
  }

  /// The last export that asked for the same as `header` and came to its end.
  func completeExport(like header: ExportHeader) throws(RunSession.Refusal) -> ExportRecovery? {
    for run in exports.reversed() {
      if let recovery = try recover(run), recovery.isComplete, recovery.header.isAbout(header) { return recovery }
    }
    return nil
  }

  /// Forgets an export that will not be gone on with.
  func discardExport(_ run: RunID) {
    Folder.remove(exportJournal(run))
    Folder.remove(ids(run))
  }

  /// Removes the ids of the runs that asked for the same before, which nobody will ask for again.
  func keepIDs(of header: ExportHeader) {
    for run in exports where run != header.run {
      guard Folder.exists(ids(run)), let past = try? recover(run), past.header.isAbout(header) else { continue }
      Folder.remove(ids(run))
    }
  }
}

extension ExportRecovery {
  /// Where the next run goes on.
  var watermark: Watermark? {
    header.window.map { Watermark(end: $0.upperBound, overlap: header.overlap) }
  }

  /// Whether the run came to its end, so that its output stands at its place.
  var isComplete: Bool {
    ended?.status == RunReport.Status.completed.rawValue || ended?.status == RunReport.Status.partial.rawValue
  }
}
