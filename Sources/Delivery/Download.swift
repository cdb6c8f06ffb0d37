package import Endpoints

/// Where the body of a good answer goes, part by part, so that it is never whole in memory.
///
/// Called on the transport's thread while its download is awaited, and by nobody else meanwhile.
package protocol BodySink: AnyObject, Sendable {
  /// Forgets what an earlier attempt left.
  func restart()
  /// Takes the next part; false ends the transfer.
  func accept(_ bytes: UnsafeRawBufferPointer) -> Bool
  /// Whether nobody wants the rest: looked at about once a second, bytes or no bytes.
  var isAbandoned: Bool { get }
  /// Why `accept` said no.
  var failure: String? { get }
}

/// Carries reads whose answers are long.
package protocol Downloading: Sendable {
  /// Sends the request; the body of a 200 goes to `sink`, any other into the answer, bounded.
  ///
  /// An answer that ends before it is whole is a failure. Nothing is retried.
  func download(_ request: Request, into sink: any BodySink) async -> Result<Answer, TransportFailure>
}
