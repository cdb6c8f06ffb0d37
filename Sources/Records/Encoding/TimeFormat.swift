/// How times are written in a source; they are sent as RFC 3339.
package enum TimeFormat: Sendable, Equatable {
  /// `2026-01-31T08:00:00Z`, fractions and offsets allowed.
  case rfc3339
  /// Seconds since 1970.
  case unix
  /// Milliseconds since 1970.
  case unixMilliseconds
  /// `%Y-%m-%d %H:%M:%S` and the like, with the offset of times that state none.
  case pattern([PatternPart], offsetMinutes: Int)

  package enum PatternPart: Sendable, Equatable {
    case literal(UInt8)
    case year, month, day, hour, minute, second, fraction, offset
  }

  /// The format a job file names: `rfc3339`, `unix`, `unix-ms`, or a pattern of `%Y %m %d %H %M %S %f %z`.
  package init?(_ text: String, offsetMinutes: Int = 0) {
    switch text {
    case "rfc3339": self = .rfc3339
    case "unix": self = .unix
    case "unix-ms": self = .unixMilliseconds
    default:
      guard let parts = Self.parts(text) else { return nil }
      self = .pattern(parts, offsetMinutes: offsetMinutes)
    }
  }

  private static func parts(_ text: String) -> [PatternPart]? {
    var parts: [PatternPart] = []
    var bytes = Array(text.utf8)[...]
    while let byte = bytes.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        parts.append(.literal(byte))
        continue
      }
      switch bytes.popFirst() {
      case UInt8(ascii: "Y"): parts.append(.year)
      case UInt8(ascii: "m"): parts.append(.month)
      case UInt8(ascii: "d"): parts.append(.day)
      case UInt8(ascii: "H"): parts.append(.hour)
      case UInt8(ascii: "M"): parts.append(.minute)
      case UInt8(ascii: "S"): parts.append(.second)
      case UInt8(ascii: "f"): parts.append(.fraction)
      case UInt8(ascii: "z"): parts.append(.offset)
      case UInt8(ascii: "%"): parts.append(.literal(UInt8(ascii: "%")))
      default: return nil
      }
    }
    return parts.contains(.year) && parts.contains(.month) && parts.contains(.day) ? parts : nil
  }

  /// `text` as RFC 3339, or nil when it is not a time in this format.
  package func convert(_ text: [UInt8]) -> [UInt8]? {
    switch self {
    case .rfc3339: return CivilTime(text, parts: Self.strict, offsetMinutes: 0)?.rfc3339
    case .unix: return Self.time(text, unitsPerSecond: 1)?.rfc3339
    case .unixMilliseconds: return Self.time(text, unitsPerSecond: 1000)?.rfc3339
    case .pattern(let parts, let offset): return CivilTime(text, parts: parts, offsetMinutes: offset)?.rfc3339
    }
  }

  /// The seconds of the years 0 to 9999, which is what RFC 3339 can write.
  private static let writable = -62_167_219_200...253_402_300_799

  private static func time(_ text: [UInt8], unitsPerSecond units: Int) -> CivilTime? {
    guard text.span.isInteger(0..<text.count), text.count <= 16, let total = Int(String(decoding: text, as: UTF8.self))
    else { return nil }
    let seconds = total.quotient(floor: units)
    guard writable.contains(seconds) else { return nil }
    var time = CivilTime(secondsSince1970: seconds)
    let fraction = total - seconds * units
    if fraction > 0 { time.fraction = Array(String(fraction + units).utf8.dropFirst()) }
    return time
  }

  private static let strict: [PatternPart] = [
    .year, .literal(.minus), .month, .literal(.minus), .day, .literal(UInt8(ascii: "T")), .hour, .literal(.colon),
    .minute, .literal(.colon), .second, .fraction, .offset,
  ]
}

extension Int {
  fileprivate func quotient(floor divisor: Int) -> Int {
    self >= 0 ? self / divisor : -((divisor - 1 - self) / divisor)
  }
}
