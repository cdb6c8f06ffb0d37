package import Delivery
package import Endpoints
package import Records

/// How a source file is written.
package enum SourceFormat: Sendable, Equatable {
  case csv(CSVDialect)
  case ndjson

  /// The format a file name tells, a `.gz` at its end aside.
  package init?(path: String) {
    var name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    if name.hasSuffix(".gz") { name.removeLast(3) }
    if name.hasSuffix(".csv") || name.hasSuffix(".txt") {
      self = .csv(CSVDialect())
    } else if name.hasSuffix(".tsv") {
      self = .csv(CSVDialect(delimiter: .tab))
    } else if name.hasSuffix(".ndjson") || name.hasSuffix(".jsonl") {
      self = .ndjson
    } else {
      return nil
    }
  }
}

/// A number of rows, or a share of those read.
package enum Threshold: Sendable, Equatable {
  case count(Int)
  case percent(Double)

  /// Whether `number` of `whole` is more than this.
  ///
  /// A share is not judged before a thousand rows.
  package func isExceeded(by number: Int, of whole: Int) -> Bool {
    switch self {
    case .count(let most): number > most
    case .percent(let most): whole >= 1000 && Double(number) * 100 > most * Double(whole)
    }
  }

  package var words: String {
    switch self {
    case .count(let most): "\(most)"
    case .percent(let most): "\(most) %"
    }
  }
}

/// What stops a run before it does harm.
package struct Guards: Sendable, Equatable {
  package var maximumRejects: Threshold?
  /// Rows that remove something.
  package var maximumRemovals: Int?
  /// The share of its rows a replacing upload may lose against the one before; nil is half of them.
  package var maximumShrink: Double?

  package init(maximumRejects: Threshold? = nil, maximumRemovals: Int? = nil, maximumShrink: Double? = nil) {
    self.maximumRejects = maximumRejects
    self.maximumRemovals = maximumRemovals
    self.maximumShrink = maximumShrink
  }
}

/// An import understood and checked: everything a run needs to know.
package struct ImportPlan: Sendable {
  /// The path of the job file, for messages.
  package var path = ""
  package var name: String
  package var endpoint: ImportEndpoint
  /// Path and query of every request: `/v1/catalogs/30/sync`.
  package var target: String
  /// Paths and globs, those of the job file resolved against its folder; `-` is standard input.
  package var sources: [String]
  /// How every source is written; nil when each file's name tells.
  package var format: SourceFormat?
  package var mapping: Mapping
  package var rules: BatchRules
  /// How batches become requests, where a batch is not one.
  package var cut: RequestCut?
  package var window: Int
  package var requestsPerSecond: Double?
  package var backoff: Backoff
  package var guards: Guards
  /// A fingerprint of everything that decides what is sent: a run is resumed only by the plan that began it.
  package var digest: UInt64
}
