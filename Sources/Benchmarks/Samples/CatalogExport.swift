/// The shop's products as its system exports them: a byte order mark, CRLF, one row a variant.
enum CatalogExport {
  static func write(to file: inout SampleFile) {
    let rows = products(atLeast: 5000)
    let flaws = CatalogFlaw.allCases
    let stride = rows.count / (flaws.count + 1)

    file.append([0xEF, 0xBB, 0xBF] + CSVText.record(Product.columns) + lineEnd)
    for (number, row) in rows.enumerated() {
      let (turn, rest) = number.quotientAndRemainder(dividingBy: stride)
      if rest == 17 * turn % stride, turn > 0, turn <= flaws.count {
        let flaw = flaws[turn - 1]
        file.append(flaw.spoil(row, earlier: rows[number - 9]) + lineEnd, flaw: flaw.rawValue)
      } else {
        file.append(CSVText.record(row) + lineEnd)
      }
    }
  }

  private static func products(atLeast count: Int) -> [[String]] {
    var dice = Dice(seed: 0xCA7A_1065)
    var rows: [[String]] = []
    var number = 10_400
    while rows.count < count {
      rows += Product(number: number, dice: &dice).rows
      number += dice.between(1...4)
    }
    return rows
  }

  private static let lineEnd = Array("\r\n".utf8)
}
