/// Clubs whose members get a campaign's discount, as the shop's partner portal lists them.
enum ClubExport {
  static func write(to file: inout SampleFile) {
    var dice = Dice(seed: 0xC1_0B)
    var names: [String] = []
    for index in 0..<300 {
      let kind = kinds[index % kinds.count]
      let name = "\(kind) \(towns[index / kinds.count])"
      names.append(name)
      let members = dice.between(12...900)
      switch index {
      case 57:
        file.append(
          line("Verein \"Gipfelglück\", Sektion Süd", members),
          flaw: "quotes and a comma stand in the name; accepted")
      case 148: file.append(line(names[139], members), flaw: "the club of nine lines before once more")
      case 233: file.append(line(names[101], members), flaw: "the club of line 102 once more")
      default: file.append(line(name, members))
      }
    }
  }

  private static func line(_ name: String, _ members: Int) -> [UInt8] {
    Array(#"{"club":\#(JSONText.quoted(name)),"members":\#(members)}"#.utf8) + [UInt8(ascii: "\n")]
  }

  private static let kinds = [
    "Alpenverein", "Ski Club", "Lauftreff", "Radlager", "Klub Wysokogórski", "Club Alpin", "Fell Runners", "Turnverein",
    "Ferrata Group", "Randonneurs",
  ]
  private static let towns = [
    "Berlin", "Köln", "München", "Zürich", "Wien", "Kraków", "London", "Edinburgh", "Paris", "Lyon", "Malmö", "Oslo",
    "Porto", "Bilbao", "Bolzano", "Chur", "Graz", "Keswick", "Annecy", "Trento", "Zakopane", "Voss", "Innsbruck",
    "Bern", "Sion", "Lleida", "Åre", "Bled", "Poprad", "Aosta",
  ]
}
