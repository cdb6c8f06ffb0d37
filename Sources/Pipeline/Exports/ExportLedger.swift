package import Checkpoints

/// What an export remembers on disk: its journal, the rejects, and the ids a later part or run must not write again.
///
/// Used from one task. A part counts once `commit` returns.
package final class ExportLedger<File: AppendOnlyFile & ~Copyable> {
  private var journal: ExportJournal<File>
  private var rejects: RejectsFile<File>
  private var ids: RejectsFile<File>

  package init(
    _ journal: consuming ExportJournal<File>, rejects: consuming RejectsFile<File>, ids: consuming RejectsFile<File>
  ) {
    self.journal = journal
    self.rejects = rejects
    self.ids = ids
  }

  package var hasRejects: Bool { rejects.length > 0 }

  func write(rejects lines: [UInt8]) throws(FileFailure) {
    if !lines.isEmpty { try rejects.append(lines) }
  }

  /// Writes ids as eight bytes each, the lowest first.
  func write(ids hashes: [UInt64]) throws(FileFailure) {
    guard !hashes.isEmpty else { return }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(hashes.count * 8)
    for hash in hashes {
      for place in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: hash >> UInt64(8 * place))) }
    }
    try ids.append(bytes)
  }

  func name(columns: [UInt8]) throws(FileFailure) { try journal.append(.columns(columns)) }

  /// Makes the part count: everything it speaks of is on disk before it is.
  func commit(_ part: ExportPart) throws(FileFailure) {
    var part = part
    try rejects.sync()
    try ids.sync()
    part.rejectsBytes = rejects.length
    part.idsBytes = ids.length
    try journal.append(.part(part))
  }

  /// Notes how the run ended.
  package func end(_ ending: Ending) throws(FileFailure) { try journal.append(.ended(ending)) }

  /// Ids from the bytes of their file.
  package static func ids(_ bytes: [UInt8]) -> [UInt64] {
    stride(from: 0, to: bytes.count - bytes.count % 8, by: 8).map { start in
      (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[start + $1]) << UInt64(8 * $1) }
    }
  }
}
