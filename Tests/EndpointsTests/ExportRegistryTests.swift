import Records
import Testing

@testable import Endpoints

@Suite struct ExportRegistryTests {
  @Test func namesAreUniqueAndSorted() {
    let names = exportEndpoints.map(\.name)
    #expect(names == Set(names).sorted())
    #expect(Set(names).isDisjoint(with: importEndpoints.map(\.name)))
    #expect(ExportEndpoint.named("none") == nil)
  }

  @Test(arguments: exportEndpoints.map(\.name)) func descriptionHoldsTogether(name: String) throws {
    let endpoint = try #require(ExportEndpoint.named(name))
    let placeholders = endpoint.path.split(separator: "/").filter { $0.hasPrefix("{") }.map {
      String($0.dropFirst().dropLast())
    }
    let columns = endpoint.columns.map(\.name)
    #expect(endpoint.reference.hasPrefix("https://docs.talon.one/") && endpoint.path.hasPrefix("/v"))
    #expect(Set(columns).count == columns.count && !columns.isEmpty)
    // The API's own pace: three requests a second for each operation of the Management API.
    #expect((endpoint.requestsPerSecond == 3) == (endpoint.api == .management))
    for placeholder in placeholders {
      let setting = endpoint.settings.first { $0.name == placeholder }
      if case .lookup(let key, _) = endpoint.kind, key == placeholder { continue }
      #expect(setting?.placement == .path && setting?.isRequired == true, "\(placeholder)")
    }
    switch endpoint.kind {
    case .download(let time, let id):
      #expect(endpoint.stallSeconds == 1800)
      if let time { #expect(columns.contains(time.column)) }
      if let id { #expect(columns.contains(id)) }
    case .pages(let size, let id): #expect(size == 1000 && columns.contains(id))
    case .lookup(let key, _): #expect(columns.first == key && placeholders.contains(key))
    }
    for word in [endpoint.title, endpoint.path, endpoint.reference] + columns { #expect(endpoint.page.contains(word)) }
  }

  @Test(arguments: [
    (200, Verdict.accepted), (401, .fatal(.unauthorized, reason: "HTTP 401: no")),
    (403, .fatal(.unauthorized, reason: "HTTP 403: no")), (404, .fatal(.notFound, reason: "HTTP 404: no")),
    (400, .refused(reason: "HTTP 400: no", faults: [])),
    (429, .unavailable(reason: "HTTP 429: no", retryAfter: .seconds(7), execution: .unknown)),
    (503, .unavailable(reason: "HTTP 503: no", retryAfter: .seconds(7), execution: .unknown)),
    (409, .unavailable(reason: "HTTP 409: no", retryAfter: .seconds(7), execution: .unknown)),
  ]) func answersMeanWhatTheTableSays(status: Int, verdict: Verdict) {
    let answer = Answer(status: status, retryAfter: "7", body: Array(#"{"message":"no"}"#.utf8))
    #expect(ExportEndpoint.effects.verdict(on: answer) == verdict)
    let known = ExportEndpoint.customerInventory.verdict(on: answer)
    #expect(known == (status == 404 ? .refused(reason: "HTTP 404: no", faults: []) : verdict))
  }
}
