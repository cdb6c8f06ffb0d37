/// The words sample rows are made of, with the awkward ones among them.
struct SampleNames: Sendable, Equatable {
  /// A text as JSON holds it, for a JSON answer, and as it stands in a quoted cell.
  struct Word: Sendable, Equatable {
    let text: String
    /// With its quotes as JSON strings have them; those and the quotes around are doubled.
    let cell: [UInt8]

    init(_ text: String) {
      self.text = text
      cell = JSONWriter.bytes(of: .string(text)).flatMap { $0 == UInt8(ascii: "\"") ? [$0, $0] : [$0] }
    }
  }

  static let items = [
    "Air Glide", "Gravel bike - \"Aisle of Man\"", "Trail shoe", "Kaffeebecher „Grüße“", "Socks, three pairs",
    "Espresso beans 1 kg", "自転車のベル", "Café crème 🍓", "Rain jacket\n(2nd edition)", "Bottle 0.5 l",
    "Ladder 5\\6", "Helmet 'City'", "Gloves", "Tyre 28\"", "Pump", "Żółty plecak",
  ].map(Word.init)
  static let colors = ["black", "Navy blue", "red", "grün"].map(Word.init)
  static let categories = ["shoes", "gravelbikes", "kitchen", "clothing"].map(Word.init)
  static let cities = ["Berlin", "München", "Łódź", "São Paulo", "東京", "New York"].map(Word.init)
  static let coupons = ["XMAS20", "SORRY5QMUJRWA", "SUMMER25%OFF", "10$OFF_NOW"].map(Word.init)

  /// The integration identifier of a sample profile; the number behind the last dash is the profile's.
  static func profile(_ number: Int) -> String {
    switch number % 64 {
    case 7: "zoë.grün-\(number)"
    case 19: "顧客-\(number)"
    case 31: "Müller, Jörg-\(number)"
    case 43: "Bob \"B\"-\(number)"
    default: "customer-\(number)"
    }
  }

  /// The sample profile of this name.
  static func profile(named name: String) -> Int? {
    guard let digits = name.split(separator: "-").last, let number = Int(digits), number >= 0,
      profile(number).utf8.elementsEqual(name.utf8)
    else { return nil }
    return number
  }
}

extension Chunk {
  /// The integration identifier of a sample profile as a CSV cell.
  mutating func profile(_ number: Int) {
    if number % 64 % 12 == 7 { return cell(SampleNames.profile(number)) }
    text("customer-")
    self.number(number)
  }
}
