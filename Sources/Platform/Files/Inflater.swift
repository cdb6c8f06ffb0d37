import CShims
import CZlib
import Glibc
import Records

/// A gzip stream (RFC 1952) on its way to text: several members one after another are one text.
@safe
final class Inflater: ByteSource {
  private var stream = unsafe z_stream()
  private let file: FileDescriptor
  private let input: UnsafeMutablePointer<UInt8>
  private static let inputCapacity = 1 << 16
  private var isFileAtEnd = false
  private var isBetweenMembers = false
  private var written = 0
  private var requested = 0
  /// What is wrong further on: told once everything before it is read.
  private var failure: SourceFailure?

  init(_ file: FileDescriptor, start: [UInt8]) {
    self.file = file
    unsafe input = .allocate(capacity: Self.inputCapacity)
    for (i, byte) in start.enumerated() { unsafe (input + i).pointee = byte }
    unsafe stream.next_in = input
    unsafe stream.avail_in = UInt32(start.count)
    _ = unsafe shim_inflate_init_gzip(&stream)
  }

  deinit {
    unsafe inflateEnd(&stream)
    unsafe input.deallocate()
  }

  /// Fills `buffer` as far as the stream goes; 0 means its end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(SourceFailure) -> Int {
    unsafe stream.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
    unsafe stream.avail_out = UInt32(buffer.count)
    requested = buffer.count
    if let failure { throw failure }
    do throws(SourceFailure) {
      try inflateUntilFull()
    } catch {
      failure = error
      if unsafe Int(stream.avail_out) == buffer.count { throw error }
    }
    let amount = unsafe buffer.count - Int(stream.avail_out)
    written += amount
    return amount
  }

  private func inflateUntilFull() throws(SourceFailure) {
    while unsafe stream.avail_out > 0 {
      if unsafe stream.avail_in == 0, !isFileAtEnd { try fill() }
      if isBetweenMembers {
        if try !beginMember() { break }
      } else if unsafe stream.avail_in == 0 {
        throw damaged("it ends in the middle of the compressed stream")
      }
      let code = unsafe inflate(&stream, Z_NO_FLUSH)
      if code == Z_STREAM_END {
        isBetweenMembers = true
      } else if code != Z_OK, code != Z_BUF_ERROR {
        throw damaged(unsafe stream.msg.map { unsafe String(cString: $0) } ?? "the compressed stream is damaged")
      }
    }
  }

  private func damaged(_ reason: String) -> SourceFailure {
    .damaged(path: file.path, reason: reason, afterBytes: written + requested - (unsafe Int(stream.avail_out)))
  }

  private func fill() throws(SourceFailure) {
    let amount = try unsafe file.read(into: UnsafeMutableRawBufferPointer(start: input, count: Self.inputCapacity))
    isFileAtEnd = amount == 0
    unsafe stream.next_in = input
    unsafe stream.avail_in = UInt32(amount)
  }

  /// Whether another member begins here; the zeros some tools pad with are no member.
  private func beginMember() throws(SourceFailure) -> Bool {
    while true {
      while unsafe stream.avail_in > 0, let next = unsafe stream.next_in, unsafe next.pointee == 0 {
        unsafe stream.next_in = next + 1
        unsafe stream.avail_in -= 1
      }
      if unsafe stream.avail_in > 0 { break }
      if isFileAtEnd { return false }
      try fill()
    }
    guard let next = unsafe stream.next_in, unsafe next.pointee == 0x1F else {
      throw damaged("something else follows the compressed stream")
    }
    _ = unsafe inflateReset(&stream)
    isBetweenMembers = false
    return true
  }
}
