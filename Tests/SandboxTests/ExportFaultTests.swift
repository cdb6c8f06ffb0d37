import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import Sandbox

@Suite struct ExportFaultTests {
  private func exchange(_ faults: String, count: Int = 3000) async throws -> (
    text: String, wasReset: Bool, statistics: SandboxStatistics
  ) {
    try await TestClient.withSandbox(faults: faults, ExportTransferTests.configuration(count)) { server in
      let wire = ExportTransferTests.request(ExportTransferTests.effects)
      let answered = try await ByteClient.exchange(server.port, wire)
      return (answered.text, answered.wasReset, server.statistics())
    }
  }

  @Test(arguments: [3000, 2]) func aCutExportLacksItsLastChunk(count: Int) async throws {
    let whole = TestDesk(ExportTransferTests.configuration(count)).text(ExportTransferTests.effects)
    let cut = try await exchange("truncate", count: count)
    let (content, isWhole) = Chunked.content(cut.text.halves.body)
    #expect(cut.text.hasPrefix("HTTP/1.1 200 OK\r\n"))
    #expect(!isWhole && !content.isEmpty && content.utf8.count < whole.utf8.count)
    #expect(whole.utf8.starts(with: content.utf8.dropLast(4)))
    #expect(cut.statistics.inFlight == 0)
  }

  @Test func theCutFallsElsewhereForTheNextRequest() async throws {
    try await TestClient.withSandbox(faults: "truncate", ExportTransferTests.configuration(3000)) { server in
      let wire = ExportTransferTests.request(ExportTransferTests.effects)
      let first = try await ByteClient.exchange(server.port, wire).text
      let second = try await ByteClient.exchange(server.port, wire).text
      #expect(first.utf8.count != second.utf8.count)
    }
  }

  @Test func aLostOrResetExportSendsNothing() async throws {
    let lost = try await exchange("lost")
    #expect(lost.text.isEmpty && !lost.wasReset)
    #expect(lost.statistics.count("exportEffects", status: 0) == 1)
    let reset = try await exchange("reset")
    #expect(reset.text.isEmpty && reset.wasReset)
  }

  @Test(arguments: [
    ("500", "500 Internal Server Error"), ("429", "429 Too Many Requests"), ("garbage", "502 Bad Gateway"),
  ])
  func aFaultMayTakeThePlaceOfAnExport(fault: String, status: String) async throws {
    let answered = try await exchange(fault)
    #expect(answered.text.hasPrefix("HTTP/1.1 \(status)\r\n"))
    #expect(answered.text.lowercased().contains("content-length"))
    #expect(answered.statistics.streamedBytes == 0)
  }

  /// A client that reads only when it is told to.
  private func lazyClient(_ server: SandboxServer, _ path: String) async throws -> (any Channel, Inbox) {
    let inbox = Inbox()
    let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .channelOption(.autoRead, value: false)
      .channelOption(.socketOption(.so_rcvbuf), value: 64 << 10)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(inbox) }
      }
      .connect(host: "127.0.0.1", port: server.port).get()
    try await channel.writeAndFlush(ByteBuffer(string: ExportTransferTests.request(path))).get()
    return (channel, inbox)
  }

  @Test(.timeLimit(.minutes(5)), arguments: [1 << 10, 256 << 10])
  func aSlowReaderHoldsTheExportBack(limit: Int) async throws {
    var configuration = ExportTransferTests.configuration(30_000)
    configuration.writeLimit = limit
    try await TestClient.withSandbox(configuration) { server in
      let (channel, inbox) = try await lazyClient(server, ExportTransferTests.effects)
      let bound = 8 << 20
      while server.statistics().streamWaits == 0, server.statistics().streamedBytes < bound {
        try await Task.sleep(for: .milliseconds(2))
      }
      // What is made is what the sockets and the limit hold; the whole is more than 13 MB.
      #expect(server.statistics().streamedBytes < bound)
      #expect(server.statistics().inFlight == 1)
      try await channel.setOption(.autoRead, value: true).get()
      try await channel.closeFuture.get()
      #expect(server.statistics().streamedBytes > 13_000_000)
      #expect(inbox.size.load(ordering: .relaxed) > server.statistics().streamedBytes)
      #expect(server.statistics().inFlight == 0)
    }
  }

  @Test(.timeLimit(.minutes(5))) func aReaderThatLeavesEndsItsExport() async throws {
    try await TestClient.withSandbox(ExportTransferTests.configuration(1_000_000_000)) { server in
      for _ in 0..<4 {
        let (channel, _) = try await lazyClient(server, ExportTransferTests.effects)
        while server.statistics().inFlight == 0 { try await Task.sleep(for: .milliseconds(2)) }
        try await channel.close().get()
        while server.statistics().inFlight > 0 { try await Task.sleep(for: .milliseconds(2)) }
      }
      #expect(server.statistics().count("exportEffects", status: 0) == 4)
      let next = try await ByteClient.exchange(server.port, ExportTransferTests.request("/v1/applications/270"))
      #expect(next.text.hasPrefix("HTTP/1.1 200 OK\r\n"))
    }
  }

  @Test(.timeLimit(.minutes(5))) func aSandboxThatStopsEndsItsExports() async throws {
    let server = try await SandboxServer.start(ExportTransferTests.configuration(1_000_000_000))
    let (channel, _) = try await lazyClient(server, ExportTransferTests.effects)
    while server.statistics().streamedBytes == 0 { try await Task.sleep(for: .milliseconds(2)) }
    try await server.stop()
    #expect(server.statistics().inFlight == 0)
    try await channel.close().get()
  }

  @Test(.timeLimit(.minutes(5))) func aLongExportLeavesTurnsToOthers() async throws {
    try await TestClient.withSandbox(ExportTransferTests.configuration(1_000_000_000)) { server in
      // Nobody matches, so the server is busy for as long as the clients stay; more of them than event loops.
      let search = "/v1/applications/270/export_customer_sessions?profileIntegrationId=nobody"
      var clients: [any Channel] = []
      for _ in 0..<4 { clients.append(try await lazyClient(server, search).0) }
      let next = try await ByteClient.exchange(server.port, ExportTransferTests.request("/v1/applications/270"))
      #expect(next.text.hasPrefix("HTTP/1.1 200 OK\r\n"))
      for client in clients { try await client.close().get() }
      while server.statistics().inFlight > 0 { try await Task.sleep(for: .milliseconds(2)) }
    }
  }
}

/// Counts what came in.
final class Inbox: ChannelInboundHandler, Sendable {
  typealias InboundIn = ByteBuffer
  let size = Atomic(0)

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    size.add(unwrapInboundIn(data).readableBytes, ordering: .relaxed)
  }
}
