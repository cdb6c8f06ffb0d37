extension FaultClause {
  /// Reads one clause of the grammar in `FaultPlan`.
  init(parsing text: String) throws(FaultPlanError) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    word = parts.first ?? ""
    kind = try Self.kind(word)
    for part in parts.dropFirst() { try read(part) }
  }

  private static func kind(_ word: String) throws(FaultPlanError) -> Kind {
    switch word {
    case "reset": return .outcome(.reset)
    case "lost": return .outcome(.lost)
    case "truncate": return .outcome(.truncate)
    case "garbage": return .outcome(.garbage)
    case "slow": return .slow(.seconds(2))
    default:
      guard word.count == 3, let status = Int(word), (400...599).contains(status) else {
        throw FaultPlanError(
          found: word, expected: "a status from 400 to 599, reset, lost, truncate, garbage, slow or seed=N")
      }
      return .outcome(.status(status, status == 429 ? .seconds(1) : nil, isApplied: false))
    }
  }

  private mutating func read(_ part: String) throws(FaultPlanError) {
    if let percent = Self.hundredths(part) {
      choice = .share(percent)
    } else if let step = Self.number(part, behind: "every"), step > 0 {
      choice = .every(step)
    } else if let count = Self.number(part, behind: "first=") ?? Self.number(part, behind: "first") {
      first = count
    } else if let count = Self.number(part, behind: "after=") {
      after = count
    } else if case .outcome(.status(let status, let retry, let isApplied)) = kind {
      if part == "applied" {
        kind = .outcome(.status(status, retry, isApplied: true))
      } else if part == "retry-after=date" {
        kind = .outcome(.status(status, .date(1), isApplied: isApplied))
      } else if let seconds = Self.number(part, behind: "retry-after=") {
        kind = .outcome(.status(status, .seconds(seconds), isApplied: isApplied))
      } else {
        throw Self.unexpected(part, and: "retry-after=N, retry-after=date, applied")
      }
    } else if case .slow = kind {
      guard let delay = Self.duration(part) else { throw Self.unexpected(part, and: "a time such as 2s or 200ms") }
      kind = .slow(delay)
    } else {
      throw Self.unexpected(part, and: nil)
    }
  }

  private static func unexpected(_ part: String, and more: String?) -> FaultPlanError {
    let always = "N% (0.01 to 100), everyN, firstN, first=N, after=N"
    return FaultPlanError(
      found: part, expected: "one of " + ([always] + (more.map { [$0] } ?? [])).joined(separator: ", "))
  }

  private static func number(_ part: some StringProtocol, behind prefix: String) -> Int? {
    guard part.hasPrefix(prefix) else { return nil }
    let digits = part.dropFirst(prefix.count)
    guard !digits.isEmpty, digits.count <= 9, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    return Int(digits)
  }

  private static func hundredths(_ part: String) -> Int? {
    guard part.hasSuffix("%"), let percent = Double(part.dropLast()), percent >= 0.01, percent <= 100 else {
      return nil
    }
    return Int((percent * 100).rounded())
  }

  private static func duration(_ part: String) -> Duration? {
    if part.hasSuffix("ms") { return number(part.dropLast(2), behind: "").map { .milliseconds($0) } }
    if part.hasSuffix("s") { return number(part.dropLast(), behind: "").map { .seconds($0) } }
    return nil
  }
}
