import CInstructions

/// Looks whether a text that comes in pieces is UTF-8 (RFC 3629), wherever it is cut.
package struct UTF8Stream {
  /// The bytes from the beginning that are whole characters; it stands still at the first fault.
  package private(set) var validated = 0
  private var isBroken = false
  /// The beginning of a character the last piece was cut in, lowest byte first.
  private var cut: UInt32 = 0
  private var cutBytes = 0

  package init() {}

  /// Looks at the next piece.
  package mutating func update(_ bytes: Span<UInt8>) {
    var i = 0
    while cutBytes > 0, !isBroken, i < bytes.count {
      cut |= UInt32(bytes[i]) << UInt32(cutBytes * 8)
      cutBytes += 1
      i += 1
      finishCut()
    }
    if !isBroken { pass(bytes, from: &i) }
    if !isBroken, cutBytes == 0 { keepRest(bytes, from: i) }
  }

  /// Passes whole characters as long as sixteen bytes can be looked at.
  private mutating func pass(_ bytes: Span<UInt8>, from i: inout Int) {
    let start = i
    let last = bytes.count &- 16
    defer { validated += i - start }
    while i <= last {
      let marks = marks_outside_ascii(bytes.word(at: i), bytes.word(at: i &+ 8))
      if marks == 0 {
        i &+= 16
        continue
      }
      i &+= marks.trailingZeroBitCount
      while i <= last, bytes.byte(at: i) >= 0x80 {
        let length = UTF8Sequence.length(UInt32(truncatingIfNeeded: bytes.word(at: i)))
        if length == 0 {
          isBroken = true
          return
        }
        i &+= length
      }
    }
  }

  /// Takes the last bytes one by one: a character may be cut in them.
  private mutating func keepRest(_ bytes: Span<UInt8>, from start: Int) {
    for i in start..<bytes.count where !isBroken {
      cut |= UInt32(bytes[i]) << UInt32(cutBytes * 8)
      cutBytes += 1
      finishCut()
    }
  }

  /// Judges the cut character once it is whole.
  private mutating func finishCut() {
    guard cutBytes >= UTF8Sequence.announcedLength(cut) else { return }
    if cut >= 0x80, UTF8Sequence.length(cut) == 0 {
      isBroken = true
      return
    }
    validated += cutBytes
    cut = 0
    cutBytes = 0
  }
}
