/// Gives every name that comes again a number: `name`, `name_2`, `name_3`.
struct DistinctNames {
  private var taken = Set<String>()
  /// The last number tried for a name, so that thousands of equal names cost no more than others.
  private var numbers: [String: Int] = [:]

  /// The name, or what it is called where it is taken.
  mutating func add(_ name: String) -> String {
    if taken.insert(name).inserted { return name }
    var number = numbers[name] ?? 1
    var numbered = name
    repeat {
      number += 1
      numbered = "\(name)_\(number)"
    } while !taken.insert(numbered).inserted
    numbers[name] = number
    return numbered
  }
}
