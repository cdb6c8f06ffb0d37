import ArgumentParser
import Platform

struct RetryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retry", abstract: "Send the rejects of a job's last run again, after you mended them.",
    discussion: "Edit the rejects file in place, then retry: it becomes the source of a new run.")

  @Argument(help: "The job file.")
  var job: String

  @OptionGroup var options: RunOptions

  func run() async throws {
    Terminal.leave(await RunSession(options, mode: .retry).run(jobAt: job))
  }
}
