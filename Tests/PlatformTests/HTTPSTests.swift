import Delivery
import Endpoints
import Foundation
import Platform
import Records
import Testing

/// `openssl s_server`, for one connection: what it decrypts comes out of a pipe, what goes into another is the answer.
private final class SecureServer {
  let port: Int
  let certificate: String
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()

  init(in folder: TemporaryFolder) throws {
    certificate = folder.path + "/cert.pem"
    let key = folder.path + "/key.pem"
    _ = try PlatformTests.output(of: [
      "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost", "-addext",
      "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", certificate,
    ])
    port = try TinyServer.freePort()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["openssl", "s_server", "-accept", "127.0.0.1:\(port)", "-cert", certificate, "-key", key]
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    _ = read(until: "ACCEPT")
  }

  deinit {
    // Not SIGTERM: a child inherits it blocked when whoever runs the tests has it so.
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  /// Reads what the server says until `mark` or its end.
  private func read(until mark: String) -> String { Self.read(output.fileHandleForReading, until: mark) }

  private static func read(_ handle: FileHandle, until mark: String) -> String {
    var text = ""
    while !text.contains(mark) {
      let bytes = handle.availableData
      if bytes.isEmpty { break }
      text += String(decoding: bytes, as: UTF8.self)
    }
    return text
  }

  /// Answers the next request, on a thread of its own, once its body is there.
  func answer(when body: String, with answer: String) {
    let reading = output.fileHandleForReading
    let writing = input.fileHandleForWriting
    _ = Platform.Thread(named: "secure") {
      if Self.read(reading, until: body).contains(body) { try? writing.write(contentsOf: Data(answer.utf8)) }
    }
  }
}

@Suite struct HTTPSTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func send(_ server: SecureServer, certificates: String?) async throws -> Result<Answer, TransportFailure> {
    let connection = Connection(
      url: "https://localhost:\(server.port)", authorization: [:], certificates: certificates, agent: "ferry/test")
    let transport = try #require(CurlTransport(connection, window: 1))
    let body = ByteBuffer()
    body.append(Array("the body".utf8))
    let outcome = await transport.send(
      Request(method: .post, api: .integration, target: "/v2/x", body: body, stallSeconds: 30))
    transport.stop()
    return outcome
  }

  private func requireOpenSSL() throws {
    let isThere = (try? output(of: ["openssl", "version"])) != nil
    try #require(isThere, "the openssl command is missing: install it, this test needs it to speak TLS")
  }

  @Test func aTrustedServerAnswers() async throws {
    try requireOpenSSL()
    let server = try SecureServer(in: folder)
    server.answer(when: "the body", with: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
    let outcome = try await send(server, certificates: server.certificate)
    #expect(try outcome.get() == Answer(status: 200, body: Array("{}".utf8)))
  }

  @Test func anUntrustedServerIsHopelessAndGetsNothing() async throws {
    try requireOpenSSL()
    let server = try SecureServer(in: folder)
    let outcome = try await send(server, certificates: nil)
    guard case .failure(let failure) = outcome else {
      Issue.record("a server with an unknown certificate was believed")
      return
    }
    #expect(failure.stage == .hopeless)
  }

  @Test func aMissingCertificateFileIsHopeless() async throws {
    try requireOpenSSL()
    let server = try SecureServer(in: folder)
    let outcome = try await send(server, certificates: folder.path + "/gone.pem")
    guard case .failure(let failure) = outcome else {
      Issue.record("an answer without certificates")
      return
    }
    #expect(failure.stage == .hopeless)
  }
}
