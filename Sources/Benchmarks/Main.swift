import ArgumentParser

/// Makes the files to measure with, stands in for the API, and holds the stopwatch.
@main
struct Benchmarks: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "Benchmarks",
    abstract: "Make files, swallow requests, measure commands.",
    subcommands: [Generate.self, ServeNothing.self, Measure.self, Samples.self])
}
