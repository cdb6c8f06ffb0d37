package import Settings

/// A job file understood, whichever way it carries.
package enum AnyJob: Sendable {
  case imports(Job)
  case exports(ExportJob)

  package var name: String {
    switch self {
    case .imports(let job): job.name
    case .exports(let job): job.name
    }
  }

  package var warnings: [Issue] {
    switch self {
    case .imports(let job): job.warnings
    case .exports(let job): job.warnings
    }
  }
}

/// An export's job file understood: what to take out, and how to reach the API.
package struct ExportJob: Sendable {
  package var name: String
  package var path: String
  package var plan: ExportPlan
  package var connection: ConnectionSettings
  /// Ids the job names, by setting: what a sandbox must have for it to work.
  package var ids: [String: Int]
  package var warnings: [Issue]
}

extension AnyJob {
  /// Reads a job file; all its issues come at once.
  ///
  /// - `folder`: what relative paths in the file are relative to.
  package static func read(
    _ bytes: [UInt8], path: String, folder: String, lookups: Lookups
  ) -> Result<AnyJob, JobIssues> {
    let issues = IssueList()
    guard let node = Document.read(bytes, into: issues), isExport(node) else {
      return Job.read(bytes, path: path, folder: folder, lookups: lookups).map { .imports($0) }
    }
    let reader = MappingReader(node, as: "job", issues: issues)
    let name = reader.string("name", required: true)
    Job.check(name, issues)
    let connection = ConnectionSettings.read(reader.mapping("connection"), folder: folder, lookups: lookups)
    var ids: [String: Int] = [:]
    let plan = reader.mapping("export").flatMap {
      ExportReader(issues: issues, folder: folder, digest: Job.fingerprint(bytes))
        .read($0, name: name?.value ?? "", ids: &ids)
    }
    reader.finish()
    guard let name, let plan, !issues.hasErrors else {
      return .failure(JobIssues(path: path, issues: issues.sorted))
    }
    return .success(
      .exports(
        ExportJob(
          name: name.value, path: path, plan: plan, connection: connection, ids: ids, warnings: issues.sorted)))
  }

  private static func isExport(_ node: Node) -> Bool {
    guard case .mapping(let entries) = node.content else { return false }
    return entries.contains { $0.key == "export" && $0.value.content != .null }
      && !entries.contains { $0.key == "import" }
  }
}
