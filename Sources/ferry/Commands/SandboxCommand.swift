import ArgumentParser
import Platform
import Sandbox

struct SandboxCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sandbox", abstract: "Serve a Talon.One of our own on this machine.",
    discussion: """
      A sample account: application 270, campaign 3882, catalog 30, audience 10, collection 7 in the account and 8 in the
      campaign, loyalty program 33. Any key with the right prefix is good unless --key names the only one.

      --sample-data N fills it for exports: N customer sessions, about 2 N effects, N items in each catalog and N / 4
      profiles. They are made as they are asked for, the same every time, and were created in even steps over the
      --sample-days before 2026-10-01T00:00:00Z, so that createdAfter and createdBefore cut them.
      """)

  @Option(help: "The port to listen on; 0 takes a free one.")
  var port = 8800

  @Option(help: "Time added before each answer: 4ms, 1s.")
  var latency = "0ms"

  @Option(help: "Faults on demand, such as 500:5%,429:2%,reset:1%,lost:every20.")
  var faults: String?

  @Option(help: "The only good key, for both APIs.")
  var key: String?

  @Option(help: "Sessions to export, with their effects, profiles and catalog items.")
  var sampleData = 0

  @Option(help: "The days over which the sample data was created.")
  var sampleDays = 30

  @Option(help: "Awkward lists of catalog items: repeat (items move while you page), hasmore (always true).")
  var quirks = ""

  @Flag(help: "Refuse attributes the account does not define.")
  var strict = false

  func run() async throws {
    var configuration = SandboxConfiguration()
    configuration.port = port
    configuration.strictAttributes = strict
    configuration.apiKey = key
    configuration.managementKey = key
    guard let latency = Duration(words: latency) else {
      throw ValidationError("--latency must be a duration such as 4ms or 1s, found '\(latency)'")
    }
    configuration.latency = latency
    try addSamples(to: &configuration)
    if let faults {
      do throws(FaultPlanError) {
        configuration.faults = try FaultPlan(parsing: faults)
      } catch {
        throw ValidationError("--faults: \(error)")
      }
    }
    let server: SandboxServer
    do {
      server = try await SandboxServer.start(configuration)
    } catch {
      Terminal.err("ferry: the sandbox cannot listen on port \(port): \(error)\n")
      throw ExitCode(70)
    }
    Interrupts.shared.isGraceful = true
    Terminal.out("sandbox listening on \(server.url)\n")
    while Interrupts.shared.signal == nil { try? await Task.sleep(for: .milliseconds(50)) }
    try? await server.stop()
  }

  private func addSamples(to configuration: inout SandboxConfiguration) throws {
    guard (0...1_000_000_000).contains(sampleData) else {
      throw ValidationError("--sample-data must be a number from 0 to 1000000000, found '\(sampleData)'")
    }
    guard (1...10_000).contains(sampleDays) else {
      throw ValidationError("--sample-days must be a number from 1 to 10000, found '\(sampleDays)'")
    }
    guard let quirks = PagingQuirks(words: quirks) else {
      throw ValidationError("--quirks must be a list of repeat and hasmore, found '\(quirks)'")
    }
    configuration.sampleData = sampleData
    configuration.sampleDays = sampleDays
    configuration.quirks = quirks
  }
}

extension Duration {
  /// `4ms`, `1s`, `2m`.
  init?(words: String) {
    for (suffix, scale) in [("ms", 1), ("s", 1000), ("m", 60_000)] where words.hasSuffix(suffix) {
      guard let number = Int(words.dropLast(suffix.count)), (0...10_000_000).contains(number) else { continue }
      self = .milliseconds(number * scale)
      return
    }
    return nil
  }
}
