import NIOCore
import NIOPosix

@testable import Sandbox

/// Speaks raw bytes to a sandbox over TCP.
enum TestClient {
  /// Sends the parts, each after the first once something has been answered, and reads until the end or a reset.
  static func exchange(_ port: Int, _ parts: String...) async throws -> (text: String, wasReset: Bool) {
    let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .connect(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
          try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
        }
      }
    return try await channel.executeThenClose { inbound, outbound in
      var parts = parts[...]
      var text = ""
      do {
        if let first = parts.popFirst() { try await outbound.write(ByteBuffer(string: first)) }
        for try await bytes in inbound {
          text += String(buffer: bytes)
          if let next = parts.popFirst() { try await outbound.write(ByteBuffer(string: next)) }
        }
        return (text, false)
      } catch {
        return (text, true)
      }
    }
  }

  static func request(
    _ method: String, _ path: String, _ body: String = "", key: String = "ApiKey-v1 a", headers: [String] = [],
    closes: Bool = true
  ) -> String {
    var lines = ["\(method) \(path) HTTP/1.1", "Host: localhost", "Authorization: \(key)"] + headers
    lines.append("Content-Length: \(body.utf8.count)")
    if closes { lines.append("Connection: close") }
    return lines.joined(separator: "\r\n") + "\r\n\r\n" + body
  }

  static func sync(_ sku: String, closes: Bool = true) -> String {
    request("PUT", "/v1/catalogs/30/sync", "{\"actions\":[\(add(sku, price: "12.10"))]}", closes: closes)
  }

  /// Runs a body against a sandbox and stops it.
  static func withSandbox<Outcome>(
    faults: String = "", _ configuration: SandboxConfiguration = SandboxConfiguration(),
    _ body: (SandboxServer) async throws -> Outcome
  ) async throws -> Outcome {
    var configuration = configuration
    configuration.faults = try FaultPlan(parsing: faults)
    let server = try await SandboxServer.start(configuration)
    do {
      let outcome = try await body(server)
      try await server.stop()
      return outcome
    } catch {
      try await server.stop()
      throw error
    }
  }
}
