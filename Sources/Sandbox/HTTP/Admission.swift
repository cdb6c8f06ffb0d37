extension SandboxConfiguration {
  /// Checks the key; the Integration API and the Management API share a host, so the operation decides which.
  func admit(_ authorization: String?, to access: Operation.Access) throws(Refusal) {
    switch access {
    case .open: return
    case .integration: try admit(authorization, prefix: "ApiKey-v1 ", only: apiKey)
    case .management: try admit(authorization, prefix: "ManagementKey-v1 ", only: managementKey)
    }
  }

  private func admit(_ authorization: String?, prefix: String, only key: String?) throws(Refusal) {
    if let authorization, authorization.hasPrefix(prefix) {
      let given = authorization.dropFirst(prefix.count)
      if key.map({ $0 == given }) ?? !given.allSatisfy(\.isWhitespace) { return }
    }
    throw Refusal(status: 401, message: "Invalid API key", problems: nil)
  }
}

extension Request {
  /// The JSON document in the body; compressed bodies are refused, the content type is not looked at.
  func document() throws(Refusal) -> JSONValue {
    try refuseEncoding()
    do {
      return try JSONReader.value(of: body)
    } catch {
      let message = "The body is not valid JSON: \(error.reason) at byte \(error.offset)"
      throw Refusal(status: 400, message: message, problems: nil)
    }
  }

  func refuseEncoding() throws(Refusal) {
    guard let contentEncoding, contentEncoding.lowercased() != "identity" else { return }
    throw Refusal(status: 415, message: "Content-Encoding \(contentEncoding) is not supported", problems: nil)
  }
}

extension SandboxState {
  /// Paces, replays or performs an admitted call.
  mutating func perform(_ operation: Operation, _ call: Call, _ request: Request) -> Answer {
    statistics.bodyBytes += request.body.count
    if operation.access == .management, !pace.admits(operation.name, at: call.now) {
      return .tooManyRequests(number: call.number)
    }
    guard operation.isKeyed, let key = request.idempotencyKey else { return perform(operation, call) }
    guard (1...KeptAnswers.keyLimit).contains(key.utf8.count) else {
      return .refusing(Refusal(status: 400, message: "Idempotency-Key is too long", problems: nil))
    }
    let target = call.parameters.sorted { $0.key < $1.key }.map(\.value).joined(separator: "/")
    let place = operation.name + " " + target + " " + key
    let body = request.body.hashValue
    if let kept = kept[place] {
      statistics.replays += 1
      if kept.body != body { statistics.mismatchedReplays += 1 }
      return kept.answer
    }
    let answer = perform(operation, call)
    if answer.status < 500, answer.status != 409 { kept.keep(answer, body: body, under: place) }
    return answer
  }

  private mutating func perform(_ operation: Operation, _ call: Call) -> Answer {
    do throws(Refusal) {
      let answer = try operation.answer(call, &self)
      if answer.accepted > 0 { statistics.accepted[operation.name, default: 0] += answer.accepted }
      return answer
    } catch {
      return .refusing(error)
    }
  }
}
