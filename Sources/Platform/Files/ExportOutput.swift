package import Checkpoints
import CZlib
import Glibc
import Pipeline
package import Records

/// The output of an export while it grows, under a name of its own in the folder of its target.
package final class ExportOutput: ExportFile {
  private let number: Int32
  private let path: String
  private let deflater: Deflater?
  private var hasMember = false
  package private(set) var textBytes: Int
  package private(set) var byteCount: Int
  package private(set) var checksum: UInt32

  /// Begins an empty output at `path`, in place of whatever is there.
  package init(beginning path: String, isCompressed: Bool) throws(FileFailure) {
    self.path = path
    number = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard number >= 0 else { throw FileFailure(operation: "open", path: path, errno: errno) }
    deflater = isCompressed ? Deflater() : nil
    textBytes = 0
    byteCount = 0
    checksum = 0
  }

  /// Goes on behind the last part an earlier execution left whole; nil when the file is not what that part says.
  package init?(resuming path: String, isCompressed: Bool, after part: ExportPart) throws(FileFailure) {
    self.path = path
    number = unsafe open(path, O_RDWR | O_CLOEXEC)
    guard number >= 0 else {
      if errno == ENOENT { return nil }
      throw FileFailure(operation: "open", path: path, errno: errno)
    }
    deflater = isCompressed ? Deflater() : nil
    textBytes = part.textBytes
    byteCount = part.outputBytes
    checksum = part.outputChecksum
    guard try Self.checksum(of: number, path, upTo: part.outputBytes) == part.outputChecksum else { return nil }
    guard ftruncate(number, part.outputBytes) == 0, lseek(number, 0, SEEK_END) >= 0 else {
      throw FileFailure(operation: "truncate", path: path, errno: errno)
    }
  }

  deinit { if number >= 0 { close(number) } }

  package func write(_ text: ByteBuffer) throws(FileFailure) {
    guard text.count > 0 else { return }
    textBytes += text.count
    let bytes = unsafe UnsafeRawBufferPointer(start: text.address, count: text.count)
    guard let deflater else { return try unsafe put(bytes) }
    hasMember = true
    try unsafe deflater.compress(bytes, isLast: false) { part throws(FileFailure) in try unsafe put(part) }
  }

  package func endPart() throws(FileFailure) {
    if let deflater, hasMember || byteCount == 0 {
      let nothing = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
      try unsafe deflater.compress(nothing, isLast: true) { part throws(FileFailure) in try unsafe put(part) }
    }
    hasMember = false
    guard fdatasync(number) == 0 else { throw FileFailure(operation: "sync", path: path, errno: errno) }
  }

  private func put(_ bytes: UnsafeRawBufferPointer) throws(FileFailure) {
    var written = 0
    while written < bytes.count {
      let amount = unsafe Glibc.write(number, bytes.baseAddress?.advanced(by: written), bytes.count - written)
      if amount < 0 {
        if errno == EINTR { continue }
        throw FileFailure(operation: "write to", path: path, errno: errno)
      }
      written += amount
    }
    byteCount += bytes.count
    checksum = unsafe Self.checksum(checksum, bytes)
  }

  private static func checksum(_ before: UInt32, _ bytes: UnsafeRawBufferPointer) -> UInt32 {
    let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    return unsafe UInt32(truncatingIfNeeded: crc32_z(UInt(before), start, bytes.count))
  }

  /// The CRC-32 of the first `length` bytes of a file; nil when it is shorter.
  private static func checksum(of number: Int32, _ path: String, upTo length: Int) throws(FileFailure) -> UInt32? {
    var sum: UInt32 = 0
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    var at = 0
    while at < length {
      let amount = unsafe chunk.withUnsafeMutableBytes { buffer in
        let amount = unsafe pread(number, buffer.baseAddress, min(buffer.count, length - at), at)
        if amount > 0 {
          sum = unsafe checksum(sum, UnsafeRawBufferPointer(rebasing: buffer[..<amount]))
        }
        return amount
      }
      if amount < 0 {
        if errno == EINTR { continue }
        throw FileFailure(operation: "read", path: path, errno: errno)
      }
      if amount == 0 { return nil }
      at += amount
    }
    return sum
  }

  /// Whether the file at `path` is the output of this length and checksum.
  package static func isWhole(_ path: String, _ part: ExportPart) -> Bool {
    let number = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard number >= 0 else { return false }
    defer { close(number) }
    var status = stat()
    guard unsafe fstat(number, &status) == 0, Int(status.st_size) == part.outputBytes else { return false }
    return (try? checksum(of: number, path, upTo: part.outputBytes)) == part.outputChecksum
  }

  /// Puts the file at `path` in the place of `target`, so that either is there whole after a power cut.
  package static func publish(_ path: String, as target: String) throws(FileFailure) {
    guard unsafe rename(path, target) == 0 else {
      throw FileFailure(operation: "rename \(path) to", path: target, errno: errno)
    }
    try Folder.sync(containing: target)
  }
}
