import NIOCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension ChannelHandlerContext {
  /// Closes so that the peer sees a reset instead of an end.
  func reset() {
    if let options = channel as? any SocketOptionProvider {
      options.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenFailure { _ in }
    }
    close(promise: nil)
  }
}
