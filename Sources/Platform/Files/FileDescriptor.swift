import Glibc
import Records

/// An open file, closed once.
final class FileDescriptor {
  let number: Int32
  let path: String

  init(opening path: String) throws(SourceFailure) {
    self.path = path
    number = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard number >= 0 else {
      throw errno == ENOENT ? .missing(path: path) : .unreadable(path: path, reason: systemWords(errno))
    }
    var status = stat()
    if unsafe fstat(number, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      throw .unreadable(path: path, reason: "it is a directory")
    }
    posix_fadvise(number, 0, 0, POSIX_FADV_SEQUENTIAL)
  }

  /// Takes over a descriptor that stays open, such as standard input.
  init(keeping number: Int32, named path: String) {
    self.number = number
    self.path = path
  }

  deinit { if number > 2 { close(number) } }

  /// Its bytes; 0 where the system cannot say.
  var size: Int {
    var status = stat()
    return unsafe fstat(number, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Reads some bytes; 0 at the end.
  ///
  /// What writes to standard input may take its time, so it is given up once a signal asks for the end of the run.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(SourceFailure) -> Int {
    while true {
      if number == STDIN_FILENO {
        var waiting = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
        if Interrupts.shared.signal != nil { throw .unreadable(path: path, reason: "interrupted") }
        if unsafe poll(&waiting, 1, 100) == 0 { continue }
      }
      let amount = unsafe Glibc.read(number, buffer.baseAddress, buffer.count)
      if amount >= 0 { return amount }
      if errno != EINTR { throw .unreadable(path: path, reason: systemWords(errno)) }
    }
  }

  /// Goes to a byte of the file.
  func seek(to byte: Int) throws(SourceFailure) {
    guard lseek(number, byte, SEEK_SET) == byte else { throw .unreadable(path: path, reason: systemWords(errno)) }
  }
}

/// The words of an `errno`.
package func systemWords(_ code: Int32) -> String {
  var buffer = [CChar](repeating: 0, count: 256)
  guard unsafe strerror_r(code, &buffer, buffer.count) == 0 else { return "error \(code)" }
  return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
