import Checkpoints
import Delivery
import Endpoints
import Foundation
import Platform
import Records
import Synchronization
import Testing

/// Long answers go to a file while they come, and come back out of it.
@Suite struct DownloadTests {
  private let folder: TemporaryFolder
  private let isStopped = Flag()

  final class Flag: Sendable {
    private let value = Atomic<Bool>(false)
    var isSet: Bool { value.load(ordering: .acquiring) }
    func set() { value.store(true, ordering: .releasing) }
  }

  init() throws { folder = try TemporaryFolder() }

  private func download(
    _ server: TinyServer, into spool: SpoolFile, stallSeconds: Int = 30
  ) async throws -> Result<Answer, TransportFailure> {
    let connection = Connection(
      url: server.url, authorization: [.management: "ManagementKey-v1 def"], agent: "ferry/test")
    let transport = try #require(CurlTransport(connection, window: 1))
    let request = Request(
      method: .get, api: .management, target: "/v1/x?y=1", body: ByteBuffer(capacity: 0), stallSeconds: stallSeconds)
    let outcome = await transport.download(request, into: spool)
    transport.stop()
    return outcome
  }

  private func spool() throws -> SpoolFile { try SpoolFile(in: folder.path) { [isStopped] in isStopped.isSet } }

  @Test func aGoodBodyIsInTheSpoolAndNotInMemory() async throws {
    let body = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let server = try TinyServer { _ in .answer("200 OK", body: body) }
    let spool = try spool()
    let answer = try await download(server, into: spool).get()
    #expect(answer.status == 200 && answer.body.isEmpty)
    #expect(spool.byteCount == body.count)
    #expect(try spool.source().all() == body)
    #expect(folder.names.isEmpty, "a killed process must leave nothing behind")
    let head = try #require(server.requests.first).head
    #expect(head.contains("Authorization: ManagementKey-v1 def"))
    #expect(head.contains("Accept: application/csv, application/json"))
    #expect(!head.contains("Content-Type"))
  }

  @Test func whatARequestCarriedIsNotLeftToTheNextOne() async throws {
    let server = try TinyServer { _ in .answer("200 OK", body: [0x61]) }
    let connection = Connection(
      url: server.url, authorization: [.management: "ManagementKey-v1 def", .integration: "ApiKey-v1 abc"],
      agent: "ferry/test")
    let transport = try #require(CurlTransport(connection, window: 1))
    func send(_ method: Endpoints.Method, _ api: API, _ body: String, key: String? = nil, isFresh: Bool = false)
      async throws
    {
      let buffer = ByteBuffer()
      buffer.append(Array(body.utf8))
      var request = Request(method: method, api: api, target: "/v1/x", body: buffer, needsFreshConnection: isFresh)
      request.idempotencyKey = key
      #expect(try await transport.send(request).get().body == [0x61])
    }
    let long = String(repeating: "x", count: 300_000)
    try await send(.put, .integration, long, key: "k1")
    try await send(.get, .management, "")
    let spool = try spool()
    let query = Request(method: .get, api: .management, target: "/v1/x", body: ByteBuffer(capacity: 0))
    #expect(try await transport.download(query, into: spool).get().body.isEmpty)
    try await send(.post, .management, "{}", isFresh: true)
    try await send(.delete, .management, "")
    try await send(.put, .integration, "[]")
    transport.stop()
    let seen = server.requests
    #expect(seen.map { $0.head.prefix { $0 != " " } } == ["PUT", "GET", "GET", "POST", "DELETE", "PUT"])
    #expect(seen.map { $0.body.count } == [300_000, 0, 0, 2, 0, 2])
    #expect(seen.map { $0.head.contains("Content-Length: ") } == [true, false, false, true, false, true])
    #expect(seen.map { $0.head.contains("Idempotency-Key: k1") } == [true, false, false, false, false, false])
    #expect(seen.map { $0.head.contains("application/csv") } == [false, false, true, false, false, false])
    #expect(seen.map { $0.head.contains("ApiKey-v1 abc") } == [true, false, false, false, false, true])
    // One for all but the one that asked for its own, after which either may serve.
    #expect(server.connections == 2)
    #expect(seen.map(\.connection).prefix(3) == [1, 1, 1] && seen[3].connection == 2)
    #expect(spool.byteCount == 1)
  }

  @Test func anErrorsBodyIsReadAndTheSpoolStaysEmpty() async throws {
    let server = try TinyServer { _ in
      .answer("429 Too Many Requests", headers: ["Retry-After: 3", "Content-Type: application/csv"], body: [0x7B])
    }
    let spool = try spool()
    let answer = try await download(server, into: spool).get()
    #expect(answer.status == 429 && answer.retryAfter == "3" && answer.body == [0x7B])
    #expect(spool.byteCount == 0)
  }

  @Test func anAnswerThatEndsBeforeItIsWholeIsAFailureAndTheNextAttemptBeginsAnew() async throws {
    let server = try TinyServer { request in
      request.number == 1
        ? .bytes(Array("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf".utf8))
        : .answer("200 OK", body: Array("whole".utf8))
    }
    let spool = try spool()
    guard case .failure(let failure) = try await download(server, into: spool) else {
      Issue.record("half an answer passed for a whole one")
      return
    }
    #expect(failure.stage == .unknown)
    #expect(try await download(server, into: spool).get().status == 200)
    #expect(try spool.source().all() == Array("whole".utf8))
  }

  @Test func aServerThatSaysNothingIsLeftWhenNobodyWantsItsAnswer() async throws {
    let server = try TinyServer { _ in .silence }
    let spool = try spool()
    isStopped.set()
    let outcome = try await download(server, into: spool, stallSeconds: 1800)
    #expect(throws: TransportFailure.self) { try outcome.get() }
  }

  @Test func aPageThatIsTooLongIsRefusedForGood() async throws {
    let spool = MemorySpool { false }
    let part = [UInt8](repeating: 0x20, count: 1 << 20)
    var taken = 0
    while unsafe part.withUnsafeBytes({ unsafe spool.accept($0) }), taken < 100 { taken += 1 }
    #expect(taken == 64 && spool.failure != nil)
    spool.restart()
    #expect(spool.byteCount == 0 && spool.failure == nil)
  }
}
