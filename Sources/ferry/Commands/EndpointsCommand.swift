import ArgumentParser
import Endpoints
import Platform
import Settings

struct EndpointsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "endpoints", abstract: "List what jobs can carry in and out, or print the reference page of one.")

  @Argument(help: "An endpoint's name, for its reference page.")
  var name: String?

  func run() throws {
    guard let name else {
      list(
        "Imports, a job's 'target'",
        importEndpoints.map { ($0.name, "\($0.title) (\($0.method.rawValue) \($0.path))") })
      list(
        "Exports, a job's 'source'",
        exportEndpoints.map { ($0.name, "\($0.title) (\($0.method.rawValue) \($0.path))") })
      return
    }
    if let endpoint = ImportEndpoint.named(name) { return Terminal.out(endpoint.page) }
    if let endpoint = ExportEndpoint.named(name) { return Terminal.out(endpoint.page) }
    let names = importEndpoints.map(\.name) + exportEndpoints.map(\.name)
    let hint = nearest(to: name, among: names).map { "; did you mean '\($0)'?" } ?? ""
    Terminal.err("ferry: there is no endpoint '\(name)'\(hint)\n")
    throw ExitCode(64)
  }

  private func list(_ title: String, _ rows: [(name: String, words: String)]) {
    let width = rows.map(\.name.count).max() ?? 0
    Terminal.out("\(title)\n")
    for row in rows {
      Terminal.out("  \(row.name)\(String(repeating: " ", count: width - row.name.count + 2))\(row.words)\n")
    }
  }
}
