import Checkpoints
import Delivery
import Endpoints
import Jobs
import Pipeline
import Records
import Settings
import Synchronization
import TestKit
import Testing

/// Time that passes only when somebody sleeps.
final class VirtualClock: RunClock {
  private let time = Mutex(0)
  private let random = Mutex(SplitMix64(seed: 1))

  var now: Int { time.withLock { $0 } }
  var wall: Int { 1_795_230_000_000_000_000 + now }
  var dice: Double { random.withLock { Double.random(in: 0..<1, using: &$0) } }

  func sleep(until moment: Int) async {
    time.withLock { $0 = max($0, moment) }
    await Task.yield()
  }
}

/// A server in memory: decides by a closure, remembers everything it was sent.
final class ScriptedTransport: Transport {
  struct Arrival: Sendable {
    /// Counted from 1.
    var number: Int
    var keys: [String]
    var rows: [JSONValue]
    var method: Method
    var target: String
    /// The whole body.
    var body: JSONValue?
    /// The file that is the body instead.
    var file: BodyFile?
    var idempotencyKey: String?
    var at: Int
  }

  typealias Script = @Sendable (Arrival) async -> Result<Answer, TransportFailure>

  private struct Log {
    var arrivals: [Arrival] = []
    var inFlight = 0
    var mostInFlight = 0
    var keysInFlight: [String: Int] = [:]
    var collisions: [String] = []
    /// Keys taken, in the order in which the server said so.
    var accepted: [String] = []
  }

  private let log = Mutex(Log())
  private let clock: VirtualClock
  private let script: Script

  init(_ clock: VirtualClock, _ script: @escaping Script) {
    self.clock = clock
    self.script = script
  }

  var arrivals: [Arrival] { log.withLock { $0.arrivals } }
  var accepted: [String] { log.withLock { $0.accepted } }
  var mostInFlight: Int { log.withLock { $0.mostInFlight } }
  var collisions: [String] { log.withLock { $0.collisions } }
  /// Every key sent, once for each time.
  var sent: [String] { arrivals.flatMap(\.keys) }

  func send(_ request: Request) async -> Result<Answer, TransportFailure> {
    let arrival = arrive(request)
    let outcome = await script(arrival)
    log.withLock { log in
      log.inFlight -= 1
      for key in arrival.keys { log.keysInFlight[key, default: 0] -= 1 }
      if case .success(let answer) = outcome, answer.status < 300 { log.accepted += arrival.keys }
    }
    return outcome
  }

  /// The segment of a path behind `profile`, `customer_sessions` or `events`.
  private static func id(in target: String) -> String {
    let parts = target.split(separator: "?")[0].split(separator: "/").map(String.init)
    let parents: Set = ["profile", "customer_sessions", "events"]
    return zip(parts, parts.dropFirst()).first { parents.contains($0.0) }?.1 ?? "?"
  }

  private func arrive(_ request: Request) -> Arrival {
    let body = JSONValue(request.body.bytes(0..<request.body.count))
    let rows = (body?["customerProfiles"] ?? body?["actions"])?.elements ?? []
    // What one row is a request of is known by its path, or by its own id.
    let one = body?["integrationId"]?.text ?? Self.id(in: request.target)
    let keys =
      body?["customerProfiles"] == nil && body?["actions"] == nil
      ? [one] : rows.map { ($0["integrationId"] ?? $0["payload"]?["sku"])?.text ?? "?" }
    return log.withLock { log in
      let arrival = Arrival(
        number: log.arrivals.count + 1, keys: keys, rows: rows, method: request.method, target: request.target,
        body: body, file: request.file, idempotencyKey: request.idempotencyKey, at: clock.now)
      log.arrivals.append(arrival)
      log.inFlight += 1
      log.mostInFlight = max(log.mostInFlight, log.inFlight)
      for key in keys {
        if log.keysInFlight[key, default: 0] > 0 { log.collisions.append(key) }
        log.keysInFlight[key, default: 0] += 1
      }
      return arrival
    }
  }
}

/// Answers of the API.
enum Say {
  static let yes: Result<Answer, TransportFailure> = .success(Answer(status: 200))

  static func status(_ status: Int, retryAfter: String? = nil, _ message: String = "no") -> Result<
    Answer, TransportFailure
  > {
    .success(Answer(status: status, retryAfter: retryAfter, body: Array("{\"message\":\"\(message)\"}".utf8)))
  }

  /// 400 with a pointer to each of the rows.
  static func faults(_ rows: [Int], under array: String = "customerProfiles") -> Result<Answer, TransportFailure> {
    let errors = rows.map {
      "{\"title\":\"Invalid\",\"details\":\"row \($0) is bad\",\"source\":{\"pointer\":\"/\(array)/\($0)/x\"}}"
    }
    let body = "{\"message\":\"refused\",\"errors\":[\(errors.joined(separator: ","))]}"
    return .success(Answer(status: 400, body: Array(body.utf8)))
  }

  /// Refuses keys that end with `r`: named when `names`, else found by halving.
  static func judging(_ arrival: ScriptedTransport.Arrival, names: Bool = true) -> Result<Answer, TransportFailure> {
    let bad = arrival.keys.indices.filter { arrival.keys[$0].hasSuffix("r") }
    if bad.isEmpty { return yes }
    return names ? faults(bad) : status(400, "something is wrong")
  }
}

/// Source files in memory.
struct MemorySources: Sendable {
  var files: [(path: String, text: String)]
  /// Called with the bytes handed out so far, whenever a piece is.
  var chunk = 1 << 18

  var sourceFiles: SourceFiles {
    let files = self.files
    let chunk = self.chunk
    return SourceFiles(paths: files.map(\.path)) { (path: String, byte: Int) throws(SourceFailure) in
      guard let file = files.first(where: { $0.path == path }) else { throw .missing(path: path) }
      return ArraySource(Array(file.text.utf8.dropFirst(byte)), chunk: chunk)
    }
  }

  var identities: [SourceIdentity] {
    files.map { file in
      SourceIdentity(path: file.path, kind: .regular, bytes: file.text.utf8.count, modified: 0, fingerprint: 0)
    }
  }
}

/// What is on the disks after a crash.
struct Leftover: Sendable {
  var journal: [UInt8]
  var rejects: [UInt8]
}

/// The two files of a run, on disks that may fail.
struct Disks: Sendable {
  var journal: FaultyDisk
  var rejects: FaultyDisk

  init(journal: FaultyDisk = FaultyDisk(), rejects: FaultyDisk = FaultyDisk()) {
    self.journal = journal
    self.rejects = rejects
  }

  /// After a power cut at this moment; the journal first, which may only lag behind.
  var durable: Leftover {
    let journal = self.journal.durable
    return Leftover(journal: journal, rejects: rejects.durable)
  }

  /// After the process is killed at this moment.
  var cached: Leftover {
    let journal = self.journal.cached
    return Leftover(journal: journal, rejects: rejects.cached)
  }
}

/// One execution of a run, and what it came to.
struct Execution: Sendable {
  var stop: RunStop?
  var counts: Progress.Counts
  var disks: Disks
  var events: [RunEvent]
  var past: Recovery?

  var rejectsText: String { String(decoding: disks.rejects.cached, as: UTF8.self) }
  var rejectLines: [String] { rejectsText.split(separator: "\n").map(String.init) }
}

enum World {
  static let noLookups = Lookups(
    environment: { _ in nil }, file: { _ in throw FileFailure(operation: "open", path: "none", errno: 2) })

  /// The plan of a job file.
  static func plan(_ yaml: String) throws -> ImportPlan {
    switch Job.read(Array(yaml.utf8), path: "job.yaml", folder: "", lookups: noLookups) {
    case .success(let job): return job.plan
    case .failure(let issues):
      Issue.record("the job is wrong: \(issues.issues.map(\.description))")
      throw issues
    }
  }

  /// Profiles with an id and a number.
  static func profiles(
    source: String = "[a.csv]", window: Int = 4, rows: Int = 5, delivery: String = "", guards: String = "",
    duplicates: String = "last"
  ) throws -> ImportPlan {
    var yaml = "name: t\nimport:\n  source: \(source)\n  target: profiles.update\n"
    yaml += "  map:\n    integrationId: id\n    attributes.n: { column: n, type: number }\n"
    yaml += "  duplicates: \(duplicates)\n"
    yaml += "  delivery: { window: \(window), batchRows: \(rows)\(delivery.isEmpty ? "" : ", " + delivery) }\n"
    if !guards.isEmpty { yaml += "  guards: { \(guards) }\n" }
    return try plan(yaml)
  }

  /// A CSV file with these ids; ids beginning with `x` have a bad number.
  static func csv(_ ids: [String]) -> String {
    "id,n\n" + ids.map { "\($0),\($0.hasPrefix("x") ? "many" : "1")\n" }.joined()
  }

  static func header(_ plan: ImportPlan, _ sources: MemorySources) -> RunHeader {
    RunHeader(
      run: RunID(seconds: 1_795_230_000, random: 0xA1B2C3), job: plan.name, jobDigest: plan.digest,
      endpoint: plan.endpoint.name, started: 1_795_230_000, sources: sources.identities, tool: "test")
  }

  /// Runs the plan, as the command line would: from the beginning, or from what a crash left.
  static func run(
    _ plan: ImportPlan, _ sources: MemorySources, _ transport: ScriptedTransport, clock: VirtualClock,
    disks: Disks = Disks(), after past: Recovery? = nil, interruption: @escaping @Sendable () -> Int32? = { nil },
    deliveringOn deliverer: any TaskExecutor = globalConcurrentExecutor,
    onEvent: @escaping @Sendable (RunEvent) -> Void = { _ in }
  ) async throws -> Execution {
    let progress = Progress()
    let events = Mutex<[RunEvent]>([])
    // The ledger sleeps by a clock of its own, so that its naps do not disturb the pace of the requests.
    let ledger: Ledger<FaultyDisk>
    let ledgerClock = VirtualClock()
    if let past {
      progress.update {
        $0.tallies = past.tallies
        $0.requests = past.requests
        $0.retries = past.retries
        $0.bytesSent = past.bytesSent
      }
      let journal = try Journal(resuming: past, at: 0, from: past.resumePosition, in: disks.journal)
      if past.rejectsBytes > 0 { try disks.rejects.truncate(to: past.rejectsBytes) }
      let old: FaultyDisk? = past.rejectsBytes > 0 ? disks.rejects : nil
      ledger = Ledger(
        journal,
        RejectsFile(old, length: past.rejectsBytes) { () throws(FileFailure) in
          try disks.rejects.truncate(to: 0)
          return disks.rejects
        },
        progress: progress, clock: ledgerClock)
    } else {
      let journal = try Journal(beginning: header(plan, sources), in: disks.journal)
      ledger = Ledger(
        journal, RejectsFile<FaultyDisk>(nil) { () throws(FileFailure) in disks.rejects }, progress: progress,
        clock: ledgerClock)
    }
    let run = ImportRun(
      plan, sources.sourceFiles, ledger: ledger, progress: progress, earlier: past?.tally ?? Tally(),
      keys: past?.repeatedKeys ?? [:],
      transport: transport, clock: clock, interruption: interruption,
      onEvent: { event in
        events.withLock { $0.append(event) }
        onEvent(event)
      })
    let start = past.map { $0.position(notAfter: plan.firstRecord(missing: $0.accounted.firstMissing)) } ?? .start
    var walk = SourceWalk(
      plan, sources.sourceFiles, from: start,
      settled: past?.accounted ?? RecordRanges(), firstSequence: past?.nextSequence ?? 0)
    walk.hasRejects = (past?.rejectsBytes ?? 0) > 0
    let stop = await run.run(walk, writingOn: globalConcurrentExecutor, deliveringOn: deliverer)
    return Execution(
      stop: stop, counts: progress.current, disks: disks, events: events.withLock { $0 }, past: past)
  }

  /// Goes on after a crash: recovers the journal, or begins anew when not even its header is there.
  static func resume(
    _ plan: ImportPlan, _ sources: MemorySources, _ transport: ScriptedTransport, clock: VirtualClock,
    from leftover: Leftover
  ) async throws -> Execution {
    guard let journaled = try JournalCodec.recover(leftover.journal) else {
      return try await run(plan, sources, transport, clock: clock)
    }
    let past = journaled.trusting { $0.isProtected(at: clock.wall / 1_000_000_000) }
    let disks = Disks(journal: FaultyDisk(content: leftover.journal), rejects: FaultyDisk(content: leftover.rejects))
    return try await run(plan, sources, transport, clock: clock, disks: disks, after: past)
  }
}

/// The ids in a CSV rejects file, one for each record.
func rejectedIDs(_ text: String) -> [String] {
  text.split(separator: "\n").dropFirst().map { String($0.prefix { $0 != "," }) }
}
