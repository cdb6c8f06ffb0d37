/// One product of the shop, in every size and color it comes in.
struct Product {
  let rows: [[String]]

  static let columns = [
    "sku", "name", "price", "currency", "color", "size", "in_stock", "category", "description", "updated_at",
  ]

  init(number: Int, dice: inout Dice) {
    let family = dice.pick(Family.all)
    let name = Self.name(of: family, dice: &dice)
    let price = Self.price(dice.between(family.euros), dice: &dice)
    let currency = dice.chance(percent: 92) ? "EUR" : dice.pick(["CHF", "GBP"])
    let description = dice.chance(percent: 3) ? "" : Self.description(of: family, dice: &dice)
    let updated = 1_767_225_600 + dice.below(90 * 86_400)

    rows = dice.draw(dice.between(1...3), of: Self.colors).flatMap { color in
      let drawn = dice.draw(dice.between(1...3), of: family.sizes).sorted().map(String.init)
      let sizes = drawn.isEmpty ? [""] : drawn
      return sizes.map { size in
        let sku = ["\(family.code)-\(number)", color.code, size].filter { !$0.isEmpty }.joined(separator: "-")
        return [
          sku, name, price, currency, dice.chance(percent: 3) ? "" : color.name, size,
          dice.chance(percent: 85) ? "true" : "false", family.category, description,
          Timestamp.text(updated + dice.below(3600)),
        ]
      }
    }
  }

  private static func name(of family: Family, dice: inout Dice) -> String {
    let name = "\(dice.pick(brands)) \(dice.pick(models)) \(dice.pick(family.kinds))"
    return family.worn && dice.chance(percent: 45) ? "\(name), \(dice.pick(["women's", "men's", "junior"]))" : name
  }

  /// Shop prices end in .95, .90 or .00, and not every clerk writes the last zero.
  private static func price(_ euros: Int, dice: inout Dice) -> String {
    "\(euros)" + dice.pick([".95", ".95", ".95", ".90", ".9", ".00", "", ".50"])
  }

  private static func description(of family: Family, dice: inout Dice) -> String {
    var text = dice.draw(dice.between(2...3), of: family.features).joined(separator: ", ")
    text = text.prefix(1).uppercased() + text.dropFirst() + "."
    return switch dice.below(20) {
    case 0: text + "\nTested by our Sunday group."
    case 1: text + "\nCare: see the label.\nSpare parts for ten years."
    case 2, 3: text + " Voted \"best in test\" by our readers."
    case 4: text + " The \"\(dice.pick(["take it anywhere", "long weekend", "leave no trace"]))\" choice."
    default: text
    }
  }

  private static let brands = [
    "Fjellvind", "Tarn & Tor", "Kestrel Ridge", "Ostwind", "Brackwater", "Cairnwell", "Lumen Peak", "Northmoor",
    "Alder Creek", "Sierra Clara", "Grauhorn", "Kivikko",
  ]
  private static let models = [
    "Traverse", "Ridgeline", "Scree", "Morena", "Tramuntana", "Föhn", "Lynx", "Ptarmigan", "Larch", "Granite",
    "Solstice", "Meltwater", "Vesper", "Cirque", "Drift", "Saddle", "Bothy", "Névé", "Tundra", "Wren",
  ]
  private static let colors: [(code: String, name: String)] = [
    ("BLK", "black"), ("OLV", "olive"), ("NVY", "navy"), ("SND", "sand"), ("RST", "rust"), ("GRN", "grün"),
    ("TEA", "teal"), ("GRY", "light gray"), ("CRM", "crimson"), ("OCH", "ochre"),
  ]
}
