/// Memory that is filled, handed on and filled again.
///
/// Fresh memory is the slowest thing on a machine (about 10 µs a page when first touched), so request bodies live in a few
/// of these for a whole run. It is a class because libcurl keeps its address while a request is on the wire.
/// Unchecked, because exactly one stage holds a buffer at a time: the assembler while it fills, the delivery while it
/// sends.
@safe
package final class ByteBuffer: @unchecked Sendable {
  /// Bytes that may be written past `capacity`, so that words can be moved whole.
  static let slack = 40

  /// Kept outside the object: a class's own variables are checked for overlapping access each time they are touched,
  /// which a row would pay for several times.
  @safe
  private struct State {
    var base: UnsafeMutablePointer<UInt8>
    var capacity: Int
    var count: Int
  }

  private let state: UnsafeMutablePointer<State>

  package init(capacity: Int = 1 << 16) {
    unsafe state = .allocate(capacity: 1)
    unsafe state.initialize(
      to: State(base: .allocate(capacity: capacity + Self.slack), capacity: capacity, count: 0))
  }

  deinit {
    unsafe state.pointee.base.deallocate()
    unsafe state.deallocate()
  }

  @inline(__always) var base: UnsafeMutablePointer<UInt8> { unsafe state.pointee.base }
  @inline(__always) var capacity: Int { unsafe state.pointee.capacity }
  package var count: Int {
    @inline(__always) get { unsafe state.pointee.count }
    @inline(__always) set { unsafe state.pointee.count = newValue }
  }

  /// Makes room for `extra` more bytes, keeping what is there.
  func grow(by extra: Int) {
    let larger = max(capacity * 2, count + extra)
    let fresh = UnsafeMutablePointer<UInt8>.allocate(capacity: larger + Self.slack)
    unsafe fresh.update(from: base, count: count)
    unsafe base.deallocate()
    unsafe state.pointee.base = fresh
    unsafe state.pointee.capacity = larger
  }

  package func removeAll() { count = 0 }

  @inline(__always) func append(_ byte: UInt8) {
    if capacity == count { grow(by: 1) }
    unsafe (base + count).pointee = byte
    count &+= 1
  }

  package func append(_ bytes: [UInt8]) { append(bytes.span, 0..<bytes.count) }

  /// Appends `range` of `bytes`.
  @inline(__always) package func append(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    if capacity &- count < range.count { grow(by: range.count) }
    let start = count
    unsafe bytes.extracting(range).withUnsafeBufferPointer { source in
      if let from = source.baseAddress { unsafe (base + start).update(from: from, count: source.count) }
    }
    count &+= range.count
  }

  /// Appends `range` of `other`.
  package func append(_ other: ByteBuffer, _ range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= other.count)
    if capacity - count < range.count { grow(by: range.count) }
    unsafe (base + count).update(from: other.base + range.lowerBound, count: range.count)
    count += range.count
  }

  /// The hash of `range`.
  package func hash(_ range: Range<Int>) -> UInt64 {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    let bytes = unsafe Span(_unsafeStart: base, count: count + Self.slack)
    return Hash.of(bytes, range)
  }

  subscript(index: Int) -> UInt8 {
    precondition(index >= 0 && index < count)
    return unsafe base[index]
  }

  /// Where the bytes are, for a C library that reads them while this buffer is held.
  package var address: UnsafeRawPointer { unsafe UnsafeRawPointer(base) }

  /// A copy of `range`.
  package func bytes(_ range: Range<Int>) -> [UInt8] {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    return unsafe Array(UnsafeBufferPointer(start: base + range.lowerBound, count: range.count))
  }

  /// Whether two ranges hold the same bytes.
  func isEqual(_ first: Range<Int>, _ second: Range<Int>) -> Bool {
    guard first.count == second.count else { return false }
    for i in 0..<first.count {
      if unsafe base[first.lowerBound + i] != base[second.lowerBound + i] { return false }
    }
    return true
  }
}
