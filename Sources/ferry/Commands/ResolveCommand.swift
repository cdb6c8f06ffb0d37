import ArgumentParser
import Checkpoints

struct ResolveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resolve", abstract: "List the rows of a run that are in doubt, and say what became of them.",
    discussion: """
      A row is in doubt when it was sent, no answer came, and sending it again could double its effect: only you can look
      whether Talon.One has it. Exit status: 1 while something is in doubt, 0 when nothing is.
      """)

  @Argument(
    help: ArgumentHelp(
      "A run as its report names it, the beginning of its name, or a job's name for its last run.", valueName: "run"))
  var name: String

  @Flag(help: "Talon.One has the rows: they count as accepted.")
  var accept = false

  @Flag(help: "Talon.One does not have the rows: the next run of the job sends them again.")
  var resend = false

  @Option(help: ArgumentHelp("Only these batches, by number: 4,9-12.", valueName: "batches"))
  var only: BatchNumbers?

  @Option(help: ArgumentHelp("Where runs keep their journals.", valueName: "dir"))
  var state: String?

  func validate() throws {
    if accept, resend {
      throw ValidationError("--accept and --resend exclude each other: Talon.One has the rows, or it does not")
    }
  }

  func run() throws {
    let decision: Resolution? = accept ? .accepted : resend ? .resend : nil
    let session = ResolveSession(root: StateFolder.root(state), only: only?.numbers)
    throw ExitCode(session.run(name, decision))
  }
}

/// Batches as a person names them: `4,9-12`.
struct BatchNumbers: ExpressibleByArgument {
  let numbers: RecordRanges

  init?(argument: String) {
    var numbers = RecordRanges()
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false).map { Int($0) }
      guard let first = ends.first ?? nil, let last = ends.last ?? nil, first >= 0, last >= first, last < .max else {
        return nil
      }
      numbers.insert(first..<last + 1)
    }
    self.numbers = numbers
  }
}
