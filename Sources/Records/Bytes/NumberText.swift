extension Span<UInt8> {
  /// The end of the JSON number (RFC 8259, section 6) that starts at `start`, or `start` when there is none.
  @inline(__always) func endOfNumber(from start: Int, to limit: Int) -> Int {
    var i = start
    if i < limit, byte(at: i) == .minus { i &+= 1 }
    guard i < limit, byte(at: i).isDigit else { return start }
    if byte(at: i) == .zero {
      i &+= 1
    } else {
      while i < limit, byte(at: i).isDigit { i &+= 1 }
    }
    if i < limit, byte(at: i) == .point {
      let fraction = i &+ 1
      i = fraction
      while i < limit, byte(at: i).isDigit { i &+= 1 }
      if i == fraction { return start }
    }
    if i < limit, byte(at: i) | 0x20 == UInt8(ascii: "e") {
      i &+= 1
      if i < limit, byte(at: i) == .plus || byte(at: i) == .minus { i &+= 1 }
      let exponent = i
      while i < limit, byte(at: i).isDigit { i &+= 1 }
      if i == exponent { return start }
    }
    return i
  }

  /// Whether `range` is a JSON number and nothing else.
  @inline(__always) func isNumber(_ range: Range<Int>) -> Bool {
    !range.isEmpty && endOfNumber(from: range.lowerBound, to: range.upperBound) == range.upperBound
  }

  /// The end of a number of at most seven bytes without a sign or an exponent, or `start`: then it takes a closer look.
  ///
  /// Eight bytes from `start` must be readable. Like `isShortDecimal` it asks nothing a byte at a time.
  @inline(__always) func endOfShortDecimal(from start: Int, to limit: Int) -> Int {
    let word = word(at: start)
    let values = word ^ Word.splat(.zero)
    let others = Word.others(thanDigitsOf: values)
    var place = others.firstByte
    if place == 0 || place > 1 && values & 0xFF == 0 { return start }
    if word &>> UInt64(place &* 8) & 0xFF == UInt64(UInt8.point) {
      let next = (others & (others &- 1)).firstByte
      if next == place &+ 1 { return start }
      place = next
    }
    let end = start &+ place
    return place >= 8 || end >= limit || byte(at: end) | 0x20 == UInt8(ascii: "e") ? start : end
  }

  /// Whether `range` is one to eight digits without a sign, with `point` perhaps a point between two of them.
  ///
  /// Judged at once, because how many digits come next is more than a processor can guess. Eight bytes from the first of
  /// `range` must be readable.
  @inline(__always) func isShortDecimal(_ range: Range<Int>, point: Bool) -> Bool {
    let count = range.count
    guard 1...8 ~= count else { return false }
    let word = word(at: range.lowerBound)
    let values = word ^ Word.splat(.zero)
    let others = Word.others(thanDigitsOf: values) & UInt64.max &>> UInt64(64 &- count &* 8)
    let startsWithZero = values & 0xFF == 0
    if others == 0 { return count == 1 || !startsWithZero }
    guard point, others & (others &- 1) == 0 else { return false }
    let place = others.firstByte
    return word &>> UInt64(place &* 8) & 0xFF == UInt64(UInt8.point) && place > 0 && place < count &- 1
      && (place == 1 || !startsWithZero)
  }

  /// Whether `range` is a whole JSON number: digits, perhaps after a minus.
  @inline(__always) func isInteger(_ range: Range<Int>) -> Bool {
    var i = range.lowerBound
    if i < range.upperBound, byte(at: i) == .minus { i &+= 1 }
    let digits = range.upperBound &- i
    guard digits > 0, digits == 1 || byte(at: i) != .zero else { return false }
    while i < range.upperBound {
      if !byte(at: i).isDigit { return false }
      i &+= 1
    }
    return true
  }
}

/// A decimal number compared by its digits, never through `Double`.
package struct DecimalText: Sendable, Equatable, CustomStringConvertible {
  /// Digits without leading or trailing zeros; the value is 0.digits × 10^exponent.
  private var digits: [UInt8]
  private var exponent: Int
  private var isNegative: Bool
  /// As it was written.
  package let description: String

  /// The number written as `text` (JSON grammar), or nil.
  package init?(_ text: [UInt8]) {
    guard text.span.isNumber(0..<text.count) else { return nil }
    isNegative = text.first == .minus
    description = String(decoding: text, as: UTF8.self)
    var mantissa: [UInt8] = []
    var pointShift = 0
    var seenPoint = false
    var i = isNegative ? 1 : 0
    var written = 0
    while i < text.count, text[i] | 0x20 != UInt8(ascii: "e") {
      if text[i] == .point {
        seenPoint = true
      } else {
        mantissa.append(text[i])
        if !seenPoint { pointShift += 1 }
      }
      i += 1
    }
    if i < text.count {
      // Beyond a million the sign of the exponent decides every comparison, so larger ones are cut there.
      let power = String(decoding: text[(i + 1)...], as: UTF8.self)
      let cut = power.hasPrefix("-") ? -1_000_000 : 1_000_000
      written = max(-1_000_000, min(1_000_000, Int(power.drop { $0 == "+" }) ?? cut))
    }
    let leading = mantissa.prefix { $0 == .zero }.count
    mantissa.removeFirst(leading)
    while mantissa.last == .zero { mantissa.removeLast() }
    digits = mantissa
    exponent = mantissa.isEmpty ? 0 : pointShift - leading + written
    if mantissa.isEmpty { isNegative = false }
  }
}

extension DecimalText: Comparable {
  package static func < (a: DecimalText, b: DecimalText) -> Bool {
    if a.isNegative != b.isNegative { return a.isNegative }
    return a.isNegative ? b.isSmallerInSize(than: a) : a.isSmallerInSize(than: b)
  }

  private func isSmallerInSize(than other: DecimalText) -> Bool {
    if digits.isEmpty || other.digits.isEmpty { return digits.isEmpty && !other.digits.isEmpty }
    if exponent != other.exponent { return exponent < other.exponent }
    return digits.lexicographicallyPrecedes(other.digits)
  }
}
