import Glibc
import Records
import Synchronization

/// Reads ahead on a thread of its own, a few chunks at most, so that decoding waits neither for zlib nor for the system
/// while a core is free.
@safe
final class ReadAheadSource: ByteSource {
  private static let chunkBytes = 1 << 17
  private static let chunks = 3
  /// A plain file smaller than this is read before a thread is up.
  static let worthwhileBytes = 1 << 20

  /// What the two threads share: a ring with one writer and one reader, counted by two semaphores.
  ///
  /// Unchecked, because a slot belongs to one of them at a time: a semaphore's post hands it over.
  @safe
  private final class Ring: @unchecked Sendable {
    let memory: UnsafeMutableRawPointer
    var sizes = [Int](repeating: 0, count: ReadAheadSource.chunks)
    /// How much of the source is known to be UTF-8 once the chunk was read.
    var validated = [Int](repeating: 0, count: ReadAheadSource.chunks)
    var failure: SourceFailure?
    let isAbandoned = Atomic<Bool>(false)
    private let free: UnsafeMutablePointer<sem_t>
    private let full: UnsafeMutablePointer<sem_t>

    init() {
      unsafe memory = .allocate(byteCount: ReadAheadSource.chunkBytes * ReadAheadSource.chunks, alignment: 64)
      unsafe free = .allocate(capacity: 1)
      unsafe full = .allocate(capacity: 1)
      unsafe sem_init(free, 0, UInt32(ReadAheadSource.chunks))
      unsafe sem_init(full, 0, 0)
    }

    deinit {
      unsafe sem_destroy(free)
      unsafe sem_destroy(full)
      unsafe free.deallocate()
      unsafe full.deallocate()
      unsafe memory.deallocate()
    }

    func waitForFree() { while unsafe sem_wait(free) != 0 {} }
    func waitForFull() { while unsafe sem_wait(full) != 0 {} }
    func postFree() { unsafe sem_post(free) }
    func postFull() { unsafe sem_post(full) }

    func chunk(_ index: Int) -> UnsafeMutableRawBufferPointer {
      unsafe UnsafeMutableRawBufferPointer(
        start: memory + index * ReadAheadSource.chunkBytes, count: ReadAheadSource.chunkBytes)
    }
  }

  private let ring = Ring()
  private let thread: Thread
  private var index = 0
  private var offset = 0
  private var holdsChunk = false
  private var isAtEnd = false
  private(set) var validatedBytes = 0

  /// - `isValidating`: whether the thread looks for bytes that are not UTF-8, too.
  init(_ source: any ByteSource, named name: String, isValidating: Bool) {
    let ring = self.ring
    // Handed over whole: from here on only the thread touches it.
    nonisolated(unsafe) let source = source
    thread = Thread(named: name) { unsafe Self.read(source, into: ring, isValidating) }
  }

  deinit {
    ring.isAbandoned.store(true, ordering: .releasing)
    for _ in 0...Self.chunks { ring.postFree() }
    thread.join()
  }

  private static func read(_ source: any ByteSource, into ring: Ring, _ isValidating: Bool) {
    var text = UTF8Stream()
    var index = 0
    while true {
      ring.waitForFree()
      if ring.isAbandoned.load(ordering: .acquiring) { return }
      do throws(SourceFailure) {
        let chunk = unsafe ring.chunk(index)
        ring.sizes[index] = try unsafe source.read(into: chunk)
        if isValidating {
          let bytes = unsafe UnsafeBufferPointer(chunk.assumingMemoryBound(to: UInt8.self))
          text.update(unsafe bytes.extracting(0..<ring.sizes[index]).span)
          ring.validated[index] = text.validated
        }
      } catch {
        ring.failure = error
        ring.sizes[index] = 0
      }
      let isLast = ring.sizes[index] == 0
      ring.postFull()
      if isLast { return }
      index = (index + 1) % chunks
    }
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(SourceFailure) -> Int {
    if isAtEnd { return 0 }
    if !holdsChunk {
      ring.waitForFull()
      holdsChunk = true
      offset = 0
      validatedBytes = ring.validated[index]
    }
    let size = ring.sizes[index]
    if size == 0 {
      isAtEnd = true
      if let failure = ring.failure { throw failure }
      return 0
    }
    let amount = min(buffer.count, size - offset)
    unsafe buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: ring.chunk(index)[offset..<offset + amount]))
    offset += amount
    if offset == size {
      holdsChunk = false
      index = (index + 1) % Self.chunks
      ring.postFree()
    }
    return amount
  }
}
