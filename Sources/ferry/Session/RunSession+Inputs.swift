import Checkpoints
import Endpoints
import Jobs
import Pipeline
import Platform
import Records
import Sandbox
import Settings

/// What a run reads, and whom it talks to.
extension RunSession {
  func sourcePaths(_ plan: ImportPlan) throws(Refusal) -> [String] {
    do throws(SourceFailure) {
      return try SourcePaths.expand(plan.sources)
    } catch {
      throw Refusal(exit: 66, words: RunStop(error, rows: 0).reason)
    }
  }

  func identities(of paths: [String]) throws(Refusal) -> [SourceIdentity] {
    var identities: [SourceIdentity] = []
    for path in paths {
      do throws(SourceFailure) {
        identities.append(try SourceStatus.identity(of: path))
      } catch {
        throw Refusal(exit: 66, words: RunStop(error, rows: 0).reason)
      }
    }
    return identities
  }

  /// A sandbox that has everything the job names.
  func startSandbox(_ job: Job) async throws(Refusal) -> SandboxServer? {
    guard options.sandbox else { return nil }
    var configuration = SandboxConfiguration()
    if let catalog = job.ids["catalogId"] { configuration.account.add(catalog: catalog) }
    if let audience = job.ids["audienceId"] { configuration.account.add(audience: audience) }
    if let application = job.ids["applicationId"] {
      configuration.account.add(application: application)
      if let campaign = job.ids["campaignId"] { configuration.account.add(campaign: campaign, of: application) }
    }
    if let collection = job.ids["collectionId"] {
      if let campaign = job.ids["campaignId"] {
        configuration.account.add(campaignCollection: collection, of: campaign)
      } else {
        configuration.account.add(accountCollection: collection)
      }
    }
    if let program = job.ids["loyaltyProgramId"] { configuration.account.add(loyaltyProgram: program) }
    do {
      return try await SandboxServer.start(configuration)
    } catch {
      throw Refusal(exit: 70, words: "the sandbox cannot be started: \(error)")
    }
  }

  func connection(for job: Job, sandbox: String?) throws(Refusal) -> Connection {
    try Self.connection(job.connection, for: job.plan.endpoint.api, sandbox: sandbox)
  }

  /// How to reach an API with what a job and the environment say.
  static func connection(
    _ settings: ConnectionSettings, for api: API, sandbox: String?
  ) throws(Refusal) -> Connection {
    let agent = "ferry/\(Version.current)"
    if let sandbox {
      let keys = Dictionary(uniqueKeysWithValues: API.allCases.map { ($0, "\($0.scheme) sandbox") })
      return Connection(url: sandbox, authorization: keys, agent: agent)
    }
    guard var url = settings.url?.value ?? Terminal.environment("TALON_ONE_URL"), !url.isEmpty else {
      throw Refusal(
        exit: 78,
        words: "no URL: set TALON_ONE_URL to https://<name>.<region>.talon.one, or 'connection.url' in the job, "
          + "or try --sandbox")
    }
    while url.hasSuffix("/") { url.removeLast() }
    guard url.hasPrefix("https://") || url.hasPrefix("http://"), !url.contains(" ") else {
      throw Refusal(exit: 78, words: "the URL must begin with https:// (or http://), found '\(url)'")
    }
    var keys: [API: String] = [:]
    keys[.integration] = settings.apiKey?.reveal() ?? Terminal.environment("TALON_ONE_API_KEY")
    keys[.management] = settings.managementKey?.reveal() ?? Terminal.environment("TALON_ONE_MANAGEMENT_KEY")
    guard let key = keys[api], !key.isEmpty else {
      let variable = api == .integration ? "TALON_ONE_API_KEY" : "TALON_ONE_MANAGEMENT_KEY"
      throw Refusal(
        exit: 78, words: "no key for the \(api.title): set \(variable), or the key in 'connection' of the job")
    }
    guard key.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      throw Refusal(
        exit: 78, words: "the key for the \(api.title) holds spaces or control characters; check where it comes from")
    }
    return Connection(
      url: url,
      authorization: keys.filter { !$0.value.isEmpty }.mapValues { $0 }.reduce(into: [:]) {
        $0[$1.key] = "\($1.key.scheme) \($1.value)"
      }, certificates: settings.certificates, agent: agent)
  }
}
