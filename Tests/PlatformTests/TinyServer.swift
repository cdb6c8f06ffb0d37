import Foundation
import Platform
import Synchronization

/// An HTTP server that blocks, one thread a connection, and does with each request what it is told.
final class TinyServer: Sendable {
  struct Request: Sendable {
    /// Counted from 1 over all connections.
    var number: Int
    /// Counted from 1.
    var connection: Int
    var head: String
    var body: [UInt8]
  }

  enum Reply: Sendable {
    case answer(String, headers: [String] = [], body: [UInt8] = [])
    /// As `answer`, and then the connection is closed without having said so.
    case answerAndClose(String, body: [UInt8])
    /// These bytes, and then the connection is closed.
    case bytes([UInt8])
    case close
    case reset
    /// Nothing, until the other side gives up.
    case silence
  }

  private struct Log {
    var requests: [Request] = []
    var connections = 0
  }

  let port: Int
  private let listener: Int32
  private let log = Mutex(Log())

  var requests: [Request] { log.withLock { $0.requests } }
  var connections: Int { log.withLock { $0.connections } }
  var url: String { "http://127.0.0.1:\(port)" }

  init(_ reply: @escaping @Sendable (Request) -> Reply) throws {
    (listener, port) = try Self.listen()
    let listener = self.listener
    _ = Platform.Thread(named: "accept") { [weak self] in
      while true {
        let socket = accept(listener, nil, nil)
        guard socket >= 0, let self else { return }
        let number = log.withLock { log in
          log.connections += 1
          return log.connections
        }
        _ = Platform.Thread(named: "serve") { self.serve(socket, number, reply) }
      }
    }
  }

  deinit { stop() }

  func stop() { _ = shutdown(listener, Int32(SHUT_RDWR)) }

  /// A port of this machine on which nobody listens.
  static func freePort() throws -> Int {
    let (socket, port) = try listen()
    close(socket)
    return port
  }

  private static func listen() throws -> (socket: Int32, port: Int) {
    let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        unsafe bind(number, address, size) == 0 && Glibc.listen(number, 64) == 0
          && getsockname(number, address, &size) == 0
      }
    }
    guard number >= 0, bound else { throw POSIXError(.EADDRNOTAVAIL) }
    return (number, Int(UInt16(bigEndian: address.sin_port)))
  }

  private func serve(_ socket: Int32, _ connection: Int, _ reply: @Sendable (Request) -> Reply) {
    var rest: [UInt8] = []
    defer { close(socket) }
    while let (head, body) = Self.request(socket, &rest) {
      let request = log.withLock { log in
        let request = Request(number: log.requests.count + 1, connection: connection, head: head, body: body)
        log.requests.append(request)
        return request
      }
      switch reply(request) {
      case .answer(let status, let headers, let body): Self.write(Self.answer(status, headers, body), to: socket)
      case .answerAndClose(let status, let body): return Self.write(Self.answer(status, [], body), to: socket)
      case .bytes(let bytes): return Self.write(bytes, to: socket)
      case .close: return
      case .reset:
        var option = linger(l_onoff: 1, l_linger: 0)
        _ = unsafe setsockopt(socket, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        return
      case .silence: while Self.more(socket, &rest) {}
      }
    }
  }

  private static func answer(_ status: String, _ headers: [String], _ body: [UInt8]) -> [UInt8] {
    let lines = ["HTTP/1.1 \(status)", "Content-Length: \(body.count)"] + headers
    return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
  }

  /// The next request; nil when the other side is done.
  private static func request(_ socket: Int32, _ rest: inout [UInt8]) -> (String, [UInt8])? {
    let gap = Array("\r\n\r\n".utf8)
    var end: Int?
    while true {
      end = rest.indices.first { rest[$0...].starts(with: gap) }
      if end != nil { break }
      guard more(socket, &rest) else { return nil }
    }
    guard let end else { return nil }
    let head = String(decoding: rest[..<end], as: UTF8.self)
    rest.removeFirst(end + 4)
    let lengths = head.split(separator: "\r\n").compactMap { line -> Int? in
      let parts = line.split(separator: ":")
      guard parts.count == 2, parts[0].lowercased() == "content-length" else { return nil }
      return Int(parts[1].drop { $0 == " " })
    }
    let length = lengths.first ?? 0
    while rest.count < length { guard more(socket, &rest) else { return nil } }
    let body = Array(rest.prefix(length))
    rest.removeFirst(length)
    return (head, body)
  }

  private static func more(_ socket: Int32, _ rest: inout [UInt8]) -> Bool {
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    let amount = unsafe chunk.withUnsafeMutableBytes { unsafe recv(socket, $0.baseAddress, $0.count, 0) }
    guard amount > 0 else { return false }
    rest += chunk[..<amount]
    return true
  }

  private static func write(_ bytes: [UInt8], to socket: Int32) {
    var written = 0
    while written < bytes.count {
      let amount = unsafe bytes.withUnsafeBytes {
        unsafe send(socket, $0.baseAddress?.advanced(by: written), $0.count - written, Int32(MSG_NOSIGNAL))
      }
      guard amount > 0 else { return }
      written += amount
    }
  }
}
