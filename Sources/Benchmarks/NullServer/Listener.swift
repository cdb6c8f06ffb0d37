import Glibc

/// A listening socket on the loopback interface.
struct Listener: ~Copyable {
  private let socket: Int32
  let port: UInt16

  init(port wanted: UInt16) throws(SystemFailure) {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    if socket < 0 { throw SystemFailure("cannot open a socket") }
    Self.enable(SO_REUSEADDR, of: SOL_SOCKET, on: socket)

    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = wanted.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { general in
        unsafe bind(socket, general, size) == 0 && listen(socket, 128) == 0 && getsockname(socket, general, &size) == 0
      }
    }
    guard status else {
      let failure = SystemFailure("cannot listen on port \(wanted)")
      close(socket)
      throw failure
    }
    self.socket = socket
    port = UInt16(bigEndian: address.sin_port)
  }

  deinit { close(socket) }

  /// The next connection, answering without delay.
  func accept() throws(SystemFailure) -> Int32 {
    while true {
      let connection = Glibc.accept(socket, nil, nil)
      if connection >= 0 {
        Self.enable(TCP_NODELAY, of: Int32(IPPROTO_TCP), on: connection)
        return connection
      }
      if errno != EINTR && errno != ECONNABORTED { throw SystemFailure("cannot accept a connection") }
    }
  }

  private static func enable(_ option: Int32, of level: Int32, on socket: Int32) {
    var yes: Int32 = 1
    _ = unsafe setsockopt(socket, level, option, &yes, socklen_t(MemoryLayout<Int32>.size))
  }
}
