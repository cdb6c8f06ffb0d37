extension Answer {
  /// A page that is no JSON, as a gateway writes it.
  static let badGateway = Answer(
    status: 502, contentType: "text/html",
    body: Array("<html><head><title>502 Bad Gateway</title></head><body>Bad Gateway</body></html>\r\n".utf8))

  static func failing(
    _ status: Int, _ retryAfter: FaultDecision.Outcome.RetryAfter?, number: Int, now: Timestamp
  ) -> Answer {
    var answer =
      status == 429
      ? tooManyRequests(number: number)
      : refusing(Refusal(status: status, message: "A fault of the sandbox", problems: nil))
    switch retryAfter {
    case .seconds(let seconds)?: answer.headers.append(Header(name: "Retry-After", value: String(seconds)))
    case .date(let seconds)?:
      let moment = Timestamp(microseconds: now.microseconds + seconds * 1_000_000)
      answer.headers.append(Header(name: "Retry-After", value: moment.httpText))
    case nil: break
    }
    return answer
  }
}
