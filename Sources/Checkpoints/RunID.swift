/// The name of a run, `20261121T030000Z-a1b2c3`: when it began, and six random digits.
///
/// Names sort by time.
package struct RunID: Sendable, Hashable {
  /// The name as it appears in file names.
  package let text: String

  /// The name of a run that began `seconds` after 1970; moments outside the years 0 to 9999 become the nearest inside.
  package init(seconds: Int, random: UInt32) {
    let time = CivilTime(seconds: min(max(seconds, -62_167_219_200), 253_402_300_799))
    let pad = CivilTime.padded
    var digits = LineWriter()
    digits.hex(UInt64(random), digits: 6)
    text =
      pad(time.year, 4) + pad(time.month, 2) + pad(time.day, 2) + "T" + pad(time.hour, 2) + pad(time.minute, 2)
      + pad(time.second, 2) + "Z-" + String(decoding: digits.bytes, as: UTF8.self)
  }

  /// The name of a run that sorts after `last`, whose second it may share, whatever the clock says.
  package init(seconds: Int, random: UInt32, after last: RunID?) {
    guard let last, seconds <= last.started else {
      self.init(seconds: seconds, random: random)
      return
    }
    var digits = LineReader(Array(last.text.utf8), 17..<23)
    let tail = UInt32(truncatingIfNeeded: (try? digits.hex(digits: 6)) ?? 0)
    let room = 0xFF_FFFF - tail
    // Small steps leave room for many more.
    self.init(
      seconds: room == 0 ? last.started + 1 : last.started, random: room == 0 ? 0 : tail + 1 + random % min(room, 4096))
  }

  /// The name that `text` is, or nil if no run can have it.
  ///
  /// File names are not to be trusted.
  package init?(parsing text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 23, let seconds = Self.seconds(bytes) else { return nil }
    var tail = LineReader(bytes, 17..<23)
    guard let random = try? tail.hex(digits: 6) else { return nil }
    let canonical = RunID(seconds: seconds, random: UInt32(truncatingIfNeeded: random))
    guard canonical.text.utf8.elementsEqual(bytes) else { return nil }
    self = canonical
  }

  /// A number that tells this run from others: the fingerprint of its name.
  package var seed: UInt64 {
    var fingerprint = Fingerprint()
    fingerprint.update(Array(text.utf8).span)
    return fingerprint.value
  }

  /// When the run began, in seconds since 1970.
  package var started: Int { Self.seconds(Array(text.utf8)) ?? 0 }

  private static func seconds(_ bytes: [UInt8]) -> Int? {
    func number(_ range: Range<Int>) -> Int? {
      var value = 0
      for byte in bytes[range] {
        guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
        value = value * 10 + Int(byte - UInt8(ascii: "0"))
      }
      return value
    }
    guard let year = number(0..<4), let month = number(4..<6), let day = number(6..<8),
      let hour = number(9..<11), let minute = number(11..<13), let second = number(13..<15)
    else { return nil }
    return CivilTime(year: year, month: month, day: day, hour: hour, minute: minute, second: second).seconds
  }
}

extension RunID: CustomStringConvertible {
  package var description: String { text }
}
