import Glibc

/// The receiving side of one connection.
///
/// Heads are read into a small buffer. Bodies are not read at all: `MSG_TRUNC` lets the kernel drop the bytes of a TCP
/// stream without copying them, which leaves the machine to the sender.
struct Inbox: ~Copyable {
  private let socket: Int32
  private var buffer = [UInt8](repeating: 0, count: 16 << 10)
  private var start = 0
  private var end = 0

  init(socket: Int32) { self.socket = socket }

  deinit { close(socket) }

  /// The next request's head; nothing when the client has gone or does not speak HTTP.
  mutating func head() -> RequestHead? {
    var seen = start
    while true {
      if let past = RequestHead.end(in: buffer.span.extracting(start..<end), from: seen - start) {
        let head = RequestHead(buffer[start..<start + past])
        start += past
        return head
      }
      let waiting = end - start
      guard receive() else { return nil }
      seen = start + max(0, waiting - 3)
    }
  }

  /// Drops a body; its size without the framing, or nothing when the connection broke.
  mutating func swallow(_ body: RequestHead.Body) -> Int? {
    switch body {
    case .sized(let size): skip(size) ? size : nil
    case .chunked: swallowChunks()
    }
  }

  func send(_ bytes: [UInt8]) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { source in
        unsafe Glibc.send(
          socket, source.baseAddress.map { unsafe $0 + sent }, source.count - sent, Int32(MSG_NOSIGNAL))
      }
      if count < 0, errno == EINTR { continue }
      if count <= 0 { return false }
      sent += count
    }
    return true
  }

  private mutating func swallowChunks() -> Int? {
    var total = 0
    while true {
      guard let size = line().flatMap(RequestHead.chunkSize) else { return nil }
      if size == 0 { break }
      guard skip(size), line() != nil else { return nil }
      total += size
    }
    while let trailer = line() {
      if trailer.isEmpty { return total }
    }
    return nil
  }

  /// The bytes up to the next line end, without it.
  private mutating func line() -> ArraySlice<UInt8>? {
    while true {
      if let feed = buffer[start..<end].firstIndex(of: UInt8(ascii: "\n")) {
        defer { start = feed + 1 }
        return buffer[start..<feed].last == UInt8(ascii: "\r") ? buffer[start..<feed - 1] : buffer[start..<feed]
      }
      guard receive() else { return nil }
    }
  }

  private mutating func skip(_ count: Int) -> Bool {
    let buffered = min(count, end - start)
    start += buffered
    var left = count - buffered
    let flags = Int32(MSG_TRUNC | MSG_WAITALL)
    while left > 0 {
      let dropped = recv(socket, nil, left, flags)
      if dropped < 0, errno == EINTR { continue }
      if dropped <= 0 { return false }
      left -= dropped
    }
    return true
  }

  /// Adds what has arrived to the buffer; false at the end of the stream or when a head outgrows the buffer.
  private mutating func receive() -> Bool {
    if start > 0 {
      buffer.replaceSubrange(0..<end - start, with: Array(buffer[start..<end]))
      (start, end) = (0, end - start)
    }
    guard end < buffer.count else { return false }
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe recv(socket, bytes.baseAddress.map { unsafe $0 + end }, bytes.count - end, 0)
      }
      if count < 0, errno == EINTR { continue }
      if count <= 0 { return false }
      end += count
      return true
    }
  }
}
