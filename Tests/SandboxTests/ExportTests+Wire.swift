import NIOCore
import NIOPosix

@testable import Sandbox

/// Like `TestClient`, but keeps the bytes until the end: characters may be cut between two reads.
enum ByteClient {
  static func exchange(_ port: Int, _ wire: String) async throws -> (text: String, wasReset: Bool) {
    let channel = try await connect(port)
    return try await channel.executeThenClose { inbound, outbound in
      var bytes: [UInt8] = []
      try await outbound.write(ByteBuffer(string: wire))
      do {
        for try await buffer in inbound { bytes += buffer.readableBytesView }
        return (String(decoding: bytes, as: UTF8.self), false)
      } catch {
        return (String(decoding: bytes, as: UTF8.self), true)
      }
    }
  }

  static func connect(_ port: Int) async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
    try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .connect(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
          try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
        }
      }
  }
}

/// Undoes the chunks of HTTP/1.1.
enum Chunked {
  /// The content, and whether the empty chunk that ends it is there.
  static func content(_ body: String) -> (content: String, isWhole: Bool) {
    var content: [UInt8] = []
    var rest = Array(body.utf8)[...]
    while let end = rest.firstIndex(of: 0x0D), let size = Int(String(decoding: rest[..<end], as: UTF8.self), radix: 16)
    {
      rest = rest[min(end + 2, rest.endIndex)...]
      if size == 0 { return (String(decoding: content, as: UTF8.self), rest.elementsEqual([0x0D, 0x0A])) }
      content += rest.prefix(size)
      rest = rest.dropFirst(size + 2)
    }
    return (String(decoding: content, as: UTF8.self), false)
  }
}

extension String {
  /// Head and body of an answer.
  var halves: (head: String, body: String) {
    let bytes = Array(utf8)
    let mark: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A]
    for start in bytes.indices.dropLast(3) where bytes[start..<start + 4].elementsEqual(mark) {
      return (
        String(decoding: bytes[..<start], as: UTF8.self) + "\r\n",
        String(decoding: bytes[(start + 4)...], as: UTF8.self)
      )
    }
    return (self, "")
  }
}
