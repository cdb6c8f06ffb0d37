extension Form<Int> {
  /// A number of bytes within a range: `65536`, `900kB`, `4MB` (thousands) or `4MiB` (1024s).
  package static func byteCount(in range: ClosedRange<Int>) -> Form {
    let expectation = "a number of bytes from \(bytes(range.lowerBound)) to \(bytes(range.upperBound))"
    return Form(expectation, acceptsQuotes: true) { text in
      let digits = text.prefix { $0.isASCII && $0.isNumber }
      let unit = String(text.dropFirst(digits.count))
      guard let count = Int(digits) else { return .refused(hint: "; write it like '4MB'") }
      guard let scale = units.first(where: { $0.name == unit })?.bytes else {
        let meant = units.first { !$0.name.isEmpty && $0.name.lowercased().hasPrefix(unit.lowercased()) }
        let hint = meant.map { "; write '\(count)\($0.name)'" }
        return .refused(hint: hint ?? "; the units are 'B', 'kB', 'KiB', 'MB', 'MiB', 'GB', 'GiB'")
      }
      let (bytes, isTooMany) = count.multipliedReportingOverflow(by: scale)
      guard !isTooMany, range.contains(bytes) else { return .refused(hint: "") }
      return .value(bytes)
    }
  }

  /// A number of bytes in the largest unit that fits exactly.
  private static func bytes(_ count: Int) -> String {
    let unit = units.last { count >= $0.bytes && count % $0.bytes == 0 }
    return unit.map { "\(count / $0.bytes)\($0.name)" } ?? "\(count)"
  }

  private static var units: [(name: String, bytes: Int)] {
    [
      ("B", 1), ("", 1), ("kB", 1000), ("KiB", 1 << 10), ("MB", 1_000_000), ("MiB", 1 << 20),
      ("GB", 1_000_000_000), ("GiB", 1 << 30),
    ]
  }
}
