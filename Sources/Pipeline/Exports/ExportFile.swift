package import Checkpoints
package import Delivery
package import Records

/// The output of an export while it grows; used from one task.
package protocol ExportFile: AnyObject {
  func write(_ text: ByteBuffer) throws(FileFailure)
  /// Ends a part: what was written is on disk, and a compressed file may be cut here.
  func endPart() throws(FileFailure)
  /// Lengths of the file and of the text in it, and the file's CRC-32.
  var byteCount: Int { get }
  var textBytes: Int { get }
  var checksum: UInt32 { get }
}

/// Keeps the body of an answer until it is whole.
package protocol Spool: BodySink {
  var byteCount: Int { get }
  /// Why the disk could not keep the body.
  var storageFailure: String? { get }
  /// The body, from its beginning.
  func source() -> any ByteSource
}

/// What a run is handed to reach the world with.
package struct ExportWorld: Sendable {
  package var transport: any Downloading
  package var clock: any RunClock
  /// A place for one answer: on disk for long ones, in memory for pages.
  package var spool: @Sendable (_ isLong: Bool) throws(FileFailure) -> any Spool
  /// Opens the file of a lookup's keys.
  package var open: @Sendable (_ path: String) throws(SourceFailure) -> any ByteSource
  package var interruption: @Sendable () -> Int32?
  package var onEvent: @Sendable (RunEvent) -> Void

  package init(
    transport: any Downloading, clock: any RunClock,
    spool: @escaping @Sendable (Bool) throws(FileFailure) -> any Spool,
    open: @escaping @Sendable (String) throws(SourceFailure) -> any ByteSource,
    interruption: @escaping @Sendable () -> Int32?, onEvent: @escaping @Sendable (RunEvent) -> Void
  ) {
    self.transport = transport
    self.clock = clock
    self.spool = spool
    self.open = open
    self.interruption = interruption
    self.onEvent = onEvent
  }
}

/// Why an export ends before it is whole, as an error.
struct ExportStop: Error {
  var stop: RunStop

  init(_ stop: RunStop) { self.stop = stop }
  init(_ failure: FileFailure) { stop = .storage("\(failure)") }
}
