import Synchronization

/// What has arrived since the start; the thread of any connection may add to it.
final class Tally: Sendable, CustomStringConvertible {
  private let requests = Atomic(0)
  private let bytes = Atomic(0)
  private let connections = Atomic(0)

  func countConnection() { connections.add(1, ordering: .relaxed) }

  func countRequest(bytes received: Int) {
    requests.add(1, ordering: .relaxed)
    bytes.add(received, ordering: .relaxed)
  }

  var description: String {
    let requests = requests.load(ordering: .relaxed)
    let bytes = bytes.load(ordering: .relaxed)
    let connections = connections.load(ordering: .relaxed)
    return #"{"requests":\#(requests),"bytes":\#(bytes),"connections":\#(connections)}"#
  }
}
