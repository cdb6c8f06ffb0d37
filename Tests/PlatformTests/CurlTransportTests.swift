import Delivery
import Endpoints
import Foundation
import Platform
import Records
import Testing

/// Opens a transport, uses it, and ends its thread.
private func withTransport<Result>(
  _ url: String, certificates: String? = nil, _ use: (CurlTransport) async throws -> Result
) async throws -> Result {
  let connection = Connection(
    url: url, authorization: [.integration: "ApiKey-v1 abc", .management: "ManagementKey-v1 def"],
    certificates: certificates, agent: "ferry/test")
  let transport = try #require(CurlTransport(connection, window: 4))
  do {
    let result = try await use(transport)
    transport.stop()
    return result
  } catch {
    transport.stop()
    throw error
  }
}

private func request(
  _ body: [UInt8] = Array("{}".utf8), api: API = .integration, stallSeconds: Int = 30, isFresh: Bool = false
) -> Request {
  let buffer = ByteBuffer()
  buffer.append(body)
  return Request(
    method: .put, api: api, target: "/v1/catalogs/30/sync?x=1", body: buffer, stallSeconds: stallSeconds,
    needsFreshConnection: isFresh)
}

extension Result<Answer, TransportFailure> {
  fileprivate var stage: TransportFailure.Stage? {
    if case .failure(let failure) = self { failure.stage } else { nil }
  }
}

private func threadName() -> String {
  let name = try? String(contentsOfFile: "/proc/thread-self/comm", encoding: .utf8)
  return name?.trimmingCharacters(in: .newlines) ?? "?"
}

@Suite struct CurlTransportTests {
  @Test(.timeLimit(.minutes(1))) func whatPrefersTheTransportRunsOnItsThreadBeforeAndAfterAnAnswer() async throws {
    let server = try TinyServer { _ in .answer("204 No Content", headers: [], body: []) }
    try await withTransport(server.url) { transport in
      let task = Task(executorPreference: transport) {
        let before = threadName()
        let outcome = await transport.send(request())
        return (before, try? outcome.get().status, threadName())
      }
      let (before, status, after) = await task.value
      #expect(before == "transport")
      #expect(status == 204)
      #expect(after == "transport")
    }
  }

  @Test(.timeLimit(.minutes(1))) func whatPrefersATransportThatHasEndedRunsElsewhere() async throws {
    let ended = try await withTransport("http://127.0.0.1:1") { $0 }
    #expect(await Task(executorPreference: ended) { threadName() }.value != "transport")
  }

  @Test(.timeLimit(.minutes(1))) func aTransportThatHasEndedSendsNothing() async throws {
    let ended = try await withTransport("http://127.0.0.1:1") { $0 }
    #expect(await ended.send(request()).stage == .hopeless)
  }

  @Test func theRequestArrivesWholeAndTheAnswerComesBack() async throws {
    let server = try TinyServer { _ in
      .answer("429 Too Many Requests", headers: ["retry-AFTER:  17 "], body: Array("{\"message\":\"slow\"}".utf8))
    }
    let outcome = try await withTransport(server.url) { await $0.send(request(Array("[1,2]".utf8))) }
    let answer = try outcome.get()
    #expect(answer.status == 429)
    #expect(answer.retryAfter.flatMap { RetryAfter($0) } == .seconds(17))
    #expect(String(decoding: answer.body, as: UTF8.self) == "{\"message\":\"slow\"}")
    let seen = try #require(server.requests.first)
    let lines = seen.head.components(separatedBy: "\r\n")
    #expect(lines.first == "PUT /v1/catalogs/30/sync?x=1 HTTP/1.1")
    for line in [
      "Authorization: ApiKey-v1 abc", "Content-Type: application/json", "Content-Length: 5", "User-Agent: ferry/test",
    ] { #expect(lines.contains(line), "\(line)") }
    #expect(!seen.head.contains("Expect:"))
    #expect(seen.body == Array("[1,2]".utf8))
  }

  @Test func eachAPIGetsItsOwnKey() async throws {
    let server = try TinyServer { _ in .answer("200 OK") }
    try await withTransport(server.url) { (transport: CurlTransport) async throws -> Void in
      _ = await transport.send(request(api: .management))
      _ = await transport.send(request(api: .integration))
    }
    #expect(server.requests.map { $0.head.contains("ManagementKey-v1 def") } == [true, false])
    #expect(server.requests.map { $0.head.contains("ApiKey-v1 abc") } == [false, true])
  }

  @Test func aConnectionIsKeptUnlessAFreshOneIsAskedFor() async throws {
    let server = try TinyServer { _ in .answer("204 No Content") }
    try await withTransport(server.url) { (transport: CurlTransport) async throws -> Void in
      for isFresh in [false, false, false, true, true] {
        let outcome = await transport.send(request(isFresh: isFresh))
        #expect(try outcome.get().status == 204)
      }
    }
    #expect(server.requests.map(\.connection) == [1, 1, 1, 2, 3])
  }

  @Test func aBigBodyArrivesIntact() async throws {
    let body = (0..<5_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    let server = try TinyServer { _ in .answer("200 OK") }
    let outcome = try await withTransport(server.url) { await $0.send(request(body)) }
    #expect(try outcome.get().status == 200)
    #expect(server.requests.map(\.body) == [body])
  }

  @Test func manyRequestsAtOnceAreAllAnswered() async throws {
    let server = try TinyServer { .answer("200 OK", body: $0.body) }
    try await withTransport(server.url) { (transport: CurlTransport) async throws -> Void in
      await withTaskGroup(of: Bool.self) { group in
        for number in 0..<100 {
          group.addTask {
            let body = Array("\(number)".utf8)
            return (try? await transport.send(request(body)).get().body) == body
          }
        }
        for await isRight in group { #expect(isRight) }
      }
    }
    #expect(server.requests.count == 100)
  }

  @Test func aRefusedConnectionMeansNotSent() async throws {
    let port = try TinyServer.freePort()
    let outcome = try await withTransport("http://127.0.0.1:\(port)") { await $0.send(request()) }
    #expect(outcome.stage == .notSent)
  }

  @Test func aHostWithoutAddressMeansNotSent() async throws {
    let outcome = try await withTransport("http://ferry-test.invalid") { await $0.send(request()) }
    #expect(outcome.stage == .notSent)
  }

  @Test func aBadURLIsHopeless() async throws {
    for url in ["http://a b", "ftp://127.0.0.1"] {
      let outcome = try await withTransport(url) { await $0.send(request()) }
      #expect(outcome.stage == .hopeless, "\(url)")
    }
  }

  @Test(arguments: [false, true], [1, 200_000])
  func aConnectionLostAfterTheRequestLeavesTheOutcomeUnknown(_ isReset: Bool, _ size: Int) async throws {
    let server = try TinyServer { _ in isReset ? .reset : .close }
    let outcome = try await withTransport(server.url) {
      await $0.send(request([UInt8](repeating: 65, count: size)))
    }
    #expect(outcome.stage == .unknown)
    #expect(server.requests.count == 1)
  }

  @Test(arguments: [false, true], [0, 1, 200_000])
  func aRequestOnAKeptConnectionIsNeverSentTwiceUnasked(_ isReset: Bool, _ size: Int) async throws {
    let server = try TinyServer { request in
      if request.body == [66] { return .answer("200 OK") }
      return isReset ? .reset : .close
    }
    let outcome = try await withTransport(server.url) {
      (transport: CurlTransport) async throws -> Result<Answer, TransportFailure> in
      for _ in 0..<3 { #expect(try await transport.send(request([66])).get().status == 200) }
      return await transport.send(request([UInt8](repeating: 65, count: size)))
    }
    #expect(outcome.stage == .unknown)
    #expect(server.requests.count == 4, "libcurl sent it again by itself")
    #expect(server.requests.map(\.connection) == [1, 1, 1, 1])
  }

  @Test func aKeptConnectionThatClosedMeanwhileCostsNoRequestTwice() async throws {
    for _ in 0..<20 {
      let server = try TinyServer { _ in .answerAndClose("200 OK", body: [1]) }
      let outcome = try await withTransport(server.url) {
        (transport: CurlTransport) async throws -> Result<Answer, TransportFailure> in
        #expect(try await transport.send(request([66])).get().status == 200)
        return await transport.send(request([65]))
      }
      let seen = server.requests.count { $0.body == [65] }
      switch outcome {
      case .success: #expect(seen == 1)
      case .failure(let failure): #expect(failure.stage == .unknown || seen == 0)
      }
    }
  }

  @Test func halfAnAnswerLeavesTheOutcomeUnknown() async throws {
    for text in ["HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"mess", "HTTP/1.1 200"] {
      let server = try TinyServer { _ in .bytes(Array(text.utf8)) }
      let outcome = try await withTransport(server.url) { await $0.send(request()) }
      #expect(outcome.stage == .unknown, "\(text)")
      #expect(server.requests.count == 1)
    }
  }

  @Test func somethingThatIsNotHTTPIsNoAnswerAndNotTriedAgain() async throws {
    let server = try TinyServer { _ in .bytes(Array("220 mail.example ESMTP\r\n".utf8)) }
    let outcome = try await withTransport(server.url) { await $0.send(request()) }
    #expect(outcome.stage == .hopeless)
  }

  @Test func anOverlongAnswerIsCut() async throws {
    let server = try TinyServer { _ in .answer("400 Bad Request", body: [UInt8](repeating: 65, count: 3 << 20)) }
    let outcome = try await withTransport(server.url) { await $0.send(request()) }
    let answer = try outcome.get()
    #expect(answer.status == 400)
    #expect(!answer.body.isEmpty && answer.body.count <= 1 << 20)
    #expect(server.requests.count == 1)
  }

  @Test func aCompressedAnswerIsDecoded() async throws {
    let text = Array(String(repeating: "{\"message\":\"no\"}", count: 1000).utf8)
    let packed = try gzip(text)
    let server = try TinyServer { _ in .answer("400 Bad Request", headers: ["Content-Encoding: gzip"], body: packed) }
    let outcome = try await withTransport(server.url) { await $0.send(request()) }
    #expect(try outcome.get().body == text)
    #expect(server.requests.first?.head.contains("Accept-Encoding: gzip") == true)
  }

  @Test func aServerThatSaysNothingIsGivenUpOn() async throws {
    let server = try TinyServer { _ in .silence }
    let outcome = try await withTransport(server.url) { await $0.send(request(stallSeconds: 1)) }
    #expect(outcome.stage == .unknown)
    #expect(server.requests.count == 1)
  }

  @Test func redirectsAreNotFollowed() async throws {
    let server = try TinyServer { _ in .answer("302 Found", headers: ["Location: /elsewhere"]) }
    let outcome = try await withTransport(server.url) { await $0.send(request()) }
    #expect(try outcome.get().status == 302)
    #expect(server.requests.count == 1)
  }
}
