/// The sample rows of a sandbox: how many, and when each was created.
///
/// No row is stored. Session `i` of `N` was created at the whole second `begin + i × span / N`, so rows come in the order of their times
/// and a window of time is a range of numbers.
struct SampleSet: Sendable, Equatable {
  /// 2026-10-01T00:00:00Z, behind the last row.
  static let end = 1_790_812_800
  /// A session is updated last within so many seconds behind its creation.
  static let updateSpan = 172_800
  static let countLimit = 1_000_000_000

  let count: Int
  /// In seconds.
  let span: Int

  init(count: Int, days: Int = 30) {
    self.count = min(max(count, 0), Self.countLimit)
    span = min(max(days, 1), 10_000) * 86_400
  }

  var begin: Int { Self.end - span }

  /// One profile for each four sessions.
  var profiles: Int { (count + 3) / 4 }

  func created(_ session: Int) -> Int { begin + session * span / max(count, 1) }

  /// The sessions created within the bounds; both are inclusive, as the documentation does not say.
  func sessions(createdFrom from: Timestamp?, to: Timestamp?) -> Range<Int> {
    let first = from.map { index(notBefore: $0.secondsUp) } ?? 0
    let end = to.map { index(notBefore: $0.secondsDown + 1) } ?? count
    return first..<max(first, end)
  }

  /// The first session created at this second or later.
  private func index(notBefore second: Int) -> Int {
    let offset = min(max(second - begin, 0), span)
    return (offset * count + span - 1) / span
  }
}

extension Timestamp {
  /// In whole seconds since 1970.
  var secondsDown: Int { -Timestamp(microseconds: -microseconds).secondsUp }

  var secondsUp: Int { microseconds / 1_000_000 + (microseconds % 1_000_000 > 0 ? 1 : 0) }
}

/// Numbers drawn for one row: the same row draws the same numbers every time (SplitMix64).
struct SampleDraw {
  private var state: UInt64

  /// `lane` tells apart the draws about one row for different things.
  init(_ row: Int, lane: UInt64) {
    state = UInt64(truncatingIfNeeded: row) &* 0xD1B5_4A32_D192_ED03 ^ (lane &* 0x8CB9_2BA7_2F3D_8DD7)
  }

  mutating func bits() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number from 0 up to the bound.
  mutating func below(_ bound: Int) -> Int { Int(bits().multipliedFullWidth(by: UInt64(max(bound, 1))).high) }

  /// True once in so many rows.
  mutating func isOne(in rows: Int) -> Bool { below(rows) == 0 }
}
