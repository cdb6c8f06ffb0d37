/// Points the service desk gives as an apology, in the order of its tickets.
enum PointsExport {
  static func write(to file: inout SampleFile) {
    let customers = ProfileExport.customers
    var dice = Dice(seed: 0x9017_7500)
    file.append(record(["ticket", "customer", "points", "reason", "valid_for"]))
    for index in 0..<36 {
      var row = [
        "GW-\(20_431 + index * 3)", dice.pick(customers).id, "\(dice.between(1...12) * 50)", dice.pick(reasons),
        dice.pick(["180D", "1Y", "90D", "unlimited", ""]),
      ]
      switch index {
      case 4: file.append(changed(row, 2, "1,500"), flaw: "the points are `1,500`, with a comma between thousands")
      case 9: file.append(changed(row, 1, ""), flaw: "the customer is missing")
      case 14: file.append(changed(row, 2, "-100"), flaw: "the points are `-100`: taking them back is another request")
      case 19:
        file.append(changed(row, 4, "2 years"), flaw: "valid_for is `2 years`, which only the server knows to refuse")
      case 24: file.append(changed(row, 2, "0"), flaw: "the points are 0")
      case 29:
        row[1] = "walk-in 12/03"
        file.append(record(row), flaw: "the customer is `walk-in 12/03`: a space and a slash for the address; accepted")
      default: file.append(record(row))
      }
    }
  }

  private static func changed(_ row: [String], _ column: Int, _ value: String) -> [UInt8] {
    var row = row
    row[column] = value
    return record(row)
  }

  private static func record(_ row: [String]) -> [UInt8] { CSVText.record(row) + [UInt8(ascii: "\n")] }

  private static let reasons = [
    "parcel late", "wrong size sent", "zip broke within a month", "queue at the till", "photo of the Sunday group",
    "refund took 3 weeks", "boot resoled twice",
  ]
}
