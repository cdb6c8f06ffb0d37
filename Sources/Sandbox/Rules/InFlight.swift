/// The requests between arrival and answer and the keys they touch.
struct InFlight: Sendable {
  private struct Claim {
    let scope: String
    let keys: [String]
  }

  private var claims: [Int: [Claim]] = [:]
  private var numbers: [String: Set<Int>] = [:]

  /// How many requests in flight have claimed something in this scope.
  func count(_ scope: String) -> Int { numbers[scope]?.count ?? 0 }

  /// True when another request in flight has claimed one of the keys.
  mutating func claim(_ scope: String, _ keys: [String], by number: Int) -> Bool {
    let others = numbers[scope] ?? []
    claims[number, default: []].append(Claim(scope: scope, keys: keys))
    numbers[scope, default: []].insert(number)
    if others.isEmpty { return false }
    let wanted = Set(keys)
    return others.contains { other in
      claims[other]?.contains { $0.scope == scope && $0.keys.contains(where: wanted.contains) } ?? false
    }
  }

  mutating func release(_ number: Int) {
    for claim in claims.removeValue(forKey: number) ?? [] {
      numbers[claim.scope]?.remove(number)
      if numbers[claim.scope]?.isEmpty ?? false { numbers[claim.scope] = nil }
    }
  }
}
