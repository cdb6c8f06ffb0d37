import ArgumentParser

/// `Benchmarks measure`: runs a command again and again and says what it cost.
struct Measure: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Time, processor time and peak memory of a command, as key=value on one line.",
    discussion: "The command's standard output is thrown away. A run that fails ends the measurement.")

  @Option(help: "How many runs.") var runs = 5
  @Option(help: "A bash command before every run, not measured.") var before: String?
  @Option(help: "A bash command after every run, not measured; it must succeed.") var after: String?
  @Argument(parsing: .postTerminator, help: "The command and its arguments.") var command: [String]

  func validate() throws {
    if runs < 1 { throw ValidationError("--runs must be at least 1") }
    if command.isEmpty { throw ValidationError("no command after --") }
  }

  func run() throws {
    var costs: [Cost] = []
    for _ in 0..<runs {
      if let before { try Child.run(["bash", "-c", before]) }
      costs.append(try Child.run(command))
      if let after { try Child.run(["bash", "-c", after]) }
    }
    print(
      "runs=\(runs)", Spread(costs.map(\.wallMicroseconds), per: 1000).line("wall_ms"),
      Spread(costs.map(\.cpuMicroseconds), per: 1000).line("cpu_ms"),
      Spread(costs.map(\.peakKilobytes), per: 1).line("rss_kb"))
  }
}
