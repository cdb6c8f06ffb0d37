import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A Talon.One on this machine, listening until it is stopped.
package final class SandboxServer: Sendable {
  private let desk: Desk
  private let channel: any Channel
  private let group: MultiThreadedEventLoopGroup
  package let port: Int
  private let host: String
  private let isStopped = Mutex(false)

  private init(_ desk: Desk, channel: any Channel, group: MultiThreadedEventLoopGroup, host: String) {
    self.desk = desk
    self.channel = channel
    self.group = group
    self.host = host
    port = channel.localAddress?.port ?? 0
  }

  package static func start(_ configuration: SandboxConfiguration) async throws -> SandboxServer {
    let desk = Desk(configuration) { Timestamp.current }
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
    let turns = Dictionary(
      uniqueKeysWithValues: group.makeIterator().map { loop in
        (ObjectIdentifier(loop), NIOLoopBoundBox.makeBoxSendingValue(Turns(loop), eventLoop: loop))
      })
    let limit = max(configuration.writeLimit, 4)
    let bootstrap = ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 256)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelOption(.maxMessagesPerRead, value: 16)
      .childChannelOption(.writeBufferWaterMark, value: .init(low: limit / 4, high: limit))
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.configureHTTPServerPipeline()
          let turns = turns[ObjectIdentifier(channel.eventLoop)]?.value ?? Turns(channel.eventLoop)
          try channel.pipeline.syncOperations.addHandler(Connection(desk, turns))
        }
      }
    do {
      let channel = try await bootstrap.bind(host: configuration.host, port: configuration.port).get()
      return SandboxServer(desk, channel: channel, group: group, host: configuration.host)
    } catch {
      try await group.shutdownGracefully()
      throw error
    }
  }

  package var url: String { "http://" + (host.contains(":") ? "[\(host)]" : host) + ":\(port)" }

  package func statistics() -> SandboxStatistics { desk.statistics }

  /// Closes every connection; stopping twice does no harm.
  package func stop() async throws {
    let isFirst = isStopped.withLock { isStopped in
      defer { isStopped = true }
      return !isStopped
    }
    guard isFirst else { return }
    do { try await channel.close() } catch ChannelError.alreadyClosed {}
    try await group.shutdownGracefully()
  }

  /// Returns when the server has been stopped.
  package func untilStopped() async throws { try await channel.closeFuture.get() }
}
