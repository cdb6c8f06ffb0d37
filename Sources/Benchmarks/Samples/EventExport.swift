/// What customers did in the shops' tour program, as it happened.
enum EventExport {
  static func write(to file: inout SampleFile) {
    let customers = Array(ProfileExport.customers.prefix(120))
    var dice = Dice(seed: 0xE7E2_7500)
    var lines: [String] = []
    for index in 0..<500 {
      var id = JSONText.quoted("tour-\(31_000 + index * 7)")
      var customer = JSONText.quoted(dice.pick(customers).id)
      var kind = JSONText.quoted(dice.pick(["tour_booked", "tour_booked", "tour_done", "tour_rated"]))
      var km = "\(dice.between(4...38)).\(dice.below(10))"
      var flaw: String?
      switch index {
      case 71: (id, flaw) = ("31497", "the id is a number; accepted, as text")
      case 146: (customer, flaw) = ("null", "the customer is null")
      case 221: (km, flaw) = (#""12,5 km""#, "km is `12,5 km`, text with a comma and a unit")
      case 297: (kind, flaw) = (#""""#, "the kind is empty")
      case 374: (id, flaw) = (#""tour/2026 #4""#, "the id is `tour/2026 #4`: a slash, a space and a hash; accepted")
      default: break
      }
      let at = JSONText.quoted(Timestamp.text(1_772_323_200 + index * 611))
      let tour = #"{"name":\#(JSONText.quoted(dice.pick(tours))),"km":\#(km)}"#
      let shop = dice.chance(percent: 70) ? JSONText.quoted(dice.pick(shops)) : "null"
      let head = #"{"id":\#(id),"customer":\#(customer),"kind":\#(kind),"at":\#(at)"#
      lines.append(head + #","shop":\#(shop),"tour":\#(tour)}"#)
      if index == 410 { (lines[index], flaw) = (lines[405], "the event of five lines before once more") }
      if index == 460 {
        lines[index] = lines[12]
        flaw = "the event of line 13 once more: the server has it, a look-up says so; accepted"
      }
      file.append(Array((lines[index] + "\n").utf8), flaw: flaw)
    }
  }

  private static let shops = ["BER-1", "MUC-2", "ZRH-1", "KRK-1"]
  private static let tours = [
    "Sunrise on the Müggelberge", "Watzmann in two days", "Trail school for beginners", "Übernachten ohne Zelt",
    "Ferrata \"Via delle Bocchette\"", "Night run along the Isar", "Map & compass",
  ]
}
