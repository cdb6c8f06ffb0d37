package import Checkpoints
import Glibc

/// Folders and whole small files.
package enum Folder {
  /// Makes a folder and those above it.
  package static func make(_ path: String) throws(FileFailure) {
    var made = path.hasPrefix("/") ? "" : "."
    for part in path.split(separator: "/") {
      made += "/\(part)"
      if unsafe mkdir(made, 0o755) != 0, errno != EEXIST {
        throw FileFailure(operation: "make folder", path: path, errno: errno)
      }
    }
  }

  /// Makes a name in the folder of `path` survive a power cut.
  static func sync(containing path: String) throws(FileFailure) {
    let folder = parent(of: path)
    let number = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard number >= 0 else { throw FileFailure(operation: "open", path: folder, errno: errno) }
    defer { close(number) }
    guard fsync(number) == 0 else { throw FileFailure(operation: "sync", path: folder, errno: errno) }
  }

  /// The folder a path stands in.
  package static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The names in a folder, sorted; none when it does not exist.
  package static func names(in path: String) -> [String] {
    guard let folder = unsafe opendir(path) else { return [] }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
        unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// How many bytes a file has; nil when there is none.
  package static func size(of path: String) -> Int? {
    var status = Glibc.stat()
    return unsafe stat(path, &status) == 0 ? Int(status.st_size) : nil
  }

  /// The bytes of a file, at most `limit` of them.
  package static func read(_ path: String, limit: Int = .max) throws(FileFailure) -> [UInt8] {
    let number = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard number >= 0 else { throw FileFailure(operation: "open", path: path, errno: errno) }
    defer { close(number) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count < limit {
      let amount = unsafe chunk.withUnsafeMutableBytes { unsafe Glibc.read(number, $0.baseAddress, $0.count) }
      if amount < 0 {
        if errno == EINTR { continue }
        throw FileFailure(operation: "read", path: path, errno: errno)
      }
      if amount == 0 { break }
      bytes += chunk[..<amount]
    }
    return bytes
  }

  /// Whether something stands at `path`.
  package static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  /// Whether a folder stands at `path`, and whether files can be made in it.
  package static func isFolder(_ path: String) -> Bool {
    var status = Glibc.stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
  package static func isWritable(_ path: String) -> Bool { unsafe isFolder(path) && access(path, W_OK | X_OK) == 0 }

  /// Removes a file, if it is there.
  package static func remove(_ path: String) { unsafe unlink(path) }

  /// Puts a whole file in place or leaves what was there: temporary name, sync, rename.
  package static func replace(_ path: String, with bytes: [UInt8]) throws(FileFailure) {
    let temporary = "\(path).\(getpid()).tmp"
    unsafe unlink(temporary)
    do {
      var file = try JournalFile(temporary, isNew: true)
      try file.append(bytes)
      try file.sync()
    } catch {
      unsafe unlink(temporary)
      throw error
    }
    guard unsafe rename(temporary, path) == 0 else {
      let code = errno
      unsafe unlink(temporary)
      throw FileFailure(operation: "rename", path: path, errno: code)
    }
    try sync(containing: path)
  }
}
