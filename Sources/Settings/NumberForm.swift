extension Form<Int> {
  /// A whole number within a range, in decimal digits and nothing else.
  package static func integer(in range: ClosedRange<Int> = Int.min...Int.max) -> Form {
    Form("a whole number" + words(for: range)) { text in
      guard let number = Int(text), !text.hasPrefix("+"), !hasLeadingZero(text) else {
        return .refused(hint: plainDigits(for: text).map { "; write \($0)" } ?? "")
      }
      return range.contains(number) ? .value(number) : .refused(hint: "")
    }
  }

  private static func words(for range: ClosedRange<Int>) -> String {
    switch (range.lowerBound, range.upperBound) {
    case (.min, .max): ""
    case (let lower, .max): " of at least \(lower)"
    case (.min, let upper): " of at most \(upper)"
    case (let lower, let upper): " from \(lower) to \(upper)"
    }
  }

  /// What someone meant who wrote `1_000`, `1,000`, `0x1F`, `0o17`, `007` or `+5`.
  private static func plainDigits(for text: String) -> Int? {
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where text.lowercased().hasPrefix(prefix) {
      return Int(text.dropFirst(2), radix: radix)
    }
    return Int(text.filter { $0 != "_" && $0 != "," })
  }
}

extension Form<Double> {
  /// A decimal number within a range; no infinity, no hexadecimal.
  package static func number(in range: ClosedRange<Double> = -Double.infinity...Double.infinity) -> Form {
    Form("a number" + words(for: range)) { text in
      let isDecimal = text.utf8.allSatisfy { "+-.eE0123456789".utf8.contains($0) }
      guard isDecimal, !hasLeadingZero(text), let number = Double(text), number.isFinite else {
        return .refused(hint: text.contains(",") ? "; the decimal sign is '.'" : "")
      }
      return range.contains(number) ? .value(number) : .refused(hint: "")
    }
  }

  private static func words(for range: ClosedRange<Double>) -> String {
    let (lower, upper) = (range.lowerBound, range.upperBound)
    switch (abs(lower) < .greatestFiniteMagnitude, abs(upper) < .greatestFiniteMagnitude) {
    case (false, false): return ""
    case (true, false): return " of at least \(short(lower))"
    case (false, true): return " of at most \(short(upper))"
    case (true, true): return " from \(short(lower)) to \(short(upper))"
    }
  }

  private static func short(_ number: Double) -> String {
    Int(exactly: number).map(String.init) ?? "\(number)"
  }
}

/// Whether a number begins with a zero it does not need; YAML once read `010` as eight.
private func hasLeadingZero(_ text: String) -> Bool {
  let digits = text.drop { $0 == "-" || $0 == "+" }
  return digits.hasPrefix("0") && digits.dropFirst().first?.isNumber == true
}
