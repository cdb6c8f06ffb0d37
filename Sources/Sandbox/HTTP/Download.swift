import NIOCore
import NIOHTTP1

/// An answer whose body is still being made; it belongs to the event loop of its connection.
final class Download {
  var feed: any BodyFeed
  var chunk = Chunk()
  /// Whether the connection closes behind the body.
  let isLast: Bool
  /// After so many bytes a fault cuts the body.
  let limit: Int?
  var sent = 0
  var isPumping = false
  var isScheduled = false

  init(_ stream: BodyStream, isLast: Bool, limit: Int?) {
    feed = stream.feed
    self.isLast = isLast
    self.limit = limit
  }

  /// The next bytes and whether anything follows; a cut body ends short of its end.
  func next() -> (bytes: ArraySlice<UInt8>, step: Step) {
    chunk.clear()
    let goesOn = feed.fill(&chunk)
    let bytes = chunk.bytes[...]
    guard let limit else { return (bytes, goesOn ? .more : .end) }
    if sent + bytes.count > limit { return (bytes.prefix(limit - sent), .cut) }
    return goesOn ? (bytes, .more) : (bytes.prefix(bytes.count / 2), .cut)
  }

  enum Step { case more, end, cut }
}

extension Connection {
  /// Chunks written before other connections of the same loop have their turn.
  private static let chunksPerTurn = 16

  /// Writes chunks as long as the peer takes them; `channelWritabilityChanged` goes on where this stops.
  ///
  /// A write may report a change of writability before it returns, and a failing one the end of the connection: hence
  /// the mark, and the look at `download` before each chunk.
  func pump(_ context: ChannelHandlerContext) {
    guard let current = download, !current.isPumping else { return }
    current.isPumping = true
    defer { current.isPumping = false }
    let before = current.sent
    var left = Self.chunksPerTurn
    while download === current, context.channel.isWritable {
      if left == 0 { return goOnLater(current, before, context) }
      left -= 1
      let (bytes, step) = current.next()
      current.sent += bytes.count
      if step != .more { finishDownload(current, counting: current.sent - before) }
      if !bytes.isEmpty {
        let buffer = ByteBuffer(bytes: bytes)
        context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(buffer))), promise: nil)
      }
      switch step {
      case .more: continue
      case .end: return writeEnd(isLast: current.isLast, context)
      case .cut: return context.close(promise: nil)
      }
    }
    desk.stream(current.sent - before, waits: download === current)
  }

  private func goOnLater(_ current: Download, _ before: Int, _ context: ChannelHandlerContext) {
    desk.stream(current.sent - before, waits: false)
    guard !current.isScheduled else { return }
    current.isScheduled = true
    turns.wait {
      current.isScheduled = false
      self.pump(context)
    }
  }
}
