import Sandbox

/// Export jobs and a sandbox that has something to export.
enum ExportJobs {
  static func job(
    _ source: String, target: String, settings: String = "applicationId: 270", slice: String = "2d", more: String = ""
  ) -> String {
    let window =
      source == "effects" || source == "customer-sessions"
      ? "  window: { since: 2026-09-01T00:00:00Z, until: 2026-10-01T00:00:00Z, slice: \(slice) }\n" : ""
    return """
      name: export
      export:
        source: \(source)
        settings: { \(settings) }
        target: out/\(target)

      """ + window + more
  }
}

extension Server {
  /// A server with sample data of September 2026.
  static func startExports(
    _ count: Int, faults: String? = nil, latency: Duration = .zero, quirks: PagingQuirks = .none
  ) async throws -> Server {
    var configuration = SandboxConfiguration()
    if let faults { configuration.faults = try FaultPlan(parsing: faults) }
    configuration.latency = latency
    configuration.managementPace = 0
    configuration.sampleData = count
    configuration.quirks = quirks
    return Server(sandbox: try await SandboxServer.start(configuration))
  }

  var exportEnvironment: [String: String] {
    environment.merging(["TALON_ONE_MANAGEMENT_KEY": "m-123456"]) { $1 }
  }
}
