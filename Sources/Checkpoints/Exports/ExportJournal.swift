/// The journal of one export, open for writing: each entry is on disk when its call returns.
///
/// After a failure nobody knows what is on disk, so every later call repeats it; recovery finds the truth.
package struct ExportJournal<File: AppendOnlyFile & ~Copyable>: ~Copyable, Sendable {
  private var file: File
  /// The first failure, if there was one.
  package private(set) var failure: FileFailure?

  /// Begins the journal of a new run in an empty file.
  package init(beginning header: ExportHeader, in file: consuming File) throws(FileFailure) {
    self.file = file
    try write(Array(ExportJournalCodec.comment.utf8) + ExportJournalCodec.line(for: .began(header)))
  }

  /// Goes on with a recovered journal: its torn tail is cut off.
  package init(resuming recovery: ExportRecovery, in file: consuming File) throws(FileFailure) {
    self.file = file
    if recovery.tornBytes > 0 { try self.file.truncate(to: recovery.validBytes) }
    try self.file.sync()
  }

  /// Returns once the entry is on disk.
  package mutating func append(_ entry: ExportEntry) throws(FileFailure) {
    try write(ExportJournalCodec.line(for: entry))
  }

  private mutating func write(_ bytes: [UInt8]) throws(FileFailure) {
    if let failure { throw failure }
    do throws(FileFailure) {
      try file.append(bytes)
      try file.sync()
    } catch {
      failure = error
      throw error
    }
  }
}
