package import Checkpoints
import Delivery
import Glibc
import Pipeline
package import Records
import Synchronization

/// A file that takes a long answer as it comes, and gives it back once it is whole.
///
/// It has no name on disk: whatever ends the process, nothing is left behind.
package final class SpoolFile: Spool {
  private let number: Int32
  private let folder: String
  private let length = Atomic<Int>(0)
  private let error = Atomic<Int32>(0)
  private let isStopped: @Sendable () -> Bool

  /// - `folder`: where the bytes are kept.
  package init(in folder: String, isStopped: @escaping @Sendable () -> Bool) throws(FileFailure) {
    self.folder = folder
    self.isStopped = isStopped
    let path = "\(folder)/.spool.\(getpid())"
    number = unsafe open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard number >= 0 else { throw FileFailure(operation: "open", path: path, errno: errno) }
    unsafe unlink(path)
  }

  deinit { close(number) }

  package var isAbandoned: Bool { isStopped() }
  package var byteCount: Int { length.load(ordering: .acquiring) }

  package var failure: String? {
    let code = error.load(ordering: .acquiring)
    return code == 0 ? nil : "the answer cannot be kept in \(folder): \(systemWords(code))"
  }

  package var storageFailure: String? { failure }

  package func restart() {
    ftruncate(number, 0)
    length.store(0, ordering: .releasing)
    error.store(0, ordering: .releasing)
  }

  package func accept(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var written = 0
    while written < bytes.count {
      let at = length.load(ordering: .acquiring)
      let amount = unsafe pwrite(number, bytes.baseAddress?.advanced(by: written), bytes.count - written, at)
      if amount < 0 {
        if errno == EINTR { continue }
        error.store(errno, ordering: .releasing)
        return false
      }
      written += amount
      length.store(at + amount, ordering: .releasing)
    }
    return true
  }

  package func source() -> any ByteSource { SpoolSource(self) }

  /// Reads what was kept, from its beginning.
  private final class SpoolSource: ByteSource {
    private let spool: SpoolFile
    private var position = 0

    init(_ spool: SpoolFile) { self.spool = spool }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(SourceFailure) -> Int {
      while true {
        let amount = unsafe pread(spool.number, buffer.baseAddress, buffer.count, position)
        if amount >= 0 {
          position += amount
          return amount
        }
        if errno != EINTR { throw .unreadable(path: spool.folder, reason: systemWords(errno)) }
      }
    }
  }
}
