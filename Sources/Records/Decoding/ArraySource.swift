/// Bytes from memory, handed out in pieces of at most `chunk` bytes: small inputs, tests, fuzzing.
package final class ArraySource: ByteSource {
  private let bytes: [UInt8]
  private let chunk: Int
  private var position = 0

  package init(_ bytes: [UInt8], chunk: Int = 1 << 18) {
    self.bytes = bytes
    self.chunk = chunk
  }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(SourceFailure) -> Int {
    let amount = min(chunk, bytes.count - position, buffer.count)
    for i in 0..<amount { unsafe buffer[i] = bytes[position + i] }
    position += amount
    return amount
  }
}
