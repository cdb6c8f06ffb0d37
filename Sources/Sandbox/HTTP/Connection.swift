import NIOCore
import NIOHTTP1

/// One connection: gathers the parts of a request, asks the desk, writes the answer or what a fault leaves of it.
///
/// Requests come one at a time; pipelined ones wait in front of it.
final class Connection: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private struct Pending {
    let head: HTTPRequestHead
    let arrival: Desk.Arrival
    var body: [UInt8] = []
    var isOver = false
  }

  let desk: Desk
  let turns: Turns
  private var pending: Pending?
  /// The streamed answer that is under way; its request is pending until it ends.
  private(set) var download: Download?

  init(_ desk: Desk, _ turns: Turns) {
    self.desk = desk
    self.turns = turns
  }

  func channelActive(context: ChannelHandlerContext) {
    desk.connect()
    context.fireChannelActive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head): begin(head, context)
    case .body(let bytes):
      // Taking the request out of its place would copy the body with every part of it.
      guard let size = pending?.body.count, let limit = pending?.arrival.bodyLimit, pending?.isOver == false else {
        return
      }
      if size + bytes.readableBytes > limit { return refuseSize(context) }
      pending?.body.append(contentsOf: bytes.readableBytesView)
    case .end: end(context)
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    if let pending { desk.depart(pending.arrival, status: 0) }
    pending = nil
    download = nil
    context.fireChannelInactive()
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    pump(context)
    context.fireChannelWritabilityChanged()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

  private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    let arrival = desk.arrive(method: head.method.rawValue, target: head.uri)
    pending = Pending(head: head, arrival: arrival)
    if arrival.fault.outcome == .reset { return context.reset() }
    if let length = head.headers.first(name: "content-length").flatMap({ Int($0) }), length > arrival.bodyLimit {
      return refuseSize(context)
    }
    if head.headers.first(name: "expect")?.lowercased() == "100-continue" {
      let goOn = HTTPResponseHead(version: head.version, status: .continue)
      context.writeAndFlush(wrapOutboundOut(.head(goOn)), promise: nil)
    }
  }

  private func end(_ context: ChannelHandlerContext) {
    guard let pending, !pending.isOver else { return }
    let request = Request(pending.head, body: pending.body)
    self.pending?.body = []
    self.pending?.isOver = true
    let answer = desk.answer(request, pending.arrival)
    let delay = desk.configuration.latency + pending.arrival.fault.delay
    guard delay > .zero else { return finish(answer, context) }
    context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(delay)) { self.finish(answer, context) }
  }

  private func finish(_ answer: Answer, _ context: ChannelHandlerContext) {
    guard let pending else { return }
    let outcome = pending.arrival.fault.outcome
    if let stream = answer.stream, outcome != .lost { return begin(stream, of: answer, pending, context) }
    self.pending = nil
    let isDropped = outcome == .lost || (outcome == .truncate && answer.body.isEmpty)
    desk.depart(pending.arrival, status: isDropped ? 0 : answer.status)
    if isDropped { return context.close(promise: nil) }
    write(answer, to: pending.head, isCut: outcome == .truncate, isLast: !pending.head.isKeepAlive, context)
  }

  private func begin(_ stream: BodyStream, of answer: Answer, _ pending: Pending, _ context: ChannelHandlerContext) {
    // Without chunks (HTTP 1.0) only the end of the connection tells where the body ends.
    let isLast = !pending.head.isKeepAlive || pending.head.version == .http1_0
    // Somewhere in the first half megabyte, and for the same request number always there.
    let cut = pending.arrival.number &* 77_773 & 0x7FFFF
    let limit = pending.arrival.fault.outcome == .truncate ? cut : nil
    let head = HTTPResponseHead(answer, version: pending.head.version, closes: isLast)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    download = Download(stream, isLast: isLast, limit: limit)
    pump(context)
  }

  /// Counts a streamed answer as given; what is left to write is its last bytes.
  func finishDownload(_ download: Download, counting bytes: Int) {
    self.download = nil
    desk.stream(bytes, waits: false)
    if let pending { desk.depart(pending.arrival, status: 200) }
    pending = nil
  }

  private func refuseSize(_ context: ChannelHandlerContext) {
    guard let pending else { return }
    self.pending?.isOver = true
    desk.depart(pending.arrival, status: 413)
    let limit = pending.arrival.bodyLimit
    let refusal = Refusal(status: 413, message: "The body is larger than \(limit) bytes", problems: nil)
    let head = pending.head
    self.pending = nil
    write(.refusing(refusal), to: head, isCut: false, isLast: true, context)
  }

  private func write(
    _ answer: Answer, to request: HTTPRequestHead, isCut: Bool, isLast: Bool, _ context: ChannelHandlerContext
  ) {
    let head = HTTPResponseHead(answer, version: request.version, closes: isLast || isCut)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    let bytes = isCut ? answer.body[..<(answer.body.count / 2)] : answer.body[...]
    if !bytes.isEmpty, request.method != .HEAD {
      context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: bytes)))), promise: nil)
    }
    if isCut {
      context.flush()
      return context.close(promise: nil)
    }
    writeEnd(isLast: isLast, context)
  }

  func writeEnd(isLast: Bool, _ context: ChannelHandlerContext) {
    let promise = isLast ? context.eventLoop.makePromise(of: Void.self) : nil
    promise?.futureResult.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: promise)
  }
}
