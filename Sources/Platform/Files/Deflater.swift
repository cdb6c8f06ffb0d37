import CShims
import Checkpoints
import CZlib
import Glibc
import Records

/// Compresses into gzip members (RFC 1952): several of them one after another are one file.
@safe
final class Deflater {
  private var stream = unsafe z_stream()
  private let output: UnsafeMutablePointer<UInt8>
  private static let outputCapacity = 1 << 16
  /// What zlib said to the level and to the memory it needs.
  private let opening: Int32

  init(level: Int32 = 6) {
    unsafe output = .allocate(capacity: Self.outputCapacity)
    opening = unsafe shim_deflate_init_gzip(&stream, level)
  }

  deinit {
    unsafe deflateEnd(&stream)
    unsafe output.deallocate()
  }

  /// Compresses `bytes` and hands on what is ready; `isLast` ends the member, and the next call begins another.
  func compress(
    _ bytes: UnsafeRawBufferPointer, isLast: Bool, _ write: (UnsafeRawBufferPointer) throws(FileFailure) -> Void
  ) throws(FileFailure) {
    try check(opening)
    // zlib does not write to its input; its older declarations do not say so.
    unsafe stream.next_in = UnsafeMutablePointer(
      mutating: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
    unsafe stream.avail_in = UInt32(bytes.count)
    var code = Z_OK
    repeat {
      unsafe stream.next_out = output
      unsafe stream.avail_out = UInt32(Self.outputCapacity)
      code = unsafe deflate(&stream, isLast ? Z_FINISH : Z_NO_FLUSH)
      try check(code)
      let count = unsafe Self.outputCapacity - Int(stream.avail_out)
      if count > 0 { try unsafe write(UnsafeRawBufferPointer(start: output, count: count)) }
    } while unsafe stream.avail_out == 0 || (isLast && code == Z_OK)
    if isLast { try unsafe check(deflateReset(&stream)) }
  }

  /// A stream that cannot go on would end the output in the middle, without a word.
  private func check(_ code: Int32) throws(FileFailure) {
    // With all input taken and nothing to hand on there is no progress, which zlib calls an error of the buffer.
    if code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR { return }
    let number = code == Z_MEM_ERROR ? ENOMEM : code == Z_STREAM_ERROR ? EINVAL : EIO
    throw FileFailure(operation: "compress", path: "the output", errno: number)
  }
}
