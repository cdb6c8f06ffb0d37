/// How answers are read: the common table, and what one endpoint reads differently.
package struct AnswerReading: Sendable {
  /// Statuses that mean success here.
  package var accepted: ClosedRange<Int> = 200...299

  package static let common = AnswerReading()
}

extension ImportEndpoint {
  /// What the server's answer means for the rows of one request.
  ///
  /// The table is the API's own ("Status codes" of both references): 401 and 403 are the key, 404 an id, 408, 425, 429 and
  /// 5xx are temporary, every other 4xx is something in the rows. A 409 of the Integration API is a collision of updates
  /// unless its words say that something exists.
  package func verdict(on answer: Answer, rows: Int) -> Verdict {
    if reading.accepted.contains(answer.status) { return .accepted }
    let error = ServerError(answer.body)
    let reason = "HTTP \(answer.status)" + (error.map { ": \($0.words)" } ?? "")
    let retryAfter = answer.retryAfter.flatMap(RetryAfter.init)
    switch answer.status {
    case 401, 403: return .fatal(.unauthorized, reason: reason)
    case 404: return .fatal(.notFound, reason: reason)
    case 429, 425: return .unavailable(reason: reason, retryAfter: retryAfter, execution: .no)
    case 408, 500...599: return .unavailable(reason: reason, retryAfter: retryAfter, execution: .unknown)
    case 409 where api == .integration && !(error?.message.contains("exist") ?? false):
      return .unavailable(reason: reason, retryAfter: retryAfter, execution: .no)
    case 400...499: return .refused(reason: reason, faults: faults(in: error, status: answer.status, rows: rows))
    default:
      return .fatal(
        .unexpected, reason: "\(reason): this is no answer of the API; check the URL and any proxy in between")
    }
  }

  /// The rows an error names, each once, with everything said about it.
  private func faults(in error: ServerError?, status: Int, rows: Int) -> [RowFault] {
    guard let error, case .envelope(let array) = shape else { return [] }
    var faults: [RowFault] = []
    for item in error.items {
      guard let row = item.index(under: array), (0..<rows).contains(row) else { continue }
      if let known = faults.firstIndex(where: { $0.row == row }) {
        faults[known].reason += "; \(item.words)"
      } else {
        faults.append(RowFault(row: row, reason: "HTTP \(status): \(item.words)"))
      }
    }
    return faults.sorted { $0.row < $1.row }
  }
}
