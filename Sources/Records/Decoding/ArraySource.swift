/// Bytes from memory, handed out in pieces of at most `chunk` bytes: small inputs, tests, fuzzing.
package final class ArraySource: ByteSource {
  private let bytes: [UInt8]
  private let chunk: Int
  private let isValidating: Bool
  private var position = 0
  private var text = UTF8Stream()
  package var validatedBytes: Int { text.validated }

  /// - `isValidating`: whether it says which bytes are UTF-8, as a source does that reads ahead.
  package init(_ bytes: [UInt8], chunk: Int = 1 << 18, isValidating: Bool = false) {
    self.bytes = bytes
    self.chunk = chunk
    self.isValidating = isValidating
  }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(SourceFailure) -> Int {
    let amount = min(chunk, bytes.count - position, buffer.count)
    for i in 0..<amount { unsafe buffer[i] = bytes[position + i] }
    if isValidating {
      let piece = Array(bytes[position..<position + amount])
      text.update(piece.span)
    }
    position += amount
    return amount
  }
}
