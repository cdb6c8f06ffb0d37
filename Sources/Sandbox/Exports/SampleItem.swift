/// One sample item of a catalog.
enum SampleItem {
  static let prefix = "SAMPLE-"

  static func sku(_ number: Int) -> String { prefix + String(number) }

  /// The number in a sample SKU, as `sku` spells it.
  static func number(_ sku: String) -> Int? {
    guard sku.hasPrefix(prefix), let number = Int(sku.dropFirst(prefix.count)), self.sku(number) == sku,
      number >= 0
    else { return nil }
    return number
  }

  static func product(_ number: Int) -> SampleNames.Word { SampleNames.items[number % SampleNames.items.count] }

  static func color(_ number: Int) -> SampleNames.Word { SampleNames.colors[number % SampleNames.colors.count] }

  static func category(_ number: Int) -> SampleNames.Word {
    SampleNames.categories[number / 4 % SampleNames.categories.count]
  }

  /// The price in cents: mostly whole, mostly small.
  static func cents(_ number: Int) -> Int {
    var draw = SampleDraw(number, lane: 4)
    let whole = 100 * (1 + draw.below(200))
    return draw.isOne(in: 3) ? whole + draw.below(100) : whole
  }
}

extension Chunk {
  mutating func sku(_ number: Int) {
    text(SampleItem.prefix)
    self.number(number)
  }

  /// An amount as JSON has it: `1800` or `12.50`.
  mutating func price(cents: Int) {
    if cents % 100 == 0 { number(cents / 100) } else { amount(cents: cents) }
  }
}
