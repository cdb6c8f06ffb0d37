package import Settings

/// A job file understood: what to do, and how to reach the API.
package struct Job: Sendable {
  package var name: String
  package var path: String
  package var plan: ImportPlan
  package var connection: ConnectionSettings
  /// Ids the job names, by setting: what a sandbox must have for it to work.
  package var ids: [String: Int]
  package var warnings: [Issue]
}

/// Where the API is and which keys the job has for it.
package struct ConnectionSettings: Sendable {
  package var url: Located<String>?
  package var apiKey: Secret?
  package var managementKey: Secret?
  package var certificates: String?
}

/// Everything wrong with a job file, sorted by place.
package struct JobIssues: Error, Sendable {
  package var path: String
  package var issues: [Issue]
}

extension Job {
  /// Reads a job file; all its issues come at once.
  ///
  /// - `folder`: what relative paths in the file are relative to.
  package static func read(
    _ bytes: [UInt8], path: String, folder: String, lookups: Lookups
  ) -> Result<Job, JobIssues> {
    let issues = IssueList()
    let job = Document.read(bytes, into: issues).flatMap {
      read($0, path: path, folder: folder, digest: fingerprint(bytes), lookups: lookups, issues: issues)
    }
    guard let job, !issues.hasErrors else { return .failure(JobIssues(path: path, issues: issues.sorted)) }
    var checked = job
    checked.warnings = issues.sorted
    return .success(checked)
  }

  private static func read(
    _ node: Node, path: String, folder: String, digest: UInt64, lookups: Lookups, issues: IssueList
  ) -> Job? {
    let reader = MappingReader(node, as: "job", issues: issues)
    let name = reader.string("name", required: true)
    check(name, issues)
    let connection = ConnectionSettings.read(reader.mapping("connection"), folder: folder, lookups: lookups)
    if reader.has("export"), reader.has("import") {
      issues.report(at: node.place, "a job has one of 'import' and 'export', found both; make two jobs of it")
    }
    let section = reader.mapping("import")
    if section == nil, reader.node("import").map({ $0.content == .null }) ?? true {
      issues.report(at: node.place, "missing key 'import' (or 'export') in the job: it says what is carried where")
    }
    var ids: [String: Int] = [:]
    let plan = section.flatMap {
      ImportReader(issues: issues, folder: folder, digest: digest).read($0, name: name?.value ?? "", ids: &ids)
    }
    reader.finish()
    guard let name, var plan else { return nil }
    plan.path = path
    return Job(name: name.value, path: path, plan: plan, connection: connection, ids: ids, warnings: [])
  }

  static func check(_ name: Located<String>?, _ issues: IssueList) {
    guard let name, !isUsableName(name.value) else { return }
    issues.report(
      at: name.place,
      "'name' must be made of letters, digits, '-', '_' and '.', at most 80 of them, found '\(name.value)'")
  }

  /// Names become folders, so they are plain.
  private static func isUsableName(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= 80 && !name.hasPrefix(".")
      && name.utf8.allSatisfy {
        switch $0 {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
          true
        default: false
        }
      }
  }

  /// FNV-1a of the file: enough to notice an edit between two executions of a run.
  static func fingerprint(_ bytes: [UInt8]) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}

extension ConnectionSettings {
  static func read(_ reader: MappingReader?, folder: String, lookups: Lookups) -> ConnectionSettings {
    guard let reader else { return ConnectionSettings() }
    let connection = ConnectionSettings(
      url: reader.string("url", expandedWith: lookups), apiKey: reader.secret("apiKey", lookups)?.value,
      managementKey: reader.secret("managementKey", lookups)?.value,
      certificates: reader.string("certificates")?.value.resolved(against: folder))
    reader.finish()
    return connection
  }
}

extension String {
  /// A path as it is meant where `folder` is the starting point.
  func resolved(against folder: String) -> String {
    hasPrefix("/") || self == "-" || folder.isEmpty || folder == "." ? self : "\(folder)/\(self)"
  }
}
