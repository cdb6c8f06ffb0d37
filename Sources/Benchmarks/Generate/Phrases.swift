/// What the rows say: short names, prices as people write them, descriptions with everything a decoder must survive.
struct Phrases {
  static let colors = [
    "black", "slate", "moss green", "navy", "sand", "rust", "grün", "off white", "teal", "light gray",
    "crimson", "ochre",
  ]

  private static let kinds = [
    "boot", "shoe", "jacket", "fleece", "tent", "lamp", "mug", "stove", "rope", "helmet", "glove", "beanie", "pack",
    "poles", "sandal", "vest", "hammock", "bottle",
  ]
  private static let manners = [
    "ridge", "alpine", "storm", "feather", "dawn", "granite", "valley", "fjord", "summit", "trail", "river", "winter",
  ]
  private static let plain = [
    "packs into its own pocket", "taped seams", "repair kit included", "dries overnight", "made in small runs",
    "reflective details", "fits over a helmet", "two year guarantee", "bluesign approved cloth", "light on the back",
    "replaceable sole", "tested in the rain", "soft inner lining", "good for wide feet",
  ]
  private static let foreign = [
    "für nasse Tage", "idéal en été", "hecho a mano", "waschbar bei 40°", "тёплая подкладка", "防水透湿", "säänkestävä",
    "résiste à l’eau", "nur 480 g – leicht", "🏔️ approved",
  ]
  private static let quoting = [
    #"called "bombproof" by guides"#, #"the "long weekend" size"#, #"12" shaft"#, #""best buy" last autumn"#,
  ]

  private var dice = Dice(seed: 0x5EED)

  mutating func name() -> String {
    let name = "\(dice.pick(Self.manners)) \(dice.pick(Self.kinds)) \(dice.between(1...99))"
    return dice.chance(percent: 6) ? "\(name), \(dice.pick(["women", "men", "junior"]))" : name
  }

  /// 12.50, 12.5 or 12, whichever the writer felt like.
  mutating func price() -> String {
    let tenths = dice.between(40...4999)
    return switch dice.below(4) {
    case 0: "\(tenths / 10)"
    case 1: "\(tenths / 10).\(tenths % 10)"
    case 2: "\(tenths / 10).\(tenths % 10)0"
    default: "\(tenths / 10).\(tenths % 10)5"
    }
  }

  mutating func description() -> String {
    var parts = dice.draw(dice.chance(percent: 25) ? 4 : 3, of: Self.plain)
    if dice.chance(percent: 38) { parts.insert(dice.pick(Self.foreign), at: 1) }
    if dice.chance(percent: 25) { parts.insert(dice.pick(Self.quoting), at: 1) }
    let text = parts.joined(separator: ", ")
    return switch dice.below(100) {
    case 0..<5: text + ".\nShips separately"
    case 5: text + #", see C:\care"#
    case 6: text + ",\ttabbed"
    default: text
    }
  }
}
