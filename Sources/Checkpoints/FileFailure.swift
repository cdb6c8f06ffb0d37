/// A file operation that failed.
package struct FileFailure: Error, Sendable, Equatable {
  /// What was attempted, as words that follow "cannot": `append to`, `sync`, `truncate`, `open`.
  package var operation: String
  /// The file.
  package var path: String
  /// The system's error number.
  package var errno: Int32

  /// The failure of `operation` on the file at `path`.
  package init(operation: String, path: String, errno: Int32) {
    self.operation = operation
    self.path = path
    self.errno = errno
  }

  /// Error numbers that mean the same on every system this runs on.
  private static let words: [Int32: String] = [
    1: "Operation not permitted", 2: "No such file or directory", 4: "Interrupted system call",
    5: "Input/output error", 9: "Bad file descriptor", 12: "Cannot allocate memory", 13: "Permission denied",
    16: "Device or resource busy", 17: "File exists", 18: "Invalid cross-device link", 20: "Not a directory",
    21: "Is a directory", 22: "Invalid argument", 23: "Too many open files in system", 24: "Too many open files",
    27: "File too large", 28: "No space left on device", 30: "Read-only file system", 31: "Too many links",
    32: "Broken pipe", 36: "File name too long", 40: "Too many levels of symbolic links",
  ]

  /// Whether trying again later cannot help: the path is wrong, or not ours to write.
  package var isLasting: Bool { [1, 2, 13, 20, 21, 30, 36, 40].contains(errno) }
}

extension FileFailure: CustomStringConvertible {
  package var description: String {
    let reason = Self.words[errno].map { "\($0) (errno \(errno))" } ?? "errno \(errno)"
    return "cannot \(operation) \(path): \(reason)"
  }
}
