extension ExportEndpoint {
  /// What the server's answer to a read means.
  ///
  /// A read changes nothing, so everything that may pass is asked for again. Exports declare their errors as CSV and send
  /// JSON: the body is read as JSON whatever it is called. A lookup's 404 is about its key; any other is about the job.
  package func verdict(on answer: Answer) -> Verdict {
    if answer.status == 200 { return .accepted }
    let reason = "HTTP \(answer.status)" + (ServerError(answer.body).map { ": \($0.words)" } ?? "")
    let retryAfter = answer.retryAfter.flatMap(RetryAfter.init)
    switch answer.status {
    case 401, 403: return .fatal(.unauthorized, reason: reason)
    case 404:
      if case .lookup = kind { return .refused(reason: reason, faults: []) }
      return .fatal(.notFound, reason: reason)
    case 408, 409, 425, 429, 500...599:
      return .unavailable(reason: reason, retryAfter: retryAfter, execution: .unknown)
    case 400...499: return .refused(reason: reason, faults: [])
    default:
      return .fatal(
        .unexpected, reason: "\(reason): this is no answer of the API; check the URL and any proxy in between")
    }
  }
}
