import ArgumentParser
import Endpoints
import Platform
import Settings

struct EndpointsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "endpoints", abstract: "List what a job's target can be, or print the reference page of one.")

  @Argument(help: "An endpoint's name, for its reference page.")
  var name: String?

  func run() throws {
    guard let name else {
      let width = importEndpoints.map(\.name.count).max() ?? 0
      for endpoint in importEndpoints {
        let gap = String(repeating: " ", count: width - endpoint.name.count + 2)
        Terminal.out("\(endpoint.name)\(gap)\(endpoint.title) (\(endpoint.method.rawValue) \(endpoint.path))\n")
      }
      return
    }
    guard let endpoint = ImportEndpoint.named(name) else {
      let hint = nearest(to: name, among: importEndpoints.map(\.name)).map { "; did you mean '\($0)'?" } ?? ""
      Terminal.err("ferry: there is no endpoint '\(name)'\(hint)\n")
      throw ExitCode(64)
    }
    Terminal.out(endpoint.page)
  }
}
