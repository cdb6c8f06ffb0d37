import Glibc
import Records

/// Inflates ahead on a thread of its own, a few chunks at most, so that decoding never waits for zlib while a core is free.
@safe
final class GzipSource: ByteSource {
  private static let chunkBytes = 1 << 18
  private static let chunks = 4

  /// What the two threads share: a ring with one writer and one reader, counted by two semaphores.
  ///
  /// Unchecked, because a slot belongs to one of them at a time: a semaphore's post hands it over.
  @safe
  private final class Ring: @unchecked Sendable {
    let memory: UnsafeMutableRawPointer
    var sizes = [Int](repeating: 0, count: GzipSource.chunks)
    var failure: SourceFailure?
    var isAbandoned = false
    private let free: UnsafeMutablePointer<sem_t>
    private let full: UnsafeMutablePointer<sem_t>

    init() {
      unsafe memory = .allocate(byteCount: GzipSource.chunkBytes * GzipSource.chunks, alignment: 64)
      unsafe free = .allocate(capacity: 1)
      unsafe full = .allocate(capacity: 1)
      unsafe sem_init(free, 0, UInt32(GzipSource.chunks))
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
      unsafe UnsafeMutableRawBufferPointer(start: memory + index * GzipSource.chunkBytes, count: GzipSource.chunkBytes)
    }
  }

  private let ring = Ring()
  private let thread: Thread
  private var index = 0
  private var offset = 0
  private var holdsChunk = false
  private var isAtEnd = false

  init(_ file: FileDescriptor, start: [UInt8]) {
    let ring = self.ring
    // Handed over whole: from here on only the thread touches it.
    nonisolated(unsafe) let inflater = Inflater(file, start: start)
    thread = Thread(named: "inflate") { unsafe Self.inflate(inflater, into: ring) }
  }

  deinit {
    ring.isAbandoned = true
    for _ in 0...Self.chunks { ring.postFree() }
    thread.join()
  }

  private static func inflate(_ inflater: Inflater, into ring: Ring) {
    var index = 0
    while true {
      ring.waitForFree()
      if ring.isAbandoned { return }
      do throws(SourceFailure) {
        ring.sizes[index] = try unsafe inflater.read(into: ring.chunk(index))
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
