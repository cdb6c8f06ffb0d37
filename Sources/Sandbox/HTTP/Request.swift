/// One HTTP request as the rules see it: no socket, no framework.
struct Request: Sendable {
  var method: String
  /// Path and query as they stood in the request line.
  var target: String
  var authorization: String?
  var idempotencyKey: String?
  var contentEncoding: String?
  var contentType: String?
  var body: [UInt8] = []
}
