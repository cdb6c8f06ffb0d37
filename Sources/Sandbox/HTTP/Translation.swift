import NIOHTTP1

extension Request {
  init(_ head: HTTPRequestHead, body: [UInt8]) {
    self.init(
      method: head.method.rawValue, target: head.uri, authorization: head.headers.first(name: "authorization"),
      idempotencyKey: head.headers.first(name: "idempotency-key"),
      contentEncoding: head.headers.first(name: "content-encoding"),
      contentType: head.headers.first(name: "content-type"), body: body)
  }
}

extension HTTPResponseHead {
  init(_ answer: Answer, version: HTTPVersion, closes: Bool) {
    var headers = HTTPHeaders()
    if let contentType = answer.contentType { headers.add(name: "Content-Type", value: contentType) }
    if answer.status != 204, answer.stream == nil {
      headers.add(name: "Content-Length", value: String(answer.body.count))
    }
    for header in answer.headers { headers.add(name: header.name, value: header.value) }
    if closes { headers.add(name: "Connection", value: "close") }
    self.init(version: version, status: HTTPResponseStatus(statusCode: answer.status), headers: headers)
  }
}
