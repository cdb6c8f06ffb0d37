import Synchronization
import Testing

/// Lets a few tests run at a time.
///
/// Each holds a server, its threads, its sockets and a process; all at once they would take
/// thousands of descriptors, and Foundation's `Process` reads past its buffer when `/proc/self/fd` fills 32 KiB.
struct Turnstile: SuiteTrait, TestTrait, TestScoping {
  let isRecursive = true

  func provideScope(
    for test: Test, testCase: Test.Case?, performing body: @concurrent @Sendable () async throws -> Void
  ) async throws {
    await Self.enter()
    defer { Self.leave() }
    try await body()
  }

  private struct Queue {
    var free = 8
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private static let queue = Mutex(Queue())

  private static func enter() async {
    await withCheckedContinuation { continuation in
      let mayPass = queue.withLock { queue in
        guard queue.free > 0 else {
          queue.waiting.append(continuation)
          return false
        }
        queue.free -= 1
        return true
      }
      if mayPass { continuation.resume() }
    }
  }

  private static func leave() {
    let next = queue.withLock { queue -> CheckedContinuation<Void, Never>? in
      guard !queue.waiting.isEmpty else {
        queue.free += 1
        return nil
      }
      return queue.waiting.removeFirst()
    }
    next?.resume()
  }
}

extension Trait where Self == Turnstile {
  /// No more than eight of these tests at a time.
  static var inTurn: Turnstile { Turnstile() }
}
