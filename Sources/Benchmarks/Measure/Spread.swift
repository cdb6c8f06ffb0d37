/// The least, the middle and the most of some figures.
struct Spread {
  private let sorted: [Int]
  private let unit: Int

  /// The figures, to be printed in units of `unit` with as many places as it has zeros.
  init(_ figures: [Int], per unit: Int) {
    sorted = figures.sorted()
    self.unit = unit
  }

  var median: Int {
    guard let last = sorted.last else { return 0 }
    let middle = sorted.count / 2
    return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : min(sorted[middle], last)
  }

  func line(_ name: String) -> String {
    "\(name)_min=\(text(sorted.first ?? 0)) \(name)_median=\(text(median)) \(name)_max=\(text(sorted.last ?? 0))"
  }

  private func text(_ figure: Int) -> String {
    guard unit > 1 else { return "\(figure)" }
    let places = String(unit + figure % unit).dropFirst()
    return "\(figure / unit).\(places)"
  }
}
