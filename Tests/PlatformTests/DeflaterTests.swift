import Checkpoints
import Testing

@testable import Platform

@Suite struct DeflaterTests {
  /// A stream zlib did not open compresses to nothing, which would be an output without its rows.
  @Test func whatZlibRefusesIsAFailureAndNotAnEmptyFile() throws {
    let bytes: [UInt8] = [1, 2, 3]
    for isLast in [false, true] {
      let refused = Deflater(level: 99)
      let failure = #expect(throws: FileFailure.self) {
        try unsafe bytes.withUnsafeBytes { bytes in
          try unsafe refused.compress(bytes, isLast: isLast) { _ throws(FileFailure) in }
        }
      }
      #expect(failure.map { "\($0)" } == "cannot compress the output: Invalid argument (errno 22)")
    }
  }
}
