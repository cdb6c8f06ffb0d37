import Checkpoints
import Delivery
import Endpoints
import Jobs
import Pipeline
import Records
import Settings
import Synchronization
import TestKit

/// A server that is only read from: decides by a closure, remembers what it was asked for and when.
final class ScriptedReads: Downloading {
  struct Read: Sendable, Equatable {
    /// Counted from 1.
    var number: Int
    var target: String
    var at: Int
  }

  enum Reply {
    case body(String)
    case answer(Result<Answer, TransportFailure>)
  }

  private let reads = Mutex<[Read]>([])
  private let clock: VirtualClock
  private let script: @Sendable (Read) -> Reply

  init(_ clock: VirtualClock, _ script: @escaping @Sendable (Read) -> Reply) {
    self.clock = clock
    self.script = script
  }

  var all: [Read] { reads.withLock { $0 } }

  func download(_ request: Request, into sink: any BodySink) async -> Result<Answer, TransportFailure> {
    let read = reads.withLock { reads in
      reads.append(Read(number: reads.count + 1, target: request.target, at: clock.now))
      return reads[reads.count - 1]
    }
    sink.restart()
    switch script(read) {
    case .answer(let outcome): return outcome
    case .body(let text):
      let isTaken = unsafe Array(text.utf8).withUnsafeBytes { unsafe sink.accept($0) }
      return isTaken ? .success(Answer(status: 200)) : .failure(TransportFailure(.hopeless, "no room"))
    }
  }
}

/// A spool in memory.
final class TestSpool: Spool {
  private let body = Mutex<[UInt8]>([])

  let isAbandoned = false
  let failure: String? = nil
  let storageFailure: String? = nil
  var byteCount: Int { body.withLock { $0.count } }

  func restart() { body.withLock { $0 = [] } }
  func accept(_ bytes: UnsafeRawBufferPointer) -> Bool {
    body.withLock { body in unsafe body.append(contentsOf: bytes) }
    return true
  }
  func source() -> any ByteSource { ArraySource(body.withLock { $0 }) }
}

/// An output in memory that fails at a chosen write.
final class TestOutput: ExportFile {
  private(set) var bytes: [UInt8]
  private let failingAt: Int
  private var writes = 0

  init(_ bytes: [UInt8] = [], failingAt: Int = .max) {
    self.bytes = bytes
    self.failingAt = failingAt
  }

  var text: String { String(decoding: bytes, as: UTF8.self) }
  var byteCount: Int { bytes.count }
  var textBytes: Int { bytes.count }
  var checksum: UInt32 { UInt32(truncatingIfNeeded: Fingerprint.of(bytes)) }

  func write(_ text: ByteBuffer) throws(FileFailure) {
    writes += 1
    if writes == failingAt { throw FileFailure(operation: "write to", path: "/out", errno: 28) }
    bytes += text.bytes(0..<text.count)
  }

  func endPart() throws(FileFailure) {}
}

/// One execution of an export, and what it left.
struct ExportScene {
  var result: Result<ExportSummary, ExportEnd>
  var output: TestOutput
  var journal: [UInt8]
  var rejects: String
  var reads: [ScriptedReads.Read]
  var events: [RunEvent]

  var stop: RunStop? { if case .failure(let end) = result { end.stop } else { nil } }
  var summary: ExportSummary {
    switch result {
    case .success(let summary): summary
    case .failure(let end): end.summary
    }
  }

  static func plan(_ section: String) throws -> ExportPlan {
    let text = "name: test\nexport:\n" + section.split(separator: "\n").map { "  \($0)\n" }.joined()
    let lookups = Lookups(environment: { _ in nil }, file: { _ in "" })
    guard case .exports(let job) = try AnyJob.read(Array(text.utf8), path: "j", folder: "", lookups: lookups).get()
    else { throw ExportFailure() }
    return job.plan
  }

  struct ExportFailure: Error {}

  /// Runs `plan` from what an earlier execution left, if there was one.
  static func run(
    _ plan: ExportPlan, window: Range<Int>? = 0..<3000, after earlier: ExportScene? = nil, failingAt: Int = .max,
    keys: String = "", filter: ExportFilter = ExportFilter(), signalAfter: Int = .max,
    _ script: @escaping @Sendable (ScriptedReads.Read) -> ScriptedReads.Reply
  ) async throws -> ExportScene {
    let clock = VirtualClock()
    let transport = ScriptedReads(clock, script)
    let header = ExportHeader(
      run: RunID(seconds: 0, random: 1), job: "test", jobDigest: 1, endpoint: plan.endpoint.name, started: 0,
      window: window, target: "out", tool: "test")
    // Where no part counts yet, there is nothing to go on from.
    let past = try earlier.flatMap { try ExportJournalCodec.recover($0.journal) }.flatMap { $0.last == nil ? nil : $0 }
    let output = TestOutput(
      Array((earlier?.output.bytes ?? []).prefix(past?.last?.outputBytes ?? 0)), failingAt: failingAt)
    let disk = FaultyDisk(content: past == nil ? [] : earlier?.journal ?? [])
    let journal = try past.map { past throws(FileFailure) in try ExportJournal(resuming: past, in: disk) }
    let rejects = FaultyDisk()
    let events = Mutex<[RunEvent]>([])
    let ledger = ExportLedger(
      try journal ?? ExportJournal(beginning: header, in: disk), rejects: RejectsFile(nil) { rejects },
      ids: RejectsFile(nil) { FaultyDisk() })
    let world = ExportWorld(
      transport: transport, clock: clock, spool: { _ in TestSpool() },
      open: { _ in ArraySource(Array(keys.utf8)) },
      interruption: { transport.all.count >= signalAfter ? 2 : nil },
      onEvent: { event in events.withLock { $0.append(event) } })
    let run = ExportRun(
      plan, header, past: past, filter: filter, output: output, ledger: ledger, progress: Progress(), world: world)
    let result = await run.run()
    return ExportScene(
      result: result, output: output, journal: disk.cached, rejects: String(decoding: rejects.cached, as: UTF8.self),
      reads: transport.all, events: events.withLock { $0 })
  }
}
