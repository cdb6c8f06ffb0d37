package import Checkpoints
import Synchronization

/// A file on a disk that fails at a chosen operation and shows what each kind of crash would leave behind.
///
/// A failing append writes half of its bytes (no space left); a failing sync or truncation does nothing (input/output
/// error). The disk stays broken afterwards: every later operation fails too.
package final class FaultyDisk: AppendOnlyFile {
  private struct State {
    var cached: [UInt8]
    var durable: [UInt8]
    var operations = 0
    var fired = false
  }

  private let path = "/disk/run.journal"
  private let failingAt: Int?
  private let syncsBeforeFailing: Bool
  private let state: Mutex<State>

  /// A disk holding `content`, whose operation number `failingAt` (counted from 1) fails.
  ///
  /// With `syncsBeforeFailing`, a failing sync has made everything durable before it says that it failed.
  package init(content: [UInt8] = [], failingAt: Int? = nil, syncsBeforeFailing: Bool = false) {
    self.failingAt = failingAt
    self.syncsBeforeFailing = syncsBeforeFailing
    state = Mutex(State(cached: content, durable: content))
  }

  /// What is left after a power cut: only what was synced.
  package var durable: [UInt8] { state.withLock { $0.durable } }

  /// What is left after the process is killed: the page cache, with everything written.
  package var cached: [UInt8] { state.withLock { $0.cached } }

  /// Whether the chosen operation came.
  package var fired: Bool { state.withLock { $0.fired } }

  /// How many operations were asked for.
  package var operations: Int { state.withLock { $0.operations } }

  package func append(_ bytes: [UInt8]) throws(FileFailure) {
    try perform("append to", errno: 28) { state, wasBroken, fails in
      if !wasBroken { state.cached += fails ? bytes.prefix(bytes.count / 2) : bytes[...] }
    }
  }

  package func sync() throws(FileFailure) {
    try perform("sync", errno: 5) { state, wasBroken, fails in
      if !fails || (syncsBeforeFailing && !wasBroken) { state.durable = state.cached }
    }
  }

  package func truncate(to length: Int) throws(FileFailure) {
    try perform("truncate", errno: 5) { state, _, fails in
      if !fails { state.cached.removeLast(max(0, state.cached.count - length)) }
    }
  }

  private func perform(_ operation: String, errno: Int32, _ body: (inout State, Bool, Bool) -> Void)
    throws(FileFailure)
  {
    let fails = state.withLock { state in
      let wasBroken = state.fired
      state.operations += 1
      state.fired = wasBroken || state.operations == failingAt
      body(&state, wasBroken, state.fired)
      return state.fired
    }
    if fails { throw FileFailure(operation: operation, path: path, errno: errno) }
  }
}
