import ArgumentParser
import Jobs
import Platform

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run jobs, one after another.",
    discussion: "A job whose last run stopped short is resumed: accepted rows are not sent again.")

  @Argument(help: "Job files.")
  var jobs: [String]

  @OptionGroup var options: RunOptions

  @Flag(help: "Start over, even when the last run stopped short.")
  var fresh = false

  @Flag(help: "Go on with a run that a guard stopped.")
  var resume = false

  func validate() throws {
    if fresh, resume { throw ValidationError("--fresh and --resume exclude each other: start over, or go on") }
    if options.report != nil, jobs.count > 1 { throw ValidationError("--report takes one job at a time") }
  }

  func run() async throws {
    var worst: Int32 = 0
    for path in jobs {
      let mode = fresh ? RunMode.fresh : resume ? .resume : .automatic
      let exit = await RunSession(options, mode: mode).run(jobAt: path)
      worst = max(worst, exit)
      if Interrupts.shared.signal != nil { break }
    }
    Terminal.leave(worst)
  }
}

/// What `run` and `retry` share.
struct RunOptions: ParsableArguments {
  @Flag(help: "Run against a Talon.One of our own, inside this process.")
  var sandbox = false

  @Option(help: ArgumentHelp("Where runs keep their journals.", valueName: "dir"))
  var state: String?

  @Option(help: ArgumentHelp("Write the run report to this file, as JSON.", valueName: "file"))
  var report: String?

  @Option(help: ArgumentHelp("Read at most this many rows.", valueName: "rows"))
  var limit: Int?

  @Option(help: ArgumentHelp("How to say what happens: text or json.", valueName: "format"))
  var logFormat = LogFormat.text

  @Flag(name: .shortAndLong, help: "Say nothing but errors.")
  var quiet = false

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit must be at least 1, found \(limit)") }
  }

  /// Where state is kept: what the sandbox took says nothing about what Talon.One has.
  var stateFolder: String { sandbox ? "\(StateFolder.root(state))/.sandbox" : StateFolder.root(state) }
}

extension RunOptions {
  /// What journals call the server: a sandbox inside has another URL each time.
  func server(_ connection: Connection) -> String { sandbox ? "the sandbox" : connection.url }
}

enum LogFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}

/// What to do about an earlier run of the job.
enum RunMode {
  /// Resume what stopped short, else begin.
  case automatic
  case fresh
  case resume
  /// Run the rejects of the last run.
  case retry
}
