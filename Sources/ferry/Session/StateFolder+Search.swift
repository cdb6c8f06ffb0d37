import Checkpoints
import Platform
import Settings

/// A run that left a journal.
struct KnownRun {
  var job: String
  var run: RunID
}

/// Finding a run whose job nobody names.
extension StateFolder {
  /// Where state is kept: the option, else the environment, else `.ferry`.
  static func root(_ option: String?) -> String { option ?? Terminal.environment("FERRY_STATE") ?? ".ferry" }

  /// The run meant by `word`: its name, the beginning of it, or a job's name for its last run.
  static func find(_ word: String, in root: String) throws(RunSession.Refusal) -> KnownRun {
    let known = Folder.names(in: root).flatMap { job in
      StateFolder(root: root, job: job).runs.map { KnownRun(job: job, run: $0) }
    }
    if let last = known.last(where: { $0.job == word }) { return last }
    let meant = word.isEmpty ? [] : known.filter { $0.run.text.hasPrefix(word) }
    if let run = meant.first, meant.count == 1 { return run }
    if !meant.isEmpty {
      throw RunSession.Refusal(
        exit: 64, words: "\(quoted(word)) is the beginning of \(meant.count) runs: \(list(meant)); write more of it")
    }
    guard !known.isEmpty else {
      throw RunSession.Refusal(
        exit: 66, words: "there are no runs in \(root); name their folder with --state, or go where they were started")
    }
    let names = known.map(\.run.text) + Set(known.map(\.job)).sorted()
    let hint = nearest(to: word, among: names).map { "did you mean '\($0)'?" } ?? "there are \(list(known))"
    throw RunSession.Refusal(exit: 66, words: "there is no run \(quoted(word)) in \(root); \(hint)")
  }

  /// The last few of some runs, and their jobs.
  private static func list(_ runs: [KnownRun]) -> String {
    let last = runs.sorted { $0.run.text < $1.run.text }.suffix(5).reversed()
    let words = last.map { "\($0.run.text) (\($0.job))" }.joined(separator: ", ")
    return runs.count > last.count ? "\(words) and \(runs.count - last.count) more" : words
  }
}
