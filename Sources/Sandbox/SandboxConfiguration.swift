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

  package init() {}
}
