import Records

/// What the server sent back, bounded in size.
package struct Answer: Sendable, Equatable {
  package var status: Int
  /// The `Retry-After` header as it stands.
  package var retryAfter: String?
  /// At most the first mebibyte.
  package var body: [UInt8]

  package init(status: Int, retryAfter: String? = nil, body: [UInt8] = []) {
    self.status = status
    self.retryAfter = retryAfter
    self.body = body
  }
}

extension Answer {
  /// The `amount` of an Import object: how many values were imported.
  package var amount: Int? { JSONValue(body)?["amount"]?.text.flatMap { Int($0) } }
}

/// What an answer means for the rows that were sent.
///
/// Every decision about retrying, narrowing and rejecting starts here.
package enum Verdict: Sendable, Equatable {
  case accepted
  /// Something in the rows: `faults` says which, or nothing does.
  case refused(reason: String, faults: [RowFault])
  /// The server says that it has the row's object already: a look-up tells whether that is so.
  case exists(reason: String)
  /// Nothing wrong with the rows: try again, not before `retryAfter`.
  case unavailable(reason: String, retryAfter: RetryAfter?, execution: Execution)
  /// No request of this job can succeed.
  case fatal(Fatality, reason: String)

  /// Whether the server may have carried the request out.
  package enum Execution: Sendable, Equatable {
    case no
    case unknown
  }

  package enum Fatality: Sendable, Equatable {
    /// The key is wrong, expired, or not allowed to do this.
    case unauthorized
    /// The path or an id in it does not exist.
    case notFound
    /// The answer is not one of the API's.
    case unexpected
  }
}

/// One row the server named, counted from 0 in the request, and its words.
package struct RowFault: Sendable, Equatable {
  package var row: Int
  package var reason: String
  /// Where in the row's part of the request it is: `/payload/price`.
  package var pointer: String?

  package init(row: Int, reason: String, pointer: String? = nil) {
    self.row = row
    self.reason = reason
    self.pointer = pointer
  }
}
