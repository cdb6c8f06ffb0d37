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
        let found = if case .imports(let job) = job { columnIssues(job, path) } else { [String]() }
        Terminal.out(found.map { "\($0)\n" }.joined())
        if found.isEmpty { Terminal.out("\(path): \(job.name) is good\n") } else { hasErrors = true }
      }
    }
    if hasErrors { throw ExitCode(78) }
  }

  /// What is wrong with the columns of the sources that are there already.
  private func columnIssues(_ job: Job, _ path: String) -> [String] {
    guard let sources = try? SourcePaths.expand(job.plan.sources) else { return [] }
    var found: [String] = []
    for source in sources where source != "-" {
      guard let format = job.plan.format ?? SourceFormat(path: source), case .csv(let dialect) = format,
        let file = try? SourceFile.open(source)
      else { continue }
      do throws(SourceFailure) {
        let columns = try RecordStream(csv: dialect, source: file, path: source).columns
        guard case .failure(let missing) = job.plan.rows(columns: columns, format: format, path: source) else {
          continue
        }
        found += missing.issues.map { "\(path):\($0)" }
      } catch {
        // A source may come later, or be filled by then: what cannot be read is for the run to say.
        if case .badHeader(let path, let line, let reason) = error { found.append("\(path):\(line): error: \(reason)") }
      }
    }
    return found
  }
}
