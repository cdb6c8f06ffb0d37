import Checkpoints
import Foundation
import Platform
import Records
import TestKit
import Testing

/// An output grows part by part, and can be cut at the end of any of them.
@Suite struct ExportOutputTests {
  private let folder: TemporaryFolder
  private var path: String { "\(folder.path)/.out.part" }

  init() throws { folder = try TemporaryFolder() }

  private func text(_ number: Int) -> ByteBuffer {
    let buffer = ByteBuffer()
    for line in 0..<2000 { buffer.append(Array("part \(number), line \(line)\n".utf8)) }
    return buffer
  }

  private func part(of output: ExportOutput) -> ExportPart {
    var part = ExportPart(sequence: 0, tally: Tally())
    part.outputBytes = output.byteCount
    part.textBytes = output.textBytes
    part.outputChecksum = output.checksum
    return part
  }

  @Test(arguments: [false, true]) func aResumedOutputIsTheSameFile(isCompressed: Bool) throws {
    let calm = try ExportOutput(beginning: path, isCompressed: isCompressed)
    for number in 0..<3 {
      try calm.write(text(number))
      try calm.endPart()
    }
    let whole = try #require(folder.bytes(".out.part"))
    let first = try ExportOutput(beginning: path, isCompressed: isCompressed)
    try first.write(text(0))
    try first.endPart()
    let kept = part(of: first)
    try first.write(text(9))
    // Killed here: what is behind the part may be anything.
    folder.write(".out.part", try #require(folder.bytes(".out.part")) + [1, 2, 3])
    let second = try #require(try ExportOutput(resuming: path, isCompressed: isCompressed, after: kept))
    for number in 1..<3 {
      try second.write(text(number))
      try second.endPart()
    }
    #expect(folder.bytes(".out.part") == whole)
    #expect(second.checksum == calm.checksum && second.textBytes == calm.textBytes)
    #expect(ExportOutput.isWhole(path, part(of: second)) && !ExportOutput.isWhole(path, kept))
    guard isCompressed else { return }
    let inflated = try output(of: ["gzip", "-dc"], input: whole)
    #expect(inflated == (0..<3).flatMap { number in text(number).bytes(0..<text(number).count) })
    let read = try SourceFile.open(path).all()
    #expect(read == inflated)
  }

  @Test func anOutputThatWasChangedIsNotGoneOnWith() throws {
    let output = try ExportOutput(beginning: path, isCompressed: false)
    try output.write(text(0))
    try output.endPart()
    let part = part(of: output)
    var bytes = try #require(folder.bytes(".out.part"))
    bytes[5] ^= 1
    folder.write(".out.part", bytes)
    #expect(try ExportOutput(resuming: path, isCompressed: false, after: part) == nil)
    folder.write(".out.part", Array(bytes.prefix(10)))
    #expect(try ExportOutput(resuming: path, isCompressed: false, after: part) == nil)
    Folder.remove(path)
    #expect(try ExportOutput(resuming: path, isCompressed: false, after: part) == nil)
  }

  @Test func anEmptyCompressedOutputIsAGzipFile() throws {
    let empty = try ExportOutput(beginning: path, isCompressed: true)
    try empty.endPart()
    try empty.endPart()
    #expect(try output(of: ["gzip", "-dc", path]).isEmpty)
    #expect(empty.byteCount == 20)
    try ExportOutput.publish(path, as: "\(folder.path)/out.gz")
    #expect(folder.names == ["out.gz"])
  }
}
