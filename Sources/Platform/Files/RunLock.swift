package import Checkpoints
import Glibc

/// One run at a time for a job on this machine.
///
/// The system frees the lock when its holder dies, however it dies.
package final class RunLock: Sendable {
  package enum Failure: Error {
    /// Somebody holds it; nothing is known of them when the file says nothing.
    case held(LockHolder?)
    case file(FileFailure)
  }

  private let number: Int32

  package init(_ path: String, holder: LockHolder) throws(Failure) {
    number = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard number >= 0 else { throw .file(FileFailure(operation: "open", path: path, errno: errno)) }
    guard flock(number, LOCK_EX | LOCK_NB) == 0 else {
      let code = errno
      close(number)
      guard code == EWOULDBLOCK else { throw .file(FileFailure(operation: "lock", path: path, errno: code)) }
      let text = (try? Folder.read(path, limit: 4096)).map { String(decoding: $0, as: UTF8.self) }
      throw .held(text.flatMap(LockHolder.init(parsing:)))
    }
    let text = Array(holder.text.utf8)
    ftruncate(number, 0)
    _ = unsafe text.withUnsafeBytes { unsafe write(number, $0.baseAddress, $0.count) }
  }

  deinit { close(number) }
}
