import Testing

@testable import Sandbox

@Suite struct AccessTests {
  private func status(
    _ method: String, _ path: String, _ authorization: String?, _ configuration: SandboxConfiguration = .init(),
    body: String = "{}", encoding: String? = nil
  ) -> Answer {
    let desk = Desk(configuration) { Timestamp(microseconds: 0) }
    let arrival = desk.arrive(method: method, target: path)
    let request = Request(
      method: method, target: path, authorization: authorization, contentEncoding: encoding, body: Array(body.utf8))
    return desk.answer(request, arrival)
  }

  @Test(arguments: [nil, "", "ApiKey-v1", "ApiKey-v1 ", "ManagementKey-v1 x", "Bearer x", "apikey-v1 x"])
  func theIntegrationAPINeedsItsPrefix(authorization: String?) throws {
    let answer = status("PUT", "/v1/catalogs/30/sync", authorization)
    #expect(answer.status == 401)
    #expect(try answer.json["StatusCode"] == 401)
  }

  @Test func theManagementAPINeedsItsOwnKey() {
    #expect(status("GET", "/v1/audiences", "ApiKey-v1 x").status == 401)
    #expect(status("GET", "/v1/audiences", "ManagementKey-v1 x").status == 200)
  }

  @Test func aConfiguredKeyIsTheOnlyOne() {
    var configuration = SandboxConfiguration()
    configuration.apiKey = "good"
    configuration.managementKey = "boss"
    #expect(status("PUT", "/v2/customer_profiles/a", "ApiKey-v1 good", configuration).status == 200)
    #expect(status("PUT", "/v2/customer_profiles/a", "ApiKey-v1 bad", configuration).status == 401)
    #expect(status("GET", "/v1/audiences", "ManagementKey-v1 boss", configuration).status == 200)
    #expect(status("GET", "/v1/audiences", "ManagementKey-v1 good", configuration).status == 401)
  }

  @Test func unknownPathsAndMethodsAreRefused() throws {
    let missing = status("GET", "/v1/nothing", "ApiKey-v1 x")
    #expect(missing.status == 404)
    #expect(try missing.json["StatusCode"] == 404)
    let wrong = status("DELETE", "/v1/catalogs/30/sync", "ApiKey-v1 x")
    #expect(wrong.status == 405)
    #expect(wrong.headers == [.init(name: "Allow", value: "PUT")])
    #expect(status("GET", "/v1/%", nil).status == 400)
    #expect(status("GET", "/", nil).status == 404)
    #expect(status("PUT", "/v1/catalogs/x/sync", "ApiKey-v1 x").status == 400)
  }

  @Test func compressedAndBrokenBodiesAreRefused() throws {
    #expect(status("PUT", "/v1/catalogs/30/sync", "ApiKey-v1 x", encoding: "gzip").status == 415)
    let broken = status("PUT", "/v1/catalogs/30/sync", "ApiKey-v1 x", body: "{\"actions\":[")
    #expect(broken.status == 400)
    #expect(try broken.json["message"] != nil)
  }

  @Test func theManagementAPIIsPacedWithoutARetryAfter() throws {
    let sandbox = TestDesk()
    #expect((0..<3).allSatisfy { _ in sandbox.send("GET", "/v1/audiences").status == 200 })
    let answer = sandbox.send("GET", "/v1/audiences")
    #expect(answer.status == 429)
    #expect(answer.headers.isEmpty)
    #expect(try answer.json["Error"] == "Too many requests")
    #expect(try answer.json["StatusCode"] == 429)
    #expect(try answer.json["RequestUUID"] != nil)
    #expect(sandbox.send("GET", "/v1/attributes").status == 200)
    sandbox.wait(1000)
    #expect(sandbox.send("GET", "/v1/audiences").status == 200)
  }

  @Test func faultsStandInFrontOfEverything() throws {
    var configuration = SandboxConfiguration()
    configuration.faults = try FaultPlan(parsing: "429:first1:retry-after=date,500:applied:after=1:first1")
    let sandbox = TestDesk(configuration)
    let limited = sandbox.sync(add("A"))
    #expect(limited.status == 429)
    #expect(limited.headers == [.init(name: "Retry-After", value: "Thu, 28 May 2026 20:26:41 GMT")])
    #expect(sandbox.statistics.accepted.isEmpty)
    #expect(sandbox.sync(add("A")).status == 500)
    #expect(sandbox.statistics.accepted == ["syncCatalog": 1])
    #expect(sandbox.send("GET", "/sandbox/statistics").status == 200)
    #expect(sandbox.statistics.requests == 2)
  }

  @Test func statisticsAreAPageOfJSON() throws {
    let sandbox = TestDesk()
    _ = sandbox.sync(add("A") + "," + add("B"))
    _ = sandbox.send("GET", "/nowhere")
    let page = try sandbox.send("GET", "/sandbox/statistics").json
    #expect(page["statuses"]?["syncCatalog"]?["200"] == 1)
    #expect(page["statuses"]?["unknown"]?["404"] == 1)
    #expect(page["accepted"]?["syncCatalog"] == 2)
    #expect(page["requests"] == 2)
    #expect(page["inFlight"] == 0)
  }
}
