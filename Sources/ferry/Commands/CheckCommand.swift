import ArgumentParser
import Jobs
import Platform
import Records
import Settings

struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check job files without sending anything.",
    discussion: "Prints every issue as path:line:column and exits 78 when there is an error.")

  @Argument(help: "Job files.")
  var jobs: [String]

  func run() async throws {
    var hasErrors = false
    for path in jobs {
      switch JobLoader.load(path) {
      case .failure(let failure):
        Terminal.out(failure.words)
        hasErrors = true
      case .success(let job):
        Terminal.out(job.warnings.map { "\(path):\($0)\n" }.joined())
        let missing = if case .imports(let job) = job { columnIssues(job) } else { [Issue]() }
        Terminal.out(missing.map { "\(path):\($0)\n" }.joined())
        if missing.isEmpty { Terminal.out("\(path): \(job.name) is good\n") } else { hasErrors = true }
      }
    }
    if hasErrors { throw ExitCode(78) }
  }

  /// The columns the mapping misses in the sources that are there already.
  private func columnIssues(_ job: Job) -> [Issue] {
    guard let paths = try? SourcePaths.expand(job.plan.sources) else { return [] }
    for path in paths where path != "-" {
      guard let format = job.plan.format ?? SourceFormat(path: path), case .csv(let dialect) = format,
        let source = try? SourceFile.open(path),
        let columns = try? dialect.columns ?? RecordStream(csv: dialect, source: source, path: path).columns
      else { continue }
      if case .failure(let missing) = job.plan.rows(columns: columns, format: format, path: path) {
        return missing.issues
      }
    }
    return []
  }
}
