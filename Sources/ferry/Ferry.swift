import ArgumentParser
import Platform

@main
enum Main {
  static func main() async {
    Allocator.keepFreed()
    // From here on Ctrl-C is ours: a run stops cleanly, anything else at once.
    _ = Interrupts.shared
    // What decodes, or waits for a source, stays on one thread: the shared pool has as many as there are cores, and a
    // thread made while a library loads has to wait for it.
    let command = Task(executorPreference: ThreadExecutor(named: "command")) { await Ferry.main() }
    // The two commands that send.
    if ["run", "retry"].contains(CommandLine.arguments.dropFirst().first) { CurlLibrary.load() }
    await command.value
  }
}

struct Ferry: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ferry",
    abstract: "Carries data into Talon.One, accounts for every row, and picks up where it was.",
    discussion: """
      Exit status: 0 done; 1 done, some rows rejected or in doubt; 2 stopped by a guard; 64 wrong usage; 66 source
      missing or unreadable; 70 internal error; 75 stopped early, run it again; 77 the API refused the key; 78 job file
      invalid; 130 and 143 interrupted after a clean checkpoint.
      """,
    version: Version.current,
    subcommands: [
      RunCommand.self, RetryCommand.self, ResolveCommand.self, CheckCommand.self, EndpointsCommand.self,
      SchemaCommand.self, SandboxCommand.self,
    ])
}

enum Version {
  static let current = "0.1.0"
}
