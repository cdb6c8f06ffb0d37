import Pipeline
package import Records
import Synchronization

/// Keeps a short answer in memory: a page of a list, one customer's inventory.
package final class MemorySpool: Spool {
  /// A thousand items of 64 kB each; no list has them.
  private static let maximumBytes = 1 << 26

  private struct State {
    var body: [UInt8] = []
    var isTooLong = false
  }

  private let state = Mutex(State())
  private let isStopped: @Sendable () -> Bool

  package init(isStopped: @escaping @Sendable () -> Bool) { self.isStopped = isStopped }

  package var isAbandoned: Bool { isStopped() }
  package var byteCount: Int { state.withLock { $0.body.count } }

  package var failure: String? {
    state.withLock { $0.isTooLong } ? "an answer is longer than \(Self.maximumBytes) bytes, which no page is" : nil
  }

  package var storageFailure: String? { nil }

  package func restart() { state.withLock { $0 = State() } }

  package func accept(_ bytes: UnsafeRawBufferPointer) -> Bool {
    state.withLock { state in
      guard state.body.count + bytes.count <= Self.maximumBytes else {
        state.isTooLong = true
        return false
      }
      unsafe state.body.append(contentsOf: bytes)
      return true
    }
  }

  package func source() -> any ByteSource { ArraySource(state.withLock { $0.body }) }
}
