import Checkpoints
import Foundation
import Platform
import Records
import Testing

/// A folder that is gone when the test is.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/ferry-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and answers its path.
  @discardableResult func write(_ name: String, _ bytes: [UInt8]) -> String {
    let file = path + "/" + name
    #expect(FileManager.default.createFile(atPath: file, contents: Data(bytes)))
    return file
  }

  func bytes(_ name: String) -> [UInt8]? { FileManager.default.contents(atPath: path + "/" + name).map { Array($0) } }
  var names: [String] { Folder.names(in: path) }
}

/// Runs a command and answers what it wrote.
func output(of arguments: [String], input: [UInt8] = []) throws -> [UInt8] {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = arguments
  let stdin = Pipe()
  let stdout = Pipe()
  process.standardInput = stdin
  process.standardOutput = stdout
  process.standardError = FileHandle.nullDevice
  try process.run()
  let writer = Thread(named: "feed") {
    try? stdin.fileHandleForWriting.write(contentsOf: Data(input))
    try? stdin.fileHandleForWriting.close()
  }
  let bytes = Array(stdout.fileHandleForReading.readDataToEndOfFile())
  writer.join()
  process.waitUntilExit()
  try #require(process.terminationStatus == 0, "'\(arguments.joined(separator: " "))' failed")
  return bytes
}

/// One gzip member.
func gzip(_ bytes: [UInt8]) throws -> [UInt8] { try output(of: ["gzip", "-c"], input: bytes) }

/// Everything a source gives, read in pieces of `size`.
func drain(_ source: any ByteSource, size: Int = 5000) throws(SourceFailure) -> [UInt8] {
  var bytes: [UInt8] = []
  try drain(source, size: size, into: &bytes)
  return bytes
}

/// What comes before a failure is in `bytes` when it is thrown.
func drain(_ source: any ByteSource, size: Int = 5000, into bytes: inout [UInt8]) throws(SourceFailure) {
  let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
  defer { unsafe piece.deallocate() }
  while true {
    let amount = try unsafe source.read(into: piece)
    if amount == 0 { return }
    unsafe bytes.append(contentsOf: piece[..<amount])
  }
}
