/// What the sandbox has seen so far, for tests.
package struct SandboxStatistics: Sendable, Equatable {
  /// Requests answered or dropped, and those still in flight; the statistics page itself is not counted.
  package internal(set) var requests = 0
  /// How many answers of each status each operation gave; status 0 is a connection closed without an answer.
  package internal(set) var statuses: [String: [Int: Int]] = [:]
  /// Actions, profiles or members each operation accepted.
  package internal(set) var accepted: [String: Int] = [:]
  /// Faults by the word of their clause.
  package internal(set) var faults: [String: Int] = [:]
  package internal(set) var inFlight = 0
  package internal(set) var maxInFlight = 0
  /// The same maximum for each operation.
  package internal(set) var maxInFlightOfOperation: [String: Int] = [:]
  /// Requests that touched a key of another request in flight, by what the keys are of: `catalog` (SKUs of the same
  /// catalog), `profile` (updates, events and sessions of a single one), `session`, `profiles` (bulk updates),
  /// `audiences` (memberships), `reservations` (of one coupon), `points` (of one profile), `collection`.
  package internal(set) var overlaps: [String: Int] = [:]
  /// Requests that held a key more than once, by the same words.
  package internal(set) var repeatedKeys: [String: Int] = [:]
  /// Answers given again for a known `Idempotency-Key`.
  package internal(set) var replays = 0
  /// Those of them whose body differed from the first one.
  package internal(set) var mismatchedReplays = 0
  package internal(set) var connections = 0
  package internal(set) var bodyBytes = 0
  /// Bytes of streamed answers that were made.
  package internal(set) var streamedBytes = 0
  /// How often a streamed answer had to wait for its reader.
  package internal(set) var streamWaits = 0

  var inFlightOfOperation: [String: Int] = [:]

  /// Requests that touched a SKU of another request in flight.
  package var overlappingCatalogRequests: Int { overlaps["catalog"] ?? 0 }

  package func count(_ operation: String, status: Int) -> Int { statuses[operation]?[status] ?? 0 }

  var json: JSONValue {
    let statuses = statuses.sorted { $0.key < $1.key }.map { operation, counts in
      (operation, Self.object(counts.map { (String($0.key), $0.value) }))
    }
    return [
      "requests": .integer(requests), "statuses": .object(JSONObject(statuses)), "accepted": Self.object(accepted),
      "faults": Self.object(faults), "inFlight": .integer(inFlight), "maxInFlight": .integer(maxInFlight),
      "maxInFlightOfOperation": Self.object(maxInFlightOfOperation), "overlaps": Self.object(overlaps),
      "repeatedKeys": Self.object(repeatedKeys),
      "overlappingCatalogRequests": .integer(overlappingCatalogRequests), "replays": .integer(replays),
      "mismatchedReplays": .integer(mismatchedReplays), "connections": .integer(connections),
      "bodyBytes": .integer(bodyBytes), "streamedBytes": .integer(streamedBytes),
      "streamWaits": .integer(streamWaits),
    ]
  }

  private static func object(_ counts: some Sequence<(key: String, value: Int)>) -> JSONValue {
    .object(JSONObject(counts.sorted { $0.key < $1.key }.map { ($0.key, JSONValue.integer($0.value)) }))
  }
}

extension SandboxStatistics {
  mutating func arrive(_ operation: String) {
    requests += 1
    inFlight += 1
    maxInFlight = max(maxInFlight, inFlight)
    inFlightOfOperation[operation, default: 0] += 1
    maxInFlightOfOperation[operation] = max(
      maxInFlightOfOperation[operation] ?? 0, inFlightOfOperation[operation] ?? 0)
  }

  mutating func depart(_ operation: String, status: Int) {
    inFlight -= 1
    inFlightOfOperation[operation, default: 1] -= 1
    statuses[operation, default: [:]][status, default: 0] += 1
  }
}
