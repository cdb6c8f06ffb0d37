/// The journal of one run, open for writing.
///
/// An entry counts once `sync` has returned. After any failed operation nobody knows what is on disk (a failed sync may
/// have dropped what it could not write), so the journal is poisoned: every later call repeats the first failure, and
/// the truth is found by recovery.
package struct Journal<File: AppendOnlyFile & ~Copyable>: ~Copyable, Sendable {
  private var file: File
  private var line = LineWriter()
  /// The first failure, if there was one.
  package private(set) var failure: FileFailure?
  /// The length of the file with everything appended.
  package private(set) var writtenBytes: Int
  /// The length of the file up to which everything has been synced.
  package private(set) var committedBytes: Int

  /// Begins the journal of a new run in an empty file; returns once its header is on disk.
  package init(beginning header: RunHeader, in file: consuming File) throws(FileFailure) {
    self.file = file
    writtenBytes = 0
    committedBytes = 0
    line.literal(JournalCodec.comment)
    JournalCodec.write(.began(header), to: &line)
    try flush()
    try sync()
  }

  /// Goes on with a recovered journal: cuts the torn tail off, makes durable what was read, notes where reading goes on.
  package init(resuming recovery: Recovery, at seconds: Int, from position: Position, in file: consuming File)
    throws(FileFailure)
  {
    self.file = file
    writtenBytes = recovery.validBytes
    committedBytes = 0
    if recovery.tornBytes > 0 { try self.file.truncate(to: recovery.validBytes) }
    JournalCodec.write(.resumed(at: seconds, position: position), to: &line)
    try flush()
    try sync()
  }

  /// Opens a recovered journal to add what a person decided: cuts the torn tail off; the run itself does not go on.
  package init(amending recovery: Recovery, in file: consuming File) throws(FileFailure) {
    self.file = file
    writtenBytes = recovery.validBytes
    committedBytes = 0
    if recovery.tornBytes > 0 { try self.file.truncate(to: recovery.validBytes) }
  }

  /// Writes `entry`; it survives a killed process, not yet a power cut.
  package mutating func append(_ entry: JournalEntry) throws(FileFailure) {
    JournalCodec.write(entry, to: &line)
    try flush()
  }

  /// Writes `entries` in one operation.
  package mutating func append(contentsOf entries: [JournalEntry]) throws(FileFailure) {
    guard !entries.isEmpty else { return }
    for entry in entries { JournalCodec.write(entry, to: &line) }
    try flush()
  }

  /// Makes everything appended so far durable; one call serves any number of entries.
  package mutating func sync() throws(FileFailure) {
    if let failure { throw failure }
    guard committedBytes < writtenBytes else { return }
    do throws(FileFailure) {
      try file.sync()
      committedBytes = writtenBytes
    } catch {
      failure = error
      throw error
    }
  }

  private mutating func flush() throws(FileFailure) {
    defer { line.reset() }
    if let failure { throw failure }
    do throws(FileFailure) {
      try file.append(line.bytes)
      writtenBytes += line.bytes.count
    } catch {
      failure = error
      throw error
    }
  }
}
