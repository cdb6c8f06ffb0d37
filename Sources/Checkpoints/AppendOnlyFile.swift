/// A file that only grows: all that a journal asks of the disk.
///
/// Used from one thread at a time.
package protocol AppendOnlyFile: ~Copyable, Sendable {
  /// Puts all of `bytes` at the end; returns once a killed process could no longer take them back.
  mutating func append(_ bytes: [UInt8]) throws(FileFailure)
  /// Returns once a power cut could no longer take back what was appended or cut off.
  mutating func sync() throws(FileFailure)
  /// Cuts the file off after `length` bytes.
  mutating func truncate(to length: Int) throws(FileFailure)
}
