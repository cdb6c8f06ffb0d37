/// What no record may hold, and where it stands.
enum TextFault: Equatable {
  case nul
  case invalidUTF8
}

/// A character of several bytes (RFC 3629), judged by its first four bytes at once.
enum UTF8Sequence {
  /// The length of the well-formed sequence of two to four bytes that `four`, lowest byte first, begins with; or 0.
  @inline(__always) static func length(_ four: UInt32) -> Int {
    if four & 0xC0E0 == 0x80C0 { return four & 0x1E == 0 ? 0 : 2 }
    if four & 0xC0_C0F0 == 0x80_80E0 {
      // E0 is followed by A0 or more, ED by 9F or less: no overlong forms, no surrogates.
      let start = four & 0x200F
      return start == 0 || start == 0x200D ? 0 : 3
    }
    guard four & 0xC0C0_C0F8 == 0x8080_80F0 else { return 0 }
    // F0 is followed by 90 or more, F4 by 8F or less.
    let start = (four & 0x07) << 6 | (four & 0x3F00) >> 8
    return start < 0x10 || start > 0x10F ? 0 : 4
  }

  /// The length its first byte announces; 1 for what begins no sequence.
  static func announcedLength(_ four: UInt32) -> Int {
    switch four & 0xFF {
    case 0xC0...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF7: 4
    default: 1
    }
  }
}

extension Span<UInt8> {
  /// Whether `range`, after which or at whose end an ASCII byte stands, is UTF-8 (RFC 3629).
  ///
  /// Plain text passes eight bytes at a time; a sequence is judged by its first four bytes at once. It cannot run past the
  /// end, because an ASCII byte continues no sequence.
  @inline(never) func isUTF8(in range: Range<Int>) -> Bool {
    var i = range.lowerBound
    let end = range.upperBound
    while i < end {
      let word = word(at: i)
      let marks = word & Word.high
      if marks == 0 {
        i &+= 8
        continue
      }
      i &+= marks.firstByte
      if i >= end { return true }
      while self[i] >= 0x80 {
        let length = UTF8Sequence.length(UInt32(truncatingIfNeeded: self.word(at: i)))
        if length == 0 { return false }
        i &+= length
      }
    }
    return true
  }

  /// The first NUL or the first byte that is not UTF-8 (RFC 3629: no overlong forms, no surrogates) in `range`.
  func textFault(in range: Range<Int>) -> (fault: TextFault, at: Int)? {
    var i = range.lowerBound
    let end = range.upperBound
    while i < end {
      if i &+ 8 <= end, i &+ 8 <= count {
        if (Word.zero(word(at: i)) | word(at: i)) & Word.high == 0 {
          i &+= 8
          continue
        }
      }
      let byte = self[i]
      if byte == .nul { return (.nul, i) }
      if byte < 0x80 {
        i &+= 1
        continue
      }
      let length = sequenceLength(at: i, end: end)
      if length == 0 { return (.invalidUTF8, i) }
      i &+= length
    }
    return nil
  }

  /// The length of the well-formed multi-byte sequence at `i`, or 0.
  @inline(__always) private func sequenceLength(at i: Int, end: Int) -> Int {
    let lead = self[i]
    @inline(__always) func continuation(_ offset: Int, _ low: UInt8 = 0x80, _ high: UInt8 = 0xBF) -> Bool {
      i &+ offset < end && self[i &+ offset] >= low && self[i &+ offset] <= high
    }
    switch lead {
    case 0xC2...0xDF: return continuation(1) ? 2 : 0
    case 0xE0: return continuation(1, 0xA0) && continuation(2) ? 3 : 0
    case 0xED: return continuation(1, 0x80, 0x9F) && continuation(2) ? 3 : 0
    case 0xE1...0xEF: return continuation(1) && continuation(2) ? 3 : 0
    case 0xF0: return continuation(1, 0x90) && continuation(2) && continuation(3) ? 4 : 0
    case 0xF1...0xF3: return continuation(1) && continuation(2) && continuation(3) ? 4 : 0
    case 0xF4: return continuation(1, 0x80, 0x8F) && continuation(2) && continuation(3) ? 4 : 0
    default: return 0
    }
  }
}
