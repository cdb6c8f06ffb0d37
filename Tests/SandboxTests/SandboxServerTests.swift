import Testing

@testable import Sandbox

@Suite struct SandboxServerTests {
  @Test func aSyncAndAListGoOverTheWire() async throws {
    try await TestClient.withSandbox { server in
      let synced = try await TestClient.exchange(server.port, TestClient.sync("A"))
      #expect(synced.text.hasPrefix("HTTP/1.1 200 OK\r\n"))
      let listed = try await TestClient.exchange(
        server.port, TestClient.request("GET", "/v1/catalogs/30/items?sku=A", key: "ManagementKey-v1 m"))
      #expect(listed.text.contains("\"price\":12.10"))
      #expect(server.statistics().count("syncCatalog", status: 200) == 1)
      #expect(server.statistics().connections == 2)
      #expect(server.statistics().inFlight == 0)
      #expect(server.url == "http://127.0.0.1:\(server.port)")
    }
  }

  @Test func pipelinedRequestsAreAnsweredInOrder() async throws {
    try await TestClient.withSandbox { server in
      let wire = TestClient.sync("A", closes: false) + TestClient.sync("B", closes: false) + TestClient.sync("C")
      let answered = try await TestClient.exchange(server.port, wire)
      let versions = answered.text.components(between: "\"version\":", and: ",")
      #expect(versions == ["2", "3", "4"])
      #expect(server.statistics().connections == 1)
    }
  }

  @Test func anExpectationIsAnsweredBeforeTheBody() async throws {
    try await TestClient.withSandbox { server in
      let body = "{\"actions\":[\(add("A"))]}"
      let head =
        "PUT /v1/catalogs/30/sync HTTP/1.1\r\nAuthorization: ApiKey-v1 a\r\nExpect: 100-continue\r\n"
        + "Connection: close\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
      let answered = try await TestClient.exchange(server.port, head, body)
      #expect(answered.text.hasPrefix("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n"))
    }
  }

  @Test func aResetAppliesNothingAndALostAnswerApplies() async throws {
    try await TestClient.withSandbox(faults: "reset:first1,lost:after=1:first1") { server in
      let reset = try await TestClient.exchange(server.port, TestClient.sync("A"))
      #expect(reset.text.isEmpty && reset.wasReset)
      let lost = try await TestClient.exchange(server.port, TestClient.sync("B"))
      #expect(lost.text.isEmpty && !lost.wasReset)
      let again = try await TestClient.exchange(server.port, TestClient.sync("C"))
      #expect(again.text.contains("\"version\":3"))
      #expect(server.statistics().faults == ["reset": 1, "lost": 1])
      #expect(server.statistics().count("syncCatalog", status: 0) == 2)
    }
  }

  @Test func aTruncatedAnswerEndsInTheMiddle() async throws {
    try await TestClient.withSandbox(faults: "truncate") { server in
      let answered = try await TestClient.exchange(server.port, TestClient.sync("A"))
      #expect(answered.text.hasPrefix("HTTP/1.1 200 OK\r\n"))
      #expect(!answered.text.hasSuffix("}"))
      #expect(server.statistics().accepted == ["syncCatalog": 1])
    }
  }

  @Test func garbageIsAPageOfHTML() async throws {
    try await TestClient.withSandbox(faults: "garbage") { server in
      let answered = try await TestClient.exchange(server.port, TestClient.sync("A"))
      #expect(answered.text.hasPrefix("HTTP/1.1 502 Bad Gateway\r\n"))
      #expect(answered.text.contains("<html>"))
    }
  }

  @Test(.timeLimit(.minutes(5))) func requestsWaitingForTheirAnswersAreInFlight() async throws {
    var configuration = SandboxConfiguration()
    configuration.latency = .seconds(3600)
    let server = try await SandboxServer.start(configuration)
    let port = server.port
    try await withThrowingTaskGroup { group in
      for sku in ["A", "B", "A", "C"] {
        group.addTask { try await TestClient.exchange(port, TestClient.sync(sku)).text }
      }
      while server.statistics().accepted["syncCatalog"] != 4 { try await Task.sleep(for: .milliseconds(5)) }
      #expect(server.statistics().inFlight == 4)
      #expect(server.statistics().maxInFlight == 4)
      #expect(server.statistics().overlappingCatalogRequests == 1)
      try await server.stop()
      try await server.stop()
      for try await text in group { #expect(text.isEmpty) }
    }
    #expect(server.statistics().inFlight == 0)
  }

  @Test func bytesThatAreNoHTTPAreRefused() async throws {
    try await TestClient.withSandbox { server in
      let answered = try await TestClient.exchange(server.port, "\u{0}\u{1}hello\r\n\r\n")
      #expect(answered.text.hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
      let long = "GET / HTTP/1.1\r\nX: " + String(repeating: "x", count: 200_000) + "\r\n\r\n"
      let refused = try await TestClient.exchange(server.port, long)
      #expect(refused.wasReset || refused.text.hasPrefix("HTTP/1.1 4"))
    }
  }

  @Test func aBodyThatClaimsToBeTooLargeIsRefusedUnread() async throws {
    try await TestClient.withSandbox { server in
      let head =
        "PUT /v1/catalogs/30/sync HTTP/1.1\r\nAuthorization: ApiKey-v1 a\r\nContent-Length: \((64 << 20) + 1)\r\n\r\n"
      let answered = try await TestClient.exchange(server.port, head)
      #expect(answered.text.hasPrefix("HTTP/1.1 413 "))
      #expect(server.statistics().inFlight == 0)
    }
  }
}

extension SandboxServerTests {
  private static let target = "/v1/applications/270/campaigns/3882/import_coupons"

  private func upload(_ file: String) -> String {
    let type = "Content-Type: multipart/form-data; boundary=B"
    return TestClient.request("POST", Self.target, form(file), key: "ManagementKey-v1 m", headers: [type])
  }

  @Test func aFileAndADeletionWithABodyGoOverTheWire() async throws {
    try await TestClient.withSandbox { server in
      let uploaded = try await TestClient.exchange(server.port, upload("value\nA/B 1\n"))
      #expect(uploaded.text.hasPrefix("HTTP/1.1 200 OK\r\n"))
      #expect(uploaded.text.contains("\"amount\":1"))
      let path = "/v1/coupon_reservations/A%2FB%201"
      let ids = "{\"integrationIDs\":[\"a\",\"b\"]}"
      let reserved = try await TestClient.exchange(server.port, TestClient.request("POST", path, ids))
      #expect(reserved.text.hasPrefix("HTTP/1.1 201 Created\r\n"))
      #expect(reserved.text.contains("\"reservationCounter\":2"))
      let released = try await TestClient.exchange(
        server.port, TestClient.request("DELETE", path, "{\"integrationIDs\":[\"a\"]}"))
      #expect(released.text.hasPrefix("HTTP/1.1 204 No Content\r\n"))
      #expect(server.statistics().accepted["deleteCouponReservation"] == 1)
    }
  }

  @Test func aLostAnswerToAnAdditionHasAddedThePoints() async throws {
    try await TestClient.withSandbox(faults: "reset:first1,lost:after=1:first2,500:after=3:first1") { server in
      let add = TestClient.request(
        "PUT", "/v1/loyalty_programs/33/profile/p/add_points", "{\"points\":0.1}", key: "ManagementKey-v1 m")
      for _ in 0..<2 { _ = try await TestClient.exchange(server.port, add) }
      _ = try await TestClient.exchange(server.port, upload("value\nLOST\n"))
      let failed = try await TestClient.exchange(server.port, upload("value\nFAILED\n"))
      #expect(failed.text.hasPrefix("HTTP/1.1 500 "))
      #expect(server.statistics().accepted == ["addLoyaltyPoints": 1, "importCoupons": 1])
      let again = try await TestClient.exchange(server.port, upload("value\nLOST\n"))
      #expect(again.text.contains("\"line\":\"2\""))
    }
  }

  @Test func aFileMayBeLargerThanADocument() async throws {
    try await TestClient.withSandbox { server in
      let head = "POST \(Self.target) HTTP/1.1\r\nAuthorization: ManagementKey-v1 m\r\nContent-Length: "
      let over = try await TestClient.exchange(server.port, head + "\((512 << 20) + 1)\r\n\r\n")
      #expect(over.text.hasPrefix("HTTP/1.1 413 "))
    }
    let desk = TestDesk().desk
    #expect(desk.arrive(method: "POST", target: Self.target).bodyLimit == 512 << 20)
    #expect(desk.arrive(method: "POST", target: "/v2/events").bodyLimit == 64 << 20)
  }
}

extension String {
  fileprivate func components(between start: String, and end: Character) -> [String] {
    split(separator: start).dropFirst().map { String($0.prefix { $0 != end }) }
  }
}
