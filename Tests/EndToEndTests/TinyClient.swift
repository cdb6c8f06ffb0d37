import Glibc

/// One GET over one connection: enough to read back what a sandbox holds.
enum TinyClient {
  struct Failure: Error {
    var words: String
  }

  static func get(_ path: String, port: Int, scheme: String = "ManagementKey-v1") throws -> [UInt8] {
    let answer = try exchange(
      "GET \(path) HTTP/1.1\r\nHost: localhost\r\nAuthorization: \(scheme) test\r\nConnection: close\r\n\r\n",
      port: port)
    let gap = Array("\r\n\r\n".utf8)
    for i in answer.indices.dropLast(3) where Array(answer[i..<i + 4]) == gap { return Array(answer[(i + 4)...]) }
    throw Failure(words: "no answer to \(path)")
  }

  private static func exchange(_ request: String, port: Int) throws -> [UInt8] {
    let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(number) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let connected = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe connect(number, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0 else { throw Failure(words: "cannot connect to \(port)") }
    let bytes = Array(request.utf8)
    _ = unsafe bytes.withUnsafeBytes { unsafe write(number, $0.baseAddress, $0.count) }
    var answer: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let amount = unsafe chunk.withUnsafeMutableBytes { unsafe read(number, $0.baseAddress, $0.count) }
      guard amount > 0 else { return answer }
      answer += chunk[..<amount]
    }
  }
}
