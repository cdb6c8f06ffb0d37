/// A 64-bit fingerprint of bytes that arrive in pieces: XXH64 with seed 0, so that `xxhsum -H64` can check it.
///
/// It recognises content; it does not defend against somebody who forges it. How the bytes are cut makes no difference.
package struct Fingerprint: Sendable {
  private static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
  private static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
  private static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
  private static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
  private static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5

  private var lane1 = prime1 &+ prime2
  private var lane2 = prime2
  private var lane3: UInt64 = 0
  private var lane4 = 0 &- prime1
  private var length: UInt64 = 0
  /// Fewer than 32 bytes that do not fill a stripe yet.
  private var rest: [UInt8] = []

  /// The fingerprint of nothing yet.
  package init() {}

  /// The fingerprint of `bytes`.
  package static func of(_ bytes: [UInt8]) -> UInt64 {
    var fingerprint = Fingerprint()
    fingerprint.update(bytes.span)
    return fingerprint.value
  }

  /// Adds `bytes` to what has been seen.
  package mutating func update(_ bytes: Span<UInt8>) {
    length &+= UInt64(bytes.count)
    var at = 0
    if !rest.isEmpty {
      while rest.count < 32, at < bytes.count {
        rest.append(bytes[at])
        at += 1
      }
      guard rest.count == 32 else { return }
      let stripe = rest
      mix(stripe.span, at: 0)
      rest.removeAll(keepingCapacity: true)
    }
    while bytes.count - at >= 32 {
      mix(bytes, at: at)
      at += 32
    }
    while at < bytes.count {
      rest.append(bytes[at])
      at += 1
    }
  }

  /// The fingerprint of everything seen so far.
  package var value: UInt64 {
    var hash = Self.prime5
    if length >= 32 {
      hash = Self.rotate(lane1, 1) &+ Self.rotate(lane2, 7) &+ Self.rotate(lane3, 12) &+ Self.rotate(lane4, 18)
      for lane in [lane1, lane2, lane3, lane4] {
        hash = (hash ^ Self.round(0, lane)) &* Self.prime1 &+ Self.prime4
      }
    }
    hash &+= length
    var at = 0
    while rest.count - at >= 8 {
      hash = Self.rotate(hash ^ Self.round(0, Self.word(rest.span, at)), 27) &* Self.prime1 &+ Self.prime4
      at += 8
    }
    if rest.count - at >= 4 {
      let half = rest[at..<(at + 4)].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      hash = Self.rotate(hash ^ (half &* Self.prime1), 23) &* Self.prime2 &+ Self.prime3
      at += 4
    }
    for byte in rest[at...] { hash = Self.rotate(hash ^ (UInt64(byte) &* Self.prime5), 11) &* Self.prime1 }
    hash = (hash ^ (hash >> 33)) &* Self.prime2
    hash = (hash ^ (hash >> 29)) &* Self.prime3
    return hash ^ (hash >> 32)
  }

  private mutating func mix(_ bytes: Span<UInt8>, at: Int) {
    lane1 = Self.round(lane1, Self.word(bytes, at))
    lane2 = Self.round(lane2, Self.word(bytes, at + 8))
    lane3 = Self.round(lane3, Self.word(bytes, at + 16))
    lane4 = Self.round(lane4, Self.word(bytes, at + 24))
  }

  private static func round(_ lane: UInt64, _ word: UInt64) -> UInt64 {
    rotate(lane &+ word &* prime2, 31) &* prime1
  }

  private static func rotate(_ value: UInt64, _ count: UInt64) -> UInt64 {
    value &<< count | value &>> (64 - count)
  }

  /// The eight bytes at `at`, the first one lowest.
  private static func word(_ bytes: Span<UInt8>, _ at: Int) -> UInt64 {
    precondition(at >= 0 && at <= bytes.count - 8)
    return unsafe UInt64(littleEndian: bytes.bytes.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self))
  }
}
