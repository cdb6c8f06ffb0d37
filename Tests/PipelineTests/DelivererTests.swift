import Delivery
import Foundation
import Pipeline
import Synchronization
import Testing

/// Runs tasks one at a time on a thread of its own; it ends with the process.
private final class NamedThread: TaskExecutor {
  private let jobs = Mutex<[UnownedJob]>([])
  private let count = DispatchSemaphore(value: 0)

  init(_ name: String) {
    let thread = Thread { [self] in
      Thread.current.threadDictionary["name"] = name
      while true {
        count.wait()
        let job = jobs.withLock { $0.removeFirst() }
        unsafe job.runSynchronously(on: asUnownedTaskExecutor())
      }
    }
    thread.start()
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    jobs.withLock { $0.append(job) }
    count.signal()
  }

  static var current: String { Thread.current.threadDictionary["name"] as? String ?? "" }
}

/// Deliveries run where the caller says: on the thread that sends, which must not wait for anything else.
@Suite struct DelivererTests {
  @Test func deliveriesRunWhereTheyAreToldAndTheirWordsElsewhere() async throws {
    let clock = VirtualClock()
    let senders = Mutex<Set<String>>([])
    let tellers = Mutex<Set<String>>([])
    let transport = ScriptedTransport(clock) { arrival in
      senders.withLock { _ = $0.insert(NamedThread.current) }
      return arrival.number % 3 == 1 ? Say.status(500) : Say.yes
    }
    let sources = MemorySources(files: [("a.csv", World.csv((0..<100).map { "\($0)" }))])
    let execution = try await World.run(
      World.profiles(window: 4), sources, transport, clock: clock, deliveringOn: NamedThread("deliverer"),
      onEvent: { if case .retrying = $0 { tellers.withLock { _ = $0.insert(NamedThread.current) } } })
    #expect(execution.stop == nil)
    #expect(execution.counts.retries > 0)
    #expect(senders.withLock { $0 } == ["deliverer"])
    let names = tellers.withLock { $0 }
    #expect(!names.isEmpty && !names.contains("deliverer"))
  }
}
