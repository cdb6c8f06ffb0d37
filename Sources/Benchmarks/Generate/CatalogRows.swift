/// Rows of a catalog, put together from values that were spelled out once.
///
/// A row costs a few copies, so that ten million take seconds; a serial number in the SKU keeps every row different.
struct CatalogRows {
  private let between: [[UInt8]]
  private let names: [[UInt8]]
  private let prices: [[UInt8]]
  private let colors: [[UInt8]]
  private let sizes: [[UInt8]]
  private let stock: [[UInt8]]
  private let descriptions: [[UInt8]]
  private var dice: Dice

  init(format: RowFormat) {
    var phrases = Phrases()
    between = format.between
    names = (0..<4096).map { _ in format.quoted(phrases.name()) }
    prices = (0..<4096).map { _ in Array(phrases.price().utf8) }
    colors = Phrases.colors.map { format.quoted($0) }
    sizes = (34..<50).map { Array(String($0).utf8) }
    stock = ["true", "true", "true", "true", "true", "true", "true", "false"].map { Array($0.utf8) }
    descriptions = (0..<16384).map { _ in format.escaped(phrases.description() + ", lot ") }
    dice = Dice(seed: 0x0F3C_0DE5)
  }

  mutating func append(row number: Int, to block: inout [UInt8]) {
    let roll = dice.roll()
    block += between[0]
    block += Self.prefix
    Self.append(number, digits: 8, to: &block)
    block += between[1]
    block += names[Int(roll & 4095)]
    block += between[2]
    block += prices[Int(roll >> 12 & 4095)]
    block += between[3]
    block += colors[Int(roll >> 24 & 0xFF) % colors.count]
    block += between[4]
    block += sizes[Int(roll >> 32 & 15)]
    block += between[5]
    block += stock[Int(roll >> 36 & 7)]
    block += between[6]
    block += descriptions[Int(roll >> 40 & 16383)]
    Self.append(Int(roll >> 54), digits: 4, to: &block)
    block += between[7]
  }

  private static let prefix = Array("TR".utf8)

  private static func append(_ number: Int, digits: Int, to block: inout [UInt8]) {
    var unit = 1
    for _ in 1..<digits { unit *= 10 }
    while unit > 0 {
      block.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / unit % 10))
      unit /= 10
    }
  }
}
