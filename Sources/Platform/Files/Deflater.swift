import CShims
import CZlib
import Glibc
import Records

/// Compresses into gzip members (RFC 1952): several of them one after another are one file.
@safe
final class Deflater {
  private var stream = unsafe z_stream()
  private let output: UnsafeMutablePointer<UInt8>
  private static let outputCapacity = 1 << 16

  init(level: Int32 = 6) {
    unsafe output = .allocate(capacity: Self.outputCapacity)
    _ = unsafe shim_deflate_init_gzip(&stream, level)
  }

  deinit {
    unsafe deflateEnd(&stream)
    unsafe output.deallocate()
  }

  /// Compresses `bytes` and hands on what is ready; `isLast` ends the member, and the next call begins another.
  func compress<Failure: Error>(
    _ bytes: UnsafeRawBufferPointer, isLast: Bool, _ write: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    // zlib does not write to its input; its older declarations do not say so.
    unsafe stream.next_in = UnsafeMutablePointer(
      mutating: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
    unsafe stream.avail_in = UInt32(bytes.count)
    var code = Z_OK
    repeat {
      unsafe stream.next_out = output
      unsafe stream.avail_out = UInt32(Self.outputCapacity)
      code = unsafe deflate(&stream, isLast ? Z_FINISH : Z_NO_FLUSH)
      let count = unsafe Self.outputCapacity - Int(stream.avail_out)
      if count > 0 { try unsafe write(UnsafeRawBufferPointer(start: output, count: count)) }
    } while unsafe stream.avail_out == 0 || (isLast && code == Z_OK)
    if isLast { unsafe deflateReset(&stream) }
  }
}
