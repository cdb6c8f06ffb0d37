package import Checkpoints
import Glibc

/// A file of the system that only grows: the journal, the rejects file.
package struct JournalFile: AppendOnlyFile, ~Copyable {
  private let number: Int32
  private let path: String

  /// Opens the file at `path`, making it when `isNew`; its folder is synced then, so that the name survives a power cut.
  package init(_ path: String, isNew: Bool) throws(FileFailure) {
    self.path = path
    let flags = O_WRONLY | O_CLOEXEC | O_APPEND | (isNew ? O_CREAT | O_EXCL : 0)
    number = unsafe open(path, flags, 0o644)
    guard number >= 0 else { throw FileFailure(operation: "open", path: path, errno: errno) }
    if isNew { try Folder.sync(containing: path) }
  }

  deinit { close(number) }

  package mutating func append(_ bytes: [UInt8]) throws(FileFailure) {
    var written = 0
    while written < bytes.count {
      let amount = unsafe bytes.withUnsafeBytes {
        unsafe write(number, $0.baseAddress?.advanced(by: written), $0.count - written)
      }
      if amount < 0 {
        if errno == EINTR { continue }
        throw FileFailure(operation: "append to", path: path, errno: errno)
      }
      written += amount
    }
  }

  package mutating func sync() throws(FileFailure) {
    guard fdatasync(number) == 0 else { throw FileFailure(operation: "sync", path: path, errno: errno) }
  }

  package mutating func truncate(to length: Int) throws(FileFailure) {
    guard ftruncate(number, length) == 0 else { throw FileFailure(operation: "truncate", path: path, errno: errno) }
  }
}
