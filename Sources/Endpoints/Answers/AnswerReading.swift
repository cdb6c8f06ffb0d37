/// How answers are read: the common table, and what one endpoint reads differently.
package struct AnswerReading: Sendable {
  /// Statuses that mean success here.
  package var accepted: ClosedRange<Int> = 200...299
  /// A path that answers 200 when the row's object is there: asked when the server says that it exists.
  package var confirmation: String?
  /// The fields in which the object that is there must be like the row's.
  package var likeness: [String] = []
  /// Whether a 404 is about the row's address, not about the job's.
  package var blamesRowForMissing = false
  /// Whether the answer says in `amount` how many rows were imported.
  package var tellsAmount = false

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
    case 404 where reading.blamesRowForMissing: return .refused(reason: reason, faults: [])
    case 404: return .fatal(.notFound, reason: reason)
    case 429, 425: return .unavailable(reason: reason, retryAfter: retryAfter, execution: .no)
    case 408, 500...599: return .unavailable(reason: reason, retryAfter: retryAfter, execution: .unknown)
    case 409 where error?.isCollision ?? false:
      return .unavailable(reason: reason, retryAfter: retryAfter, execution: .no)
    case 409 where reading.confirmation != nil: return .exists(reason: reason)
    case 409 where api == .integration && !(error?.isExistence ?? false):
      return .unavailable(reason: reason, retryAfter: retryAfter, execution: .no)
    case 400...499:
      var faults = faults(in: error, status: answer.status, rows: rows)
      // Of a request of one row everything is that row's.
      if case .single = shape, rows == 1, let item = error?.items.first {
        faults = [RowFault(row: 0, reason: reason, pointer: pointer(in: item))]
      }
      return .refused(reason: reason, faults: faults)
    default:
      return .fatal(
        .unexpected, reason: "\(reason): this is no answer of the API; check the URL and any proxy in between")
    }
  }

  /// The rows an error names, each once, with everything said about it.
  private func faults(in error: ServerError?, status: Int, rows: Int) -> [RowFault] {
    var faults: [RowFault] = []
    for item in error?.items ?? [] {
      guard let row = row(named: item), (0..<rows).contains(row) else { continue }
      if let known = faults.firstIndex(where: { $0.row == row }) {
        faults[known].reason += "; \(item.words)"
      } else {
        faults.append(RowFault(row: row, reason: "HTTP \(status): \(item.words)", pointer: pointer(in: item)))
      }
    }
    return faults.sorted { $0.row < $1.row }
  }

  /// Where in a row's part of the request an error is.
  private func pointer(in item: ServerError.Item) -> String? {
    guard let pointer = item.pointer else { return nil }
    switch shape {
    case .envelope(let array), .grouped(let array):
      guard pointer.hasPrefix("/\(array)/") else { return nil }
      return String(pointer.dropFirst(array.count + 2).drop { $0 != "/" })
    case .single(let wrapper, _):
      return wrapper.map { pointer.hasPrefix("/\($0)/") ? String(pointer.dropFirst($0.count + 1)) : pointer } ?? pointer
    case .upload: return nil
    }
  }

  /// The row an error speaks of, counted from 0 in the request.
  private func row(named item: ServerError.Item) -> Int? {
    switch shape {
    case .envelope(let array), .grouped(let array): item.index(under: array)
    case .single: nil
    // The first line is the header.
    case .upload: item.line.flatMap { $0 > 1 ? $0 - 2 : nil }
    }
  }
}
