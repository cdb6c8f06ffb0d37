import Synchronization

/// Where requests meet the rules: admits them, performs them, and decides how the answer goes wrong.
final class Desk: Sendable {
  /// A request whose head has been read.
  struct Arrival: Sendable {
    let number: Int
    let route: Router.Route
    let target: RequestTarget?
    let fault: FaultDecision
    let name: String

    var isOwnPage: Bool { name == "sandboxStatistics" }

    /// More bytes than this in the body are refused: the API advises 500 MB at most for a file.
    var bodyLimit: Int {
      if case .found(let operation, _) = route, operation.takesUpload { return 512 << 20 }
      return 64 << 20
    }
  }

  let configuration: SandboxConfiguration
  private let router = Router(Operation.all)
  private let state: Mutex<SandboxState>
  private let now: @Sendable () -> Timestamp

  init(_ configuration: SandboxConfiguration, now: @escaping @Sendable () -> Timestamp) {
    self.configuration = configuration
    self.now = now
    state = Mutex(SandboxState(configuration, now: now()))
  }

  var statistics: SandboxStatistics { state.withLock { $0.statistics } }

  func connect() { state.withLock { $0.statistics.connections += 1 } }

  func arrive(method: String, target text: String) -> Arrival {
    let target = RequestTarget(text)
    let route = router.route(method: method, segments: target?.segments ?? [])
    guard case .found(let operation, _) = route else { return admit("unknown", route, target) }
    return operation.access == .open
      ? Arrival(number: 0, route: route, target: target, fault: FaultDecision(), name: operation.name)
      : admit(operation.name, route, target)
  }

  private func admit(_ name: String, _ route: Router.Route, _ target: RequestTarget?) -> Arrival {
    state.withLock { state in
      state.statistics.arrive(name)
      let number = state.statistics.requests
      let fault = configuration.faults.decision(forRequest: number)
      for word in fault.words { state.statistics.faults[word, default: 0] += 1 }
      return Arrival(number: number, route: route, target: target, fault: fault, name: name)
    }
  }

  /// Counts the answer; status 0 is a connection closed without one.
  func depart(_ arrival: Arrival, status: Int) {
    if arrival.isOwnPage { return }
    state.withLock { state in
      state.statistics.depart(arrival.name, status: status)
      state.inFlight.release(arrival.number)
    }
  }

  /// Counts bytes of a streamed answer, and whether it now waits for its reader.
  func stream(_ bytes: Int, waits: Bool) {
    state.withLock { state in
      state.statistics.streamedBytes += bytes
      if waits { state.statistics.streamWaits += 1 }
    }
  }

  /// The answer the client is meant to see; the connection decides whether it arrives whole.
  func answer(_ request: Request, _ arrival: Arrival) -> Answer {
    switch arrival.fault.outcome {
    case .status(let status, let retryAfter, let isApplied):
      if isApplied { _ = perform(request, arrival) }
      return Answer.failing(status, retryAfter, number: arrival.number, now: now())
    case .garbage:
      _ = perform(request, arrival)
      return .badGateway
    case .reset, .lost, .truncate, nil: return perform(request, arrival)
    }
  }

  private func perform(_ request: Request, _ arrival: Arrival) -> Answer {
    do throws(Refusal) {
      guard let target = arrival.target else { throw Refusal(status: 400, message: "Malformed path", problems: nil) }
      switch arrival.route {
      case .unknown: throw .missing("Not found")
      case .wrongMethod(let allowed):
        let refusal = Refusal(status: 405, message: "Method not allowed", problems: nil)
        var answer = Answer.refusing(refusal)
        answer.headers.append(.init(name: "Allow", value: allowed.joined(separator: ", ")))
        return answer
      case .found(let operation, let parameters):
        try configuration.admit(request.authorization, to: operation.access)
        let call = Call(
          number: arrival.number, now: now(), parameters: parameters, query: target.query,
          body: operation.takesBody ? try request.document() : .null,
          upload: operation.takesUpload ? try request.upload() : Upload([], range: 0..<0))
        return state.withLock { $0.perform(operation, call, request) }
      }
    } catch {
      return .refusing(error)
    }
  }
}
