import Glibc

/// A file that takes bytes in large blocks; `-` is standard output.
struct OutputFile: ~Copyable {
  private let path: String
  private let descriptor: Int32

  init(path: String) throws(SystemFailure) {
    self.path = path
    guard path != "-" else {
      descriptor = STDOUT_FILENO
      return
    }
    descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    if descriptor < 0 { throw SystemFailure("cannot create \(path)") }
  }

  deinit {
    if descriptor != STDOUT_FILENO { close(descriptor) }
  }

  func write(_ block: [UInt8]) throws(SystemFailure) {
    var written = 0
    while written < block.count {
      let count = unsafe block.withUnsafeBytes { bytes in
        unsafe Glibc.write(descriptor, bytes.baseAddress.map { unsafe $0 + written }, bytes.count - written)
      }
      if count < 0, errno == EINTR { continue }
      if count < 0 { throw SystemFailure("cannot write \(path)") }
      written += count
    }
  }

  /// Writes a whole small file at once.
  static func write(_ block: [UInt8], to path: String) throws(SystemFailure) {
    let file = try OutputFile(path: path)
    try file.write(block)
  }
}
