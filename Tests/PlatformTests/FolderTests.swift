import Checkpoints
import Foundation
import Platform
import Testing

@Suite struct FolderTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The failure of `body`, if it fails.
  private func failure(_ body: () throws(FileFailure) -> Void) -> FileFailure? {
    do throws(FileFailure) {
      try body()
      return nil
    } catch {
      return error
    }
  }

  @Test func aJournalFileGrowsAndIsCut() throws {
    let path = folder.path + "/j"
    do {
      var file = try JournalFile(path, isNew: true)
      try file.append(Array("hello ".utf8))
      try file.append([])
      try file.append(Array("world".utf8))
      try file.sync()
    }
    #expect(folder.bytes("j") == Array("hello world".utf8))
    do {
      var file = try JournalFile(path, isNew: false)
      try file.truncate(to: 6)
      try file.append(Array("you".utf8))
      try file.sync()
    }
    #expect(folder.bytes("j") == Array("hello you".utf8))
  }

  @Test func aNewJournalFileMustNotBeThereAndAnOldOneMust() {
    let path = folder.write("j", [1])
    let exists = failure { () throws(FileFailure) in _ = try JournalFile(path, isNew: true) }
    #expect(exists == FileFailure(operation: "open", path: path, errno: EEXIST))
    let gone = folder.path + "/gone"
    let missing = failure { () throws(FileFailure) in _ = try JournalFile(gone, isNew: false) }
    #expect(missing == FileFailure(operation: "open", path: gone, errno: ENOENT))
    #expect(folder.names == ["j"])
    #expect(folder.bytes("j") == [1])
  }

  @Test func aFullDiskIsSaidInWords() {
    let full = failure { () throws(FileFailure) in
      var file = try JournalFile("/dev/full", isNew: false)
      try file.append([1, 2, 3])
    }
    #expect(full == FileFailure(operation: "append to", path: "/dev/full", errno: ENOSPC))
    #expect(full?.description == "cannot append to /dev/full: No space left on device (errno 28)")
  }

  @Test func replacingPutsAWholeFileInPlace() throws {
    let path = folder.path + "/report.json"
    try Folder.replace(path, with: Array("one".utf8))
    try Folder.replace(path, with: Array("two".utf8))
    #expect(folder.bytes("report.json") == Array("two".utf8))
    #expect(folder.names == ["report.json"])
  }

  @Test func aReplacementThatFailsLeavesNothingBehind() throws {
    // A folder stands where the file should go.
    try Folder.make(folder.path + "/report.json/deep")
    let path = folder.path + "/report.json"
    #expect(failure { () throws(FileFailure) in try Folder.replace(path, with: [1]) }?.operation == "rename")
    #expect(folder.names == ["report.json"])
    let nowhere = folder.path + "/gone/report.json"
    #expect(failure { () throws(FileFailure) in try Folder.replace(nowhere, with: [1]) }?.errno == ENOENT)
    #expect(folder.names == ["report.json"])
  }

  @Test func foldersAreMadeWithThoseAboveThem() throws {
    let path = folder.path + "/a/b/c"
    try Folder.make(path)
    try Folder.make(path)
    #expect(Folder.names(in: folder.path + "/a") == ["b"])
    #expect(Folder.names(in: folder.path + "/none").isEmpty)
    folder.write("file", [])
    let inside = folder.path + "/file/x"
    #expect(failure { () throws(FileFailure) in try Folder.make(inside) }?.errno == ENOTDIR)
  }

  @Test func filesAreReadUpToALimit() throws {
    let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0) }
    let path = folder.write("x", bytes)
    #expect(try Folder.read(path) == bytes)
    #expect(try Folder.read(path, limit: 10).starts(with: bytes.prefix(10)))
    Folder.remove(path)
    Folder.remove(path)
    #expect(failure { () throws(FileFailure) in _ = try Folder.read(path) }?.errno == ENOENT)
  }

  @Test func aSecondRunIsRefusedAndToldByWhom() throws {
    let path = folder.path + "/lock"
    let first = LockHolder(pid: 4711, host: "batch-1", startedAt: 1_795_230_000, run: "20261121T030000Z-a1b2c3")
    let second = LockHolder(pid: 4712, host: "batch-2", startedAt: 1_795_230_001, run: "")
    func acquire(_ holder: LockHolder) -> Result<RunLock, RunLock.Failure> {
      do throws(RunLock.Failure) { return .success(try RunLock(path, holder: holder)) } catch { return .failure(error) }
    }
    var lock: RunLock? = try acquire(first).get()
    for _ in 0..<2 {
      guard case .failure(.held(let holder)) = acquire(second) else {
        Issue.record("two held the lock at once")
        return
      }
      #expect(holder == first)
      #expect(holder?.description.contains("pid 4711 on host batch-1") == true)
    }
    withExtendedLifetime(lock) {}
    lock = nil
    let next = try acquire(second).get()
    #expect(LockHolder(parsing: String(decoding: folder.bytes("lock") ?? [], as: UTF8.self)) == second)
    withExtendedLifetime(next) {}
  }

  @Test func aLockInAFolderThatIsNotThereFailsWithWords() {
    do throws(RunLock.Failure) {
      _ = try RunLock(
        folder.path + "/gone/lock", holder: LockHolder(pid: 1, host: "", startedAt: 0, run: ""))
      Issue.record("a lock in no folder")
    } catch {
      guard case .file(let failure) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(failure.errno == ENOENT)
    }
  }
}
