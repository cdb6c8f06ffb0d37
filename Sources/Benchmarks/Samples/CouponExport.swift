/// The codes a print shop put on its cards: tabs between the cells, days as they are written in Germany.
enum CouponExport {
  static func write(to file: inout SampleFile) {
    let customers = ProfileExport.customers
    var dice = Dice(seed: 0xC0_4B05)
    file.append(
      line(["code", "valid_from", "valid_until", "customer", "uses", "max_discount", "channel"]))
    for index in 0..<600 {
      var row = [
        code(index, &dice), "\(dice.between(10...28)).03.2026", "\(dice.between(10...30)).11.2026 23:59",
        dice.chance(percent: 20) ? dice.pick(customers).id : "", dice.pick(["1", "1", "1", "5", "0"]),
        dice.pick(["", "", "15", "25.50"]), dice.pick(["card", "card", "flyer", "parcel"]),
      ]
      let flaw = spoil(&row, at: index)
      file.append(line(row), flaw: flaw)
    }
  }

  /// Digits that no two cards share.
  private static func code(_ index: Int, _ dice: inout Dice) -> String {
    let tail = dice.draw(3, of: Array("ABCDEFGHJKLMNPQRSTUVWXYZ").map(String.init)).joined()
    return "BERG-\(10_000 + index * 37)-\(tail)"
  }

  private static func spoil(_ row: inout [String], at index: Int) -> String? {
    switch index {
    case 41: change(&row, 0, "10$OFF", "the code is `10$OFF`; accepted")
    case 87: change(&row, 0, "a/b", "the code is `a/b`; accepted")
    case 133: change(&row, 0, "25%", "the code is `25%`; accepted")
    case 171: change(&row, 0, "A1", "the code `A1` is too short")
    case 212: change(&row, 2, "31.11.2026 23:59", "valid_until is `31.11.2026`: November has 30 days")
    case 258: change(&row, 2, "01.03.2026 23:59", "valid_until is before valid_from, which the server refuses")
    case 304: change(&row, 4, "unlimited", "uses is `unlimited`, not a number")
    case 351: change(&row, 5, "15,00", "max_discount is `15,00`, with a decimal comma")
    case 399: change(&row, 0, "", "the code is missing")
    case 447: change(&row, 0, "4,5E+11", "the code is `4,5E+11`: a spreadsheet has rounded it; accepted")
    case 493: change(&row, 0, "10$OFF", "the code `10$OFF` once more")
    case 538: change(&row, 4, "1000000", "uses is 1000000, one more than the API allows")
    case 577: change(&row, 0, "Grüße & Küsse", "the code is `Grüße & Küsse`; accepted")
    default: nil
    }
  }

  private static func change(_ row: inout [String], _ column: Int, _ value: String, _ flaw: String) -> String {
    row[column] = value
    return flaw
  }

  private static func line(_ row: [String]) -> [UInt8] { Array((row.joined(separator: "\t") + "\n").utf8) }
}
