package import Checkpoints
import Glibc
package import Records

/// What a source file is now, so that a changed one is noticed.
package enum SourceStatus {
  /// How much of each end of a file the fingerprint is made of.
  private static let partBytes = 1 << 16

  /// The size, the time, and a fingerprint of the first and the last 64 KiB of the file at `path`.
  package static func identity(of path: String) throws(SourceFailure) -> SourceIdentity {
    if path == "-" { return stream(path) }
    let file = try FileDescriptor(opening: path)
    guard let (size, modified) = measure(file) else { return stream(path) }
    var digest = Fingerprint()
    update(&digest, file, at: 0)
    if size > partBytes { update(&digest, file, at: max(partBytes, size - partBytes)) }
    return SourceIdentity(path: path, kind: .regular, bytes: size, modified: modified, fingerprint: digest.value)
  }

  private static func stream(_ path: String) -> SourceIdentity {
    SourceIdentity(path: path, kind: .stream, bytes: 0, modified: 0, fingerprint: 0)
  }

  /// Size and time of a regular file; nil for anything else.
  private static func measure(_ file: FileDescriptor) -> (bytes: Int, modified: Int)? {
    var status = stat()
    guard unsafe fstat(file.number, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return (Int(status.st_size), status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec)
  }

  private static func update(_ digest: inout Fingerprint, _ file: FileDescriptor, at byte: Int) {
    var bytes = [UInt8](repeating: 0, count: partBytes)
    let amount = unsafe bytes.withUnsafeMutableBytes { buffer in
      unsafe pread(file.number, buffer.baseAddress, buffer.count, byte)
    }
    digest.update(Array(bytes.prefix(max(0, amount))).span)
  }
}
