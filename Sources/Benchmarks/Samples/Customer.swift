/// One customer of the shop, invented, with mail at domains that are nobody's.
struct Customer {
  let id: String
  private let fields: [(name: String, value: String)]

  init(number: Int, dice: inout Dice) {
    id = "cust-\(number)"
    let first = dice.pick(Self.firstNames)
    let (city, country, street) = dice.pick(Self.towns)
    let domain = dice.pick(["example.com", "example.org", "example.net"])
    let signup = Timestamp.text(1_577_836_800 + dice.below(6 * 365 * 86_400))
    let tags = dice.draw(dice.below(4), of: Self.tags).map(JSONText.quoted).joined(separator: ",")
    let house = "\(street) \(dice.between(1...140))"
    fields = [
      ("integrationId", JSONText.quoted(id)),
      ("email", JSONText.quoted("\(Self.ascii(first))\(number)@\(domain)")),
      ("firstName", JSONText.quoted(first)),
      ("tier", JSONText.quoted(dice.pick(["bronze", "bronze", "bronze", "silver", "silver", "gold", "platinum"]))),
      ("points", dice.chance(percent: 5) ? "\(dice.below(900)).5" : "\(dice.below(12_000))"),
      ("newsletter", dice.chance(percent: 60) ? "true" : "false"),
      ("tags", "[\(tags)]"),
      ("signup", JSONText.quoted(signup)),
      (
        "address",
        #"{"street":\#(JSONText.quoted(house)),"city":\#(JSONText.quoted(city)),"country":\#(JSONText.quoted(country))}"#
      ),
    ]
  }

  /// The customer as a JSON object; a value given here takes the place of the customer's own, and none leaves it out.
  func json(with changes: [String: String?] = [:], also extra: String = "") -> String {
    let members = fields.compactMap { field -> String? in
      let value = changes[field.name] ?? field.value
      return value.map { "\"\(field.name)\":\($0)" }
    }
    return "{" + members.joined(separator: ",") + extra + "}"
  }

  private static func ascii(_ name: String) -> String {
    String(name.lowercased().unicodeScalars.filter { $0.isASCII && $0.properties.isAlphabetic }.map(Character.init))
  }

  private static let firstNames = [
    "Anna", "José", "Łukasz", "Mei", "Omar", "Zoë", "Tom", "Inês", "Jürgen", "Priya", "Søren", "Chiara", "Yuki",
    "Fatima", "Björn", "Aoife", "Mateusz", "Noor", "Élodie", "Daniel", "Katarzyna", "Ravi", "Hanna", "Luca", "Сергей",
    "Marta",
  ]
  private static let towns = [
    ("Berlin", "DE", "Torstraße"), ("Köln", "DE", "Aachener Straße"), ("München", "DE", "Lindwurmstraße"),
    ("Zürich", "CH", "Langstrasse"), ("Wien", "AT", "Neubaugasse"), ("Kraków", "PL", "ulica Długa"),
    ("London", "GB", "Roman Road"), ("Edinburgh", "GB", "Leith Walk"), ("Paris", "FR", "rue de Charonne"),
    ("Lyon", "FR", "rue Mercière"), ("Malmö", "SE", "Amiralsgatan"), ("Oslo", "NO", "Thorvald Meyers gate"),
    ("Porto", "PT", "Rua do Almada"), ("Bilbao", "ES", "Calle Ledesma"), ("Bolzano", "IT", "via dei Portici"),
  ]
  private static let tags = [
    "hiking", "trail running", "ski touring", "cycling", "camping", "climbing", "kids", "outlet", "club", "vip",
  ]
}
