/// A decimal number of at most 16 digits before the point and 12 behind it, added and compared exactly.
struct ExactNumber: Sendable, Hashable, Comparable {
  private static let unitsOfOne: Int128 = 1_000_000_000_000
  private static let places = 12

  static let zero = ExactNumber(units: 0)

  private var units: Int128

  private init(units: Int128) { self.units = units }

  /// Reads a JSON number; nil when it has more digits than are kept.
  init?(digits text: String) {
    let halves = text.split(separator: "e", maxSplits: 1).flatMap { $0.split(separator: "E", maxSplits: 1) }
    guard let mantissa = halves.first, let power = halves.count > 1 ? Int(halves[1]) : 0 else { return nil }
    var digits: [UInt8] = []
    var behindPoint = 0
    var isBehindPoint = false
    for byte in mantissa.utf8 {
      switch byte {
      case UInt8(ascii: "."): isBehindPoint = true
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        if digits.isEmpty, byte == UInt8(ascii: "0"), !isBehindPoint { continue }
        digits.append(byte - UInt8(ascii: "0"))
        if isBehindPoint { behindPoint += 1 }
      default: continue
      }
    }
    while digits.last == 0 {
      digits.removeLast()
      behindPoint -= 1
    }
    if digits.isEmpty {
      units = 0
      return
    }
    let (scale, isTooLarge) = power.subtractingReportingOverflow(behindPoint)
    let significant = digits.drop { $0 == 0 }
    guard !isTooLarge, scale >= -Self.places, scale <= 16, significant.count + scale <= 16 else { return nil }
    let magnitude = significant.reduce(into: Int128(0)) { $0 = $0 * 10 + Int128($1) }
    units = (0..<(scale + Self.places)).reduce(magnitude) { units, _ in units * 10 }
    if mantissa.first == "-" { units = -units }
  }

  init(_ integer: Int) { units = Int128(integer) * Self.unitsOfOne }

  static func < (one: ExactNumber, other: ExactNumber) -> Bool { one.units < other.units }

  static func + (one: ExactNumber, other: ExactNumber) -> ExactNumber {
    ExactNumber(units: one.units &+ other.units)
  }

  static func - (one: ExactNumber, other: ExactNumber) -> ExactNumber {
    ExactNumber(units: one.units &- other.units)
  }

  static func * (one: ExactNumber, factor: Int) -> ExactNumber { ExactNumber(units: one.units &* Int128(factor)) }

  static func += (one: inout ExactNumber, other: ExactNumber) { one = one + other }

  /// Without needless zeros: `12.5`, `-3`, `0`.
  var text: String {
    let magnitude = units.magnitude
    let whole = magnitude / Self.unitsOfOne.magnitude
    var fraction = String(magnitude % Self.unitsOfOne.magnitude)
    fraction = String(repeating: "0", count: Self.places - fraction.count) + fraction
    while fraction.last == "0" { fraction.removeLast() }
    return (units < 0 ? "-" : "") + String(whole) + (fraction.isEmpty ? "" : "." + fraction)
  }

  var json: JSONValue { .number(text) }
}
