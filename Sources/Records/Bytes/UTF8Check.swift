/// What no record may hold, and where it stands.
enum TextFault: Equatable {
  case nul
  case invalidUTF8
}

extension Span<UInt8> {
  /// The first NUL or the first byte that is not UTF-8 (RFC 3629: no overlong forms, no surrogates) in `range`.
  func textFault(in range: Range<Int>) -> (fault: TextFault, at: Int)? {
    var i = range.lowerBound
    let end = range.upperBound
    while i < end {
      if i &+ 8 <= end, i &+ 8 <= count {
        if Word.suspicious(word(at: i)) & Word.high == 0 {
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
