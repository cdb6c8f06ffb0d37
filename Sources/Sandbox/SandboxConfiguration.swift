/// How a sandbox behaves.
package struct SandboxConfiguration: Sendable {
  package var host: String = "127.0.0.1"
  /// 0 takes any free port.
  package var port: Int = 0
  /// Added before each answer; the effect of the request is there before the answer is.
  package var latency: Duration = .zero
  package var faults: FaultPlan = .none
  /// The only good key of the Integration API; without one any key after `ApiKey-v1 ` is good.
  package var apiKey: String?
  /// The only good key of the Management API; without one any key after `ManagementKey-v1 ` is good.
  package var managementKey: String?
  package var account: SandboxAccount = .sample
  /// Refuses attributes that the account does not define; otherwise their first value defines them.
  package var strictAttributes: Bool = false
  /// Refuses the upload of a collection whose items are those it has; whether the API does so is not documented.
  package var refusesIdenticalUploads: Bool = false
  /// Refuses points for a profile that does not exist; otherwise they create it, as imported points do.
  package var refusesUnknownLoyaltyProfiles: Bool = false
  /// Requests a second for each operation of the Management API, 429 beyond; 0 lifts the limit.
  package var managementPace: Int = 3
  /// So many sessions, about twice as many effects and as many items in each catalog are there to be exported.
  ///
  /// None is stored: each is made from its number when it is asked for, the same every time. See `SampleSet`.
  package var sampleData: Int = 0
  /// The sample rows were created over so many days before 2026-10-01T00:00:00Z.
  package var sampleDays: Int = 30
  package var quirks: PagingQuirks = .none
  /// Bytes waiting to be sent at which a streamed answer pauses.
  var writeLimit: Int = 256 << 10

  package init() {}
}
