/// Moments as text.
package enum Timestamp {
  /// `2026-11-21T03:00:00Z` for seconds since 1970.
  package static func rfc3339(seconds: Int) -> String {
    let time = CivilTime(seconds: seconds)
    let pad = CivilTime.padded
    return pad(time.year, 4) + "-" + pad(time.month, 2) + "-" + pad(time.day, 2)
      + "T" + pad(time.hour, 2) + ":" + pad(time.minute, 2) + ":" + pad(time.second, 2) + "Z"
  }
}
