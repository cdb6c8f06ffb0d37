/// Which of the two APIs an operation belongs to.
///
/// They share one host, so the key is chosen per operation, never per path.
package enum API: String, Sendable, CaseIterable {
  case integration
  case management

  /// The scheme of the `Authorization` header.
  package var scheme: String {
    switch self {
    case .integration: "ApiKey-v1"
    case .management: "ManagementKey-v1"
    }
  }

  package var title: String {
    switch self {
    case .integration: "Integration API"
    case .management: "Management API"
    }
  }
}

package enum Method: String, Sendable {
  case get = "GET"
  case put = "PUT"
  case post = "POST"
  case delete = "DELETE"
}

/// What repeating a request does, which decides what a retry may do.
package enum RepeatSafety: String, Sendable {
  /// Repeating gives the same state: an unknown outcome is sent again.
  case safe
  /// Harmless with the same `Idempotency-Key`, for 24 hours.
  case keyed
  /// Carries its own id: repeat, and confirm an "exists" by a look-up.
  case selfKeyed
  /// Repeating doubles the effect: an unknown outcome is never sent again by itself.
  case unsafe

  /// Whether a request that may have been applied can simply be sent again.
  package var isRepeatable: Bool { self != .unsafe }

  /// Whether a request is written down before it is sent: what happens to it later depends on when that was.
  package var needsIntent: Bool { self == .unsafe || self == .keyed }

  package var words: String {
    switch self {
    case .safe: "safe: repeating gives the same state"
    case .keyed: "keyed: harmless with the same Idempotency-Key for 24 hours"
    case .selfKeyed: "self-keyed: carries its own id; an \"exists\" is confirmed by a look-up"
    case .unsafe: "unsafe: repeating doubles the effect; an unknown outcome is held in doubt"
    }
  }
}
