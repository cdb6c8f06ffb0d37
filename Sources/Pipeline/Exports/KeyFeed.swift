import Checkpoints
import Endpoints
import Jobs
import Records

/// One read a key, several in flight, written in the order of the keys; a part is a hundred keys, or fewer with long
/// answers.
final class KeyFeed: ExportFeed {
  /// Keys between two entries of the journal, and bytes of their answers after which no more are asked for: a part is in
  /// memory as a whole.
  private static let keysPerPart = 100
  private static let bytesPerPart = 1 << 22

  /// What became of one key.
  private enum Found: Sendable {
    case line([UInt8])
    case rejected(Rejection)
    case stopped(RunStop)
  }

  private struct Answered: Sendable {
    var index: Int
    var found: Found
    var requests = 0
    var retries = 0
    var bytes = 0
  }

  private let plan: ExportPlan
  private let fetcher: Fetcher
  private let filter: ExportFilter
  private let world: ExportWorld
  private let name: String
  private let keys: KeyColumn
  let rejects: FeedRejects
  let header: [UInt8]?
  private var passed: Int
  /// Keys that were read and belong to a later part.
  private var waiting: [KeyColumn.Key] = []

  init(
    _ plan: ExportPlan, _ rule: KeyRule, _ fetcher: Fetcher, _ filter: ExportFilter, _ world: ExportWorld, name: String,
    from passed: Int
  ) throws(SourceFailure) {
    self.plan = plan
    self.fetcher = fetcher
    self.filter = filter
    self.world = world
    self.name = name
    self.passed = passed
    let source = try world.open(rule.path)
    switch rule.format {
    case .csv(let dialect):
      keys = try KeyColumn(csv: dialect, column: rule.column, source: source, path: rule.path)
      rejects = FeedRejects(
        format: .csv(dialect, columns: keys.columns.filter { !ReservedColumn.contains($0) }), path: rule.path,
        columns: keys.columns)
    case .ndjson:
      keys = KeyColumn(ndjson: rule.column, source: source)
      rejects = FeedRejects(format: .ndjson, path: rule.path)
    }
    header = plan.format == .csv ? ListExport.header(plan.endpoint.columns) : nil
    for _ in 0..<passed { _ = try keys.next() }
  }

  func next() async throws(ExportStop) -> FeedStep {
    var step = FeedStep()
    try take()
    let isEnd = waiting.count < Self.keysPerPart
    let part = await answers(to: waiting)
    var lines: [UInt8] = []
    for answered in part.sorted(by: { $0.index < $1.index }) {
      step.requests += answered.requests
      step.retries += answered.retries
      step.bytesReceived += answered.bytes
      switch answered.found {
      case .line(let line): lines += line
      case .rejected(let rejection): step.rejections.append(rejection)
      case .stopped(let stop): throw ExportStop(stop)
      }
    }
    waiting.removeFirst(part.count)
    passed += part.count
    step.next = passed
    step.isLast = isEnd && waiting.isEmpty
    step.text = ListExport(columns: plan.endpoint.columns, format: plan.format, filter: filter, lines: lines)
    return step
  }

  /// Reads as many keys as a part may have.
  private func take() throws(ExportStop) {
    do throws(SourceFailure) {
      while waiting.count < Self.keysPerPart, let key = try keys.next() { waiting.append(key) }
    } catch {
      throw ExportStop(RunStop(error, rows: passed + waiting.count))
    }
  }

  /// The answers to the first of these keys, as many as a part takes, in the order they came.
  private func answers(to keys: [KeyColumn.Key]) async -> [Answered] {
    let (plan, fetcher, world, name) = (plan, fetcher, world, name)
    return await withTaskGroup(of: Answered.self) { group in
      var answers: [Answered] = []
      var bytes = 0
      for (index, key) in keys.enumerated() {
        if index >= plan.inFlight, let answered = await group.next() {
          answers.append(answered)
          if case .stopped = answered.found { break }
          bytes += answered.bytes
          if bytes >= Self.bytesPerPart { break }
        }
        group.addTask { await Self.ask(key, index, plan, fetcher, world, name) }
      }
      for await answered in group { answers.append(answered) }
      return answers
    }
  }

  private static func ask(
    _ key: KeyColumn.Key, _ index: Int, _ plan: ExportPlan, _ fetcher: Fetcher, _ world: ExportWorld, _ name: String
  ) async -> Answered {
    var rejection = key.rejection
    guard !key.text.isEmpty else { return Answered(index: index, found: .rejected(rejection)) }
    let target = plan.target.split(separator: "{\(name)}", maxSplits: 1).joined(separator: key.text.percentEncoded)
    let spool: any Spool
    do throws(FileFailure) {
      spool = try world.spool(false)
    } catch {
      return Answered(index: index, found: .stopped(.storage("\(error)")))
    }
    var line: [UInt8]?
    let fetched = await fetcher.fetch(target, "line \(rejection.place.line) of the keys", into: spool) { spool in
      line = (try? spool.source().all()).flatMap { LookupLine.line(name, key.text, $0) }
      return line == nil ? "the answer is no JSON object" : nil
    }
    var answered = Answered(
      index: index, found: .line(line ?? []), requests: fetched.requests, retries: fetched.retries,
      bytes: spool.byteCount)
    switch fetched.outcome {
    case .read:
      guard let fault = LookupLine.fault(in: line ?? [], columns: plan.endpoint.columns) else { break }
      rejection.reason = "the answer cannot be read: \(fault)"
      answered.found = .rejected(rejection)
    case .refused(let reason):
      rejection.reason = reason
      answered.found = .rejected(rejection)
    case .stopped(let stop): answered.found = .stopped(stop)
    }
    return answered
  }
}
