/// One operation of the API: how it is called and what it does.
struct Operation: Sendable {
  /// Whose key opens it.
  enum Access: Sendable {
    case integration
    case management
    /// The sandbox's own pages.
    case open
  }

  /// The name the public API description gives it, or the nearest to it.
  let name: String
  let method: String
  /// Such as `/v1/catalogs/{catalogId}/sync`.
  let path: String
  let access: Access
  var takesBody = false
  /// Whether the body is a file in a form instead of JSON.
  var takesUpload = false
  /// Whether the answer is kept under the request's `Idempotency-Key`.
  var isKeyed = false
  let answer: @Sendable (Call, inout SandboxState) throws(Refusal) -> Answer
}
