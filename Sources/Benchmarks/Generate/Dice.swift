/// SplitMix64: the same seed gives the same numbers on every machine, for ever.
struct Dice {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func roll() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number from 0 up to, not including, `count`.
  mutating func below(_ count: Int) -> Int {
    Int(truncatingIfNeeded: roll().multipliedFullWidth(by: UInt64(count)).high)
  }

  mutating func between(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.count)
  }

  mutating func chance(percent: Int) -> Bool { below(100) < percent }

  mutating func pick<Element>(_ choices: [Element]) -> Element { choices[below(choices.count)] }

  /// `count` different choices, in the order they were drawn.
  mutating func draw<Element>(_ count: Int, of choices: [Element]) -> [Element] {
    var left = choices
    return (0..<min(count, choices.count)).map { _ in left.remove(at: below(left.count)) }
  }
}
