package import Endpoints
package import Records

/// One HTTP request, ready to be sent.
package struct Request: Sendable {
  package var method: Method
  package var api: API
  /// Path and query, percent-encoded: `/v1/catalogs/30/sync`.
  package var target: String
  package var body: ByteBuffer
  /// A file that is the body instead, sent as it stands on disk.
  package var file: BodyFile?
  package var contentType = ContentType.json
  /// The `Idempotency-Key`, where the endpoint knows it.
  package var idempotencyKey: String?
  /// Seconds without a byte after which an answer is given up on.
  package var stallSeconds: Int
  /// Whether a kept connection must not be used: it may be closing, and then nobody knows whether the request arrived.
  package var needsFreshConnection: Bool

  package init(
    method: Method, api: API, target: String, body: ByteBuffer, stallSeconds: Int = 60,
    needsFreshConnection: Bool = false
  ) {
    self.method = method
    self.api = api
    self.target = target
    self.body = body
    self.stallSeconds = stallSeconds
    self.needsFreshConnection = needsFreshConnection
  }

  package var bodyCount: Int { file?.count ?? body.count }
}

/// What a body is.
package enum ContentType: Sendable, Equatable {
  case json
  /// `multipart/form-data` with this boundary.
  case multipart(boundary: String)

  /// The value of the `Content-Type` header.
  package var header: String {
    switch self {
    case .json: "application/json"
    case .multipart(let boundary): "multipart/form-data; boundary=\(boundary)"
    }
  }
}

/// A body that is a file.
package struct BodyFile: Sendable, Equatable {
  package var path: String
  /// Its length in bytes.
  package var count: Int

  package init(path: String, count: Int) {
    self.path = path
    self.count = count
  }
}

/// Why no whole answer came.
package struct TransportFailure: Error, Sendable, Equatable {
  package enum Stage: Sendable, Equatable {
    /// The request never left: name not found, connection refused.
    case notSent
    /// It may have been carried out: reset, time-out, half an answer.
    case unknown
    /// It cannot work however often it is tried: bad URL, certificate refused.
    case hopeless
  }

  package var stage: Stage
  package var reason: String

  package init(_ stage: Stage, _ reason: String) {
    self.stage = stage
    self.reason = reason
  }
}

/// Carries requests to the server.
///
/// It retries nothing: `BatchDelivery` is the one owner of retries.
package protocol Transport: Sendable {
  func send(_ request: Request) async -> Result<Answer, TransportFailure>
}
