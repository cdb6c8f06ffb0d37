package import Records

/// One export of the API, as a value.
package struct ExportEndpoint: Sendable {
  /// How the API hands its rows out.
  package enum Kind: Sendable, Equatable {
    /// One answer holds all rows of a window of time, as CSV; `id` is the column a row is known by, if it has one.
    case download(TimeParameters?, id: String?)
    /// Pages of JSON, `{hasMore?, data}`, asked for with `pageSize` and `skip`; `id` is what an item is known by.
    case pages(size: Int, id: String)
    /// One answer a key of the job's own; `key` is what the path and the output call it.
    case lookup(key: String, window: Int)
  }

  /// The query parameters that bound an export in time, and the column they speak of.
  package struct TimeParameters: Sendable, Equatable {
    package var after: String
    package var before: String
    package var column: String

    package static let created = TimeParameters(after: "createdAfter", before: "createdBefore", column: "created")
  }

  /// The word a job's `source` says: `effects`.
  package var name: String
  package var title: String
  /// The page of the API reference all of this is taken from.
  package var reference: String
  package var api: API
  package var method = Method.get
  /// `/v1/applications/{applicationId}/export_effects`.
  package var path: String
  package var settings: [Setting]
  /// Sent with every request: `dateFormat=ISO8601`.
  package var query: [String] = []
  package var kind: Kind
  /// The columns the reference names.
  ///
  /// Releases differ: an answer may have more, or fewer, and in another order.
  package var columns: [ExportColumn]
  /// Requests a second the API allows; nil where none is published.
  package var requestsPerSecond: Double?
  /// Seconds without a byte after which an answer is given up on.
  package var stallSeconds = 60
  package var notes: [String] = []

  /// What an export may be bounded by; nil when it cannot be.
  package var time: TimeParameters? {
    if case .download(let time, _) = kind { time } else { nil }
  }
}

extension [ExportColumn] {
  /// Columns from lists of names: those that hold JSON, whole or decimal numbers, and times; the rest is text.
  static func named(
    _ names: String, json: Set<String> = [], numbers: Set<String> = [], times: Set<String> = []
  ) -> Self {
    names.split(separator: ",").map { name in
      let name = String(name)
      let kind: ExportColumn.Kind =
        json.contains(name) ? .json : numbers.contains(name) ? .number : times.contains(name) ? .time : .text
      return ExportColumn(name, kind)
    }
  }
}
