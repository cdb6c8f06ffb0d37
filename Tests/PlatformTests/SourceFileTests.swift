import Checkpoints
import Foundation
import Platform
import Records
import TestKit
import Testing

@Suite struct SourceFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Text that does not compress to nothing, longer than several chunks.
  private static let text: [UInt8] = {
    var random = SplitMix64(seed: 2)
    return (0..<700_000).map { _ in UInt8.random(in: 32..<96, using: &random) }
  }()

  private func failure(_ path: String, from byte: Int = 0) -> SourceFailure? {
    do throws(SourceFailure) {
      _ = try drain(SourceFile.open(path, from: byte))
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: [0, 1, 2, 3, 100, 300_000]) func aPlainFileIsReadAsItIs(_ count: Int) throws {
    let bytes = Array(Self.text.prefix(count))
    let path = folder.write("a.csv", bytes)
    #expect(try drain(SourceFile.open(path)) == bytes)
  }

  /// Longer than what is read without a thread; characters of two bytes are cut by its chunks.
  private static let longText = Array(String(repeating: "é, ", count: 600_000).utf8)

  @Test func aLongFileIsReadAheadAsItIs() throws {
    let path = folder.write("a.csv", Self.longText)
    for size in [1, 5000, 1 << 17, 1 << 20] where size > 1 {
      #expect(try drain(SourceFile.open(path), size: size) == Self.longText)
    }
    let byte = 700_001
    #expect(try drain(SourceFile.open(path, from: byte)) == Array(Self.longText[byte...]))
  }

  @Test func aLongFileSaysWhichOfItsBytesAreUTF8() throws {
    let source = try SourceFile.open(folder.write("a.csv", Self.longText))
    _ = try drain(source)
    #expect(source.validatedBytes == Self.longText.count)
    var broken = Self.longText
    broken[900_000] = 0xFF
    let other = try SourceFile.open(folder.write("b.csv", broken))
    _ = try drain(other)
    #expect((899_997...900_000).contains(other.validatedBytes))
  }

  @Test func aLongFileThatIsNotReadToItsEndIsLetGo() throws {
    let path = folder.write("a.csv", Self.longText)
    for _ in 0..<20 {
      let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 100, alignment: 16)
      defer { unsafe piece.deallocate() }
      #expect(try unsafe SourceFile.open(path).read(into: piece) == 100)
    }
  }

  @Test(arguments: [0, 1, 100, 262_144, 700_000]) func gzipIsKnownByItsContentWhateverTheName(_ count: Int) throws {
    let bytes = Array(Self.text.prefix(count))
    let path = folder.write("a.csv", try gzip(bytes))
    #expect(try drain(SourceFile.open(path)) == bytes)
    #expect(try drain(SourceFile.open(path), size: 1 << 20) == bytes)
  }

  @Test func aNameThatEndsInGzDoesNotMakeAPlainFileGzip() throws {
    let path = folder.write("a.csv.gz", Array("id\n1\n".utf8))
    #expect(try drain(SourceFile.open(path)) == Array("id\n1\n".utf8))
  }

  @Test func severalMembersAreOneText() throws {
    let parts = [Array(Self.text[..<10]), [], Array(Self.text[10..<400_000]), Array(Self.text[400_000...])]
    let path = folder.write("a.gz", try parts.flatMap(gzip))
    #expect(try drain(SourceFile.open(path)) == Self.text)
  }

  @Test(arguments: [1, 511, 200_000]) func zerosAfterTheStreamArePadding(_ count: Int) throws {
    let path = folder.write("a.gz", try gzip(Self.text) + [UInt8](repeating: 0, count: count))
    #expect(try drain(SourceFile.open(path)) == Self.text)
  }

  @Test func garbageAfterTheStreamIsDamage() throws {
    for garbage in ["x", "\0\0x", "id\n1\n"] {
      let path = folder.write("a.gz", try gzip(Self.text) + Array(garbage.utf8))
      guard case .damaged(path, let reason, Self.text.count) = failure(path) else {
        Issue.record("\(String(describing: failure(path)))")
        continue
      }
      #expect(reason.contains("follows"))
    }
  }

  @Test func aTruncatedStreamIsDamageAndSaysAfterHowManyBytes() throws {
    let whole = try gzip(Self.text)
    var lengths = [2, 3, 9, 10, 11, 18, whole.count - 9, whole.count - 8, whole.count - 4, whole.count - 1]
    lengths += stride(from: 1000, to: whole.count, by: whole.count / 25)
    var last = 0
    for length in lengths.sorted() {
      let path = folder.write("a.gz", Array(whole[..<length]))
      guard case .damaged(path, let reason, let bytes) = failure(path) else {
        Issue.record("\(length) bytes: \(String(describing: failure(path)))")
        continue
      }
      #expect(reason.contains("ends in the middle"))
      #expect(bytes >= last && bytes <= Self.text.count, "\(length) bytes")
      last = bytes
    }
    #expect(last == Self.text.count)
  }

  @Test func everythingBeforeTheDamageIsRead() throws {
    let whole = try gzip(Self.text)
    for length in [5000, whole.count / 2, whole.count - 8] {
      let path = folder.write("a.gz", Array(whole[..<length]))
      var bytes: [UInt8] = []
      do throws(SourceFailure) {
        try drain(SourceFile.open(path), into: &bytes)
        Issue.record("\(length) bytes are no whole stream")
      } catch {
        guard case .damaged(_, _, bytes.count) = error else {
          Issue.record("\(error), \(bytes.count) bytes read")
          continue
        }
      }
      #expect(!bytes.isEmpty && bytes == Array(Self.text.prefix(bytes.count)))
    }
  }

  @Test func aDamagedStreamIsNoticed() throws {
    let whole = try gzip(Self.text)
    var random = SplitMix64(seed: 8)
    for _ in 0..<40 {
      var bytes = whole
      let place = Int.random(in: 10..<bytes.count, using: &random)
      bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      let path = folder.write("a.gz", bytes)
      guard case .damaged? = failure(path) else {
        Issue.record("bit flipped at \(place): \(String(describing: failure(path)))")
        continue
      }
    }
  }

  @Test(arguments: [0, 1, 2, 3, 262_143, 262_144, 262_145, 699_999, 700_000])
  func readingGoesOnAtAnyByte(_ byte: Int) throws {
    let rest = Array(Self.text[byte...])
    #expect(try drain(SourceFile.open(folder.write("a.csv", Self.text), from: byte)) == rest)
    #expect(try drain(SourceFile.open(folder.write("b.gz", gzip(Self.text)), from: byte)) == rest)
  }

  @Test func goingOnBeyondTheEndGivesNothing() throws {
    #expect(try drain(SourceFile.open(folder.write("a.csv", Self.text), from: 800_000)).isEmpty)
    #expect(try drain(SourceFile.open(folder.write("b.gz", gzip(Self.text)), from: 800_000)).isEmpty)
  }

  @Test func goingOnInADamagedStreamFails() throws {
    let path = folder.write("a.gz", try Array(gzip(Self.text).dropLast(200_000)))
    guard case .damaged? = failure(path, from: 699_000) else {
      Issue.record("\(String(describing: failure(path, from: 699_000)))")
      return
    }
  }

  @Test func aStreamThatIsNotReadToItsEndIsLetGo() throws {
    let path = folder.write("a.gz", try gzip(Self.text))
    for _ in 0..<20 { _ = try SourceFile.open(path) }
    let source = try SourceFile.open(path)
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 10, alignment: 1)
    defer { unsafe piece.deallocate() }
    let amount = try unsafe source.read(into: piece)
    #expect(amount == 10)
  }

  @Test func whatIsNotThereIsMissingAndAFolderIsUnreadable() {
    let gone = folder.path + "/gone.csv"
    #expect(failure(gone) == .missing(path: gone))
    #expect(failure(folder.path) == .unreadable(path: folder.path, reason: "it is a directory"))
  }

  @Test func globsAreSortedAndMeetEachFileOnce() throws {
    for name in ["b.csv", "a.csv", "c.txt", "a1.csv"] { folder.write(name, []) }
    let base = folder.path
    let found = try SourcePaths.expand([base + "/*.csv", base + "/a.csv", base + "/c.txt", base + "/?.txt"])
    #expect(found == ["a.csv", "a1.csv", "b.csv", "c.txt"].map { base + "/" + $0 })
    #expect(try SourcePaths.expand(["-", base + "/gone.csv"]) == ["-", base + "/gone.csv"])
    #expect(throws: SourceFailure.missing(path: base + "/*.gz (no file matches)")) {
      try SourcePaths.expand([base + "/*.gz"])
    }
  }

  @Test func aFileWhoseNameIsAPatternIsMeantItself() throws {
    let path = folder.write("a[1].csv", [])
    folder.write("a1.csv", [])
    #expect(try SourcePaths.expand([path]) == [path])
  }

  @Test func everyChangeOfASourceIsNoticed() throws {
    let path = folder.write("a.csv", Self.text)
    let before = try SourceStatus.identity(of: path)
    #expect(before.isRegular)
    #expect(before.bytes == Self.text.count)
    #expect(before.change(to: try SourceStatus.identity(of: path)) == nil)

    folder.write("a.csv", Self.text + [65])
    #expect(before.change(to: try SourceStatus.identity(of: path)) == .size(was: 700_000, now: 700_001))
    for place in [0, 65_535, 700_000 - 65_536, 699_999] {
      var bytes = Self.text
      bytes[place] ^= 1
      folder.write("a.csv", bytes)
      #expect(before.change(to: try SourceStatus.identity(of: path)) == .content, "byte \(place)")
    }
    folder.write("a.csv", Self.text)
    try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSince1970: 1000)], ofItemAtPath: path)
    let now = try SourceStatus.identity(of: path)
    #expect(now.modified == 1_000_000_000_000)
    #expect(before.change(to: now) == .time(was: before.modified, now: now.modified))
  }

  @Test func aStreamIsNeverTheSame() throws {
    let pipe = try SourceStatus.identity(of: "-")
    #expect(pipe.isStream)
    #expect(try SourceStatus.identity(of: "/dev/null").isStream)
    #expect(pipe.change(to: pipe) == .notRepeatable)
    #expect(throws: SourceFailure.missing(path: folder.path + "/x")) {
      try SourceStatus.identity(of: folder.path + "/x")
    }
  }
}
