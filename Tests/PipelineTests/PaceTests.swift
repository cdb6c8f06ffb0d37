import Checkpoints
import Delivery
import Endpoints
import Jobs
import Pipeline
import Records
import Synchronization
import TestKit
import Testing

/// Opened once; whoever comes earlier waits.
private actor Gate {
  private var isOpen = false
  private var waiting: [CheckedContinuation<Void, Never>] = []

  func open() {
    isOpen = true
    for continuation in waiting { continuation.resume() }
    waiting = []
  }

  func pass() async {
    if isOpen { return }
    await withCheckedContinuation { waiting.append($0) }
  }
}

@Suite struct PaceTests {
  private static let sources = MemorySources(files: [("a.csv", World.csv((0..<200).map { "\($0)" }))])
  private static let second = 1_000_000_000

  @Test func requestsAreEvenlySpaced() async throws {
    let plan = try World.profiles(window: 1, delivery: "requestsPerSecond: 3")
    let clock = VirtualClock()
    let transport = ScriptedTransport(clock) { _ in Say.yes }
    let execution = try await World.run(plan, Self.sources, transport, clock: clock)
    #expect(execution.stop == nil)
    let times = transport.arrivals.map(\.at)
    #expect(times == (0..<40).map { $0 * 333_333_334 })
  }

  @Test func aWindowOfRequestsKeepsTheSamePace() async throws {
    let plan = try World.profiles(window: 8, delivery: "requestsPerSecond: 4")
    let clock = VirtualClock()
    let transport = ScriptedTransport(clock) { _ in
      for _ in 0..<7 { await Task.yield() }
      return Say.yes
    }
    _ = try await World.run(plan, Self.sources, transport, clock: clock)
    let times = transport.arrivals.map(\.at).sorted()
    #expect(times.count == 40)
    for (number, time) in times.enumerated() { #expect(time >= number * 250_000_000) }
  }

  @Test func halvesAndRetriesKeepThePaceToo() async throws {
    let plan = try World.profiles(window: 1, delivery: "requestsPerSecond: 5")
    let clock = VirtualClock()
    let transport = ScriptedTransport(clock) { arrival in
      arrival.number % 6 == 0 ? Say.status(503) : arrival.keys.contains("7") ? Say.status(400) : Say.yes
    }
    _ = try await World.run(plan, Self.sources, transport, clock: clock)
    let times = transport.arrivals.map(\.at)
    for (earlier, later) in zip(times, times.dropFirst()) { #expect(later - earlier >= 200_000_000) }
  }

  @Test func aRetryAfterHoldsAllDeliveries() async throws {
    let plan = try World.profiles(window: 4)
    let clock = VirtualClock()
    let held = Gate()
    let full = Gate()
    let turnedAway = Mutex(0)
    let transport = ScriptedTransport(clock) { arrival in
      if arrival.number == 4 { await full.open() }
      if arrival.number == 1 {
        // Turned away while the three others are on the wire.
        await full.pass()
        turnedAway.withLock { $0 = clock.now }
        return Say.status(429, retryAfter: "7")
      }
      if arrival.number <= 4 { await held.pass() }
      return Say.yes
    }
    let execution = try await World.run(
      plan, Self.sources, transport, clock: clock,
      onEvent: { if case .retrying = $0 { Task { await held.open() } } })
    #expect(execution.stop == nil)
    let first = turnedAway.withLock { $0 }
    for arrival in transport.arrivals.dropFirst(4) { #expect(arrival.at >= first + 7 * Self.second) }
    #expect(Set(transport.accepted).count == 200)
    #expect(execution.counts.retries == 1)
  }

  @Test func anUnavailableServerIsNotHammered() async throws {
    let plan = try World.profiles(window: 1, delivery: "attempts: 10")
    let clock = VirtualClock()
    let transport = ScriptedTransport(clock) { _ in Say.status(503, retryAfter: "20") }
    let execution = try await World.run(plan, Self.sources, transport, clock: clock)
    #expect(execution.stop?.exit == 75)
    let times = transport.arrivals.map(\.at)
    #expect(times.count == 10)
    for (earlier, later) in zip(times, times.dropFirst()) { #expect(later - earlier >= 20 * Self.second) }
  }

  @Test(arguments: [1, 2, 5]) func nothingIsReadFurtherAheadThanTheWindow(_ window: Int) async throws {
    let plan = try World.profiles(window: window, rows: 5)
    let clock = VirtualClock()
    let random = Mutex(SplitMix64(seed: 4))
    let reader = ReadCounter(World.csv((0..<400).map { "\($0)" }))
    let mostAhead = Mutex(0)
    let answered = Mutex(0)
    let transport = ScriptedTransport(clock) { arrival in
      for _ in 0..<random.withLock({ Int.random(in: 0..<30, using: &$0) }) { await Task.yield() }
      let done = answered.withLock { count in
        defer { count += arrival.keys.count }
        return count
      }
      mostAhead.withLock { $0 = max($0, reader.rowsRead - done) }
      return Say.yes
    }
    let sources = SourceFiles(paths: ["a.csv"]) { (_: String, _: Int) throws(SourceFailure) in CountedSource(reader) }
    let execution = try await World.run(plan, sources, transport, clock: clock)
    #expect(execution == nil)
    #expect(Set(transport.accepted).count == 400)
    #expect(transport.mostInFlight == window)
    // One batch waits while the window is full, and the reader may hold the beginning of one more row.
    #expect(mostAhead.withLock { $0 } <= (window + 1) * 5 + 1)
  }
}

/// A text that knows how much of it was read.
final class ReadCounter: Sendable {
  let bytes: [UInt8]
  private let position = Mutex(0)

  init(_ text: String) { bytes = Array(text.utf8) }

  /// Whole rows read, the header aside.
  var rowsRead: Int {
    let end = position.withLock { $0 }
    return max(0, bytes[..<end].count { $0 == UInt8(ascii: "\n") } - 1)
  }

  /// The next byte.
  func next() -> UInt8? {
    position.withLock { position in
      guard position < bytes.count else { return nil }
      defer { position += 1 }
      return bytes[position]
    }
  }
}

/// Hands out a byte at a time.
private final class CountedSource: ByteSource {
  private let reader: ReadCounter
  init(_ reader: ReadCounter) { self.reader = reader }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(SourceFailure) -> Int {
    guard unsafe !buffer.isEmpty, let byte = reader.next() else { return 0 }
    unsafe buffer[0] = byte
    return 1
  }
}

extension World {
  /// Runs a plan over sources of any kind; answers why it stopped.
  static func run(
    _ plan: ImportPlan, _ files: SourceFiles, _ transport: ScriptedTransport, clock: VirtualClock
  ) async throws -> RunStop? {
    let progress = Progress()
    let disk = FaultyDisk()
    let journal = try Journal(beginning: header(plan, MemorySources(files: [])), in: FaultyDisk())
    let ledger = Ledger(
      journal, RejectsFile<FaultyDisk>(nil) { () throws(FileFailure) in disk }, progress: progress,
      clock: VirtualClock())
    let run = ImportRun(
      plan, files, ledger: ledger, progress: progress, transport: transport, clock: clock, interruption: { nil },
      onEvent: { _ in })
    return await run.run(
      SourceWalk(plan, files), writingOn: globalConcurrentExecutor, deliveringOn: globalConcurrentExecutor)
  }
}
