import Glibc
package import Records

/// Opens source files, seeing by their content whether they are compressed.
package enum SourceFile {
  /// The text of the file at `path` (`-` is standard input) from `byte` on.
  ///
  /// A compressed file or a pipe cannot be entered in the middle: its first `byte` bytes are read and dropped.
  package static func open(_ path: String, from byte: Int = 0) throws(SourceFailure) -> any ByteSource {
    let file = path == "-" ? FileDescriptor(keeping: 0, named: "standard input") : try FileDescriptor(opening: path)
    var start: [UInt8] = []
    while start.count < 2 {
      let more = try read(file, 2 - start.count)
      if more.isEmpty { break }
      start += more
    }
    if start == [0x1F, 0x8B] {
      let source = ReadAheadSource(Inflater(file, start: start), named: "inflate", isValidating: false)
      try drop(byte, from: source)
      return source
    }
    let isSeekable = lseek(file.number, 0, SEEK_CUR) >= 0 && path != "-"
    if isSeekable {
      try file.seek(to: byte)
      let source = PlainSource(file, start: [])
      return file.size - byte < ReadAheadSource.worthwhileBytes
        ? source : ReadAheadSource(source, named: "read", isValidating: true)
    }
    let source = PlainSource(file, start: start)
    try drop(byte, from: source)
    return source
  }

  private static func read(_ file: FileDescriptor, _ count: Int) throws(SourceFailure) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let outcome: Result<Int, SourceFailure> = unsafe bytes.withUnsafeMutableBytes { buffer in
      do throws(SourceFailure) { return .success(try unsafe file.read(into: buffer)) } catch { return .failure(error) }
    }
    return Array(bytes.prefix(try outcome.get()))
  }

  private static func drop(_ count: Int, from source: any ByteSource) throws(SourceFailure) {
    let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { unsafe scratch.deallocate() }
    var left = count
    while left > 0 {
      let part = unsafe UnsafeMutableRawBufferPointer(rebasing: scratch[..<min(left, scratch.count)])
      let amount = try unsafe source.read(into: part)
      if amount == 0 { return }
      left -= amount
    }
  }
}

/// A file as it stands.
final class PlainSource: ByteSource {
  private let file: FileDescriptor
  /// Bytes that were read to recognise the format.
  private var start: [UInt8]

  init(_ file: FileDescriptor, start: [UInt8]) {
    self.file = file
    self.start = start
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(SourceFailure) -> Int {
    if start.isEmpty { return try unsafe file.read(into: buffer) }
    let amount = min(start.count, buffer.count)
    for i in 0..<amount { unsafe buffer[i] = start[i] }
    start.removeFirst(amount)
    return amount
  }
}
