/// Which customer was promised which code, as the mailing system lists it: by customer, so that codes come mixed.
enum ReservationExport {
  static func write(to file: inout SampleFile) {
    let customers = ProfileExport.customers
    var dice = Dice(seed: 0x2E5E_27E0)
    var earlier: [(String, String)] = []
    file.append(record("customer", "code", "promised"))
    for index in 0..<500 {
      let customer = customers[index * 2 + dice.below(2)].id
      let code = dice.pick(codes)
      let day = Timestamp.text(1_772_323_200 + index * 3600)
      switch index {
      case 66: file.append(record("", code, day), flaw: "the customer is missing")
      case 131:
        file.append(record(earlier[124].0, earlier[124].1, day), flaw: "what was promised seven lines before once more")
      case 197: file.append(record(customer, "SUMER-20417", day), flaw: "the code `SUMER-20417` does not exist")
      case 263: file.append(record(customer, "", day), flaw: "the code is missing")
      case 330: file.append(record(customer, "summer-20417", day), flaw: "the code is in small letters: another code")
      case 398:
        file.append(
          record("firma/wandern & co", "a/b", day),
          flaw: "the customer is `firma/wandern & co`, the code `a/b`: slashes in both; accepted")
      default: file.append(record(customer, code, day))
      }
      earlier.append((customer, code))
    }
  }

  /// Promises taken back: of customers who left, as the service desk notes them.
  static func writeBack(to file: inout SampleFile) {
    let customers = ProfileExport.customers
    var dice = Dice(seed: 0x2E5E_BAC0)
    file.append(record("customer", "code", "left"))
    for index in 0..<120 {
      let customer = customers[index * 8 + dice.below(2)].id
      let code = dice.pick(codes)
      let day = Timestamp.text(1_774_900_800 + index * 7200)
      switch index {
      case 33: file.append(record(customer, "VIP", day), flaw: "the code `VIP` does not exist")
      case 78: file.append(record("", code, day), flaw: "the customer is missing")
      default: file.append(record(customer, code, day))
      }
    }
  }

  private static func record(_ customer: String, _ code: String, _ day: String) -> [UInt8] {
    CSVText.record([customer, code, day]) + [UInt8(ascii: "\n")]
  }

  private static let codes =
    (0..<9).map { "SUMMER-\(20_417 + $0 * 1009)" } + ["10$OFF", "a/b", "25%"]
}
