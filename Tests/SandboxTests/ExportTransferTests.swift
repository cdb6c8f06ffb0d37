import Testing

@testable import Sandbox

@Suite struct ExportTransferTests {
  static let effects = "/v1/applications/270/export_effects?dateFormat=ISO8601"

  static func configuration(_ count: Int) -> SandboxConfiguration {
    var configuration = SandboxConfiguration()
    configuration.sampleData = count
    configuration.managementPace = 0
    return configuration
  }

  static func request(_ path: String, closes: Bool = true) -> String {
    TestClient.request("GET", path, key: "ManagementKey-v1 m", closes: closes)
  }

  @Test(arguments: ["export_effects", "export_customer_sessions"])
  func anExportComesInChunks(name: String) async throws {
    let path = "/v1/applications/270/\(name)?dateFormat=ISO8601"
    let expected = TestDesk(Self.configuration(3000)).text(path)
    try await TestClient.withSandbox(Self.configuration(3000)) { server in
      let answered = try await ByteClient.exchange(server.port, Self.request(path))
      let (head, body) = answered.text.halves
      #expect(head.hasPrefix("HTTP/1.1 200 OK\r\nContent-Type: application/csv\r\n"))
      #expect(!head.lowercased().contains("content-length"))
      let (content, isWhole) = Chunked.content(body)
      #expect(isWhole && content == expected)
      #expect(server.statistics().inFlight == 0)
      #expect(server.statistics().count("exportEffects", status: 200) == (name == "export_effects" ? 1 : 0))
      #expect(server.statistics().streamedBytes == expected.utf8.count)
    }
  }

  @Test func aPipelinedRequestIsAnsweredBehindAnExport() async throws {
    try await TestClient.withSandbox(Self.configuration(3000)) { server in
      let wire = Self.request(Self.effects, closes: false) + Self.request("/v1/applications/270")
      let answered = try await ByteClient.exchange(server.port, wire)
      #expect(answered.text.contains("\r\n0\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"))
    }
  }

  @Test func withoutChunksTheConnectionEndsTheBody() async throws {
    let expected = TestDesk(Self.configuration(300)).text(Self.effects)
    try await TestClient.withSandbox(Self.configuration(300)) { server in
      let wire =
        "GET \(Self.effects) HTTP/1.0\r\nAuthorization: ManagementKey-v1 m\r\nConnection: keep-alive\r\n\r\n"
      let answered = try await ByteClient.exchange(server.port, wire)
      #expect(answered.text.halves.body == expected)
    }
  }
}
