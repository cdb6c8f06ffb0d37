/// The customers whose inventory is wanted: the sandbox has all of them but two.
enum InventoryKeys {
  static func write(to file: inout SampleFile) {
    var dice = Dice(seed: 0x1257_0A11)
    file.append(line("customer", "segment"))
    for index in 0..<240 {
      let segment = ["gold", "silver", "new"][dice.below(3)]
      let number = index * 20 + dice.below(20)
      switch index {
      case 57: file.append(line("customer-unknown", segment), flaw: "the API does not know this customer")
      case 180: file.append(line("10$OFF/NOW", segment), flaw: "a coupon code got among the customers")
      default: file.append(line(name(number), segment))
      }
    }
  }

  /// As the sandbox names its customers, some of them awkwardly.
  private static func name(_ number: Int) -> String {
    switch number % 64 {
    case 7: "zoë.grün-\(number)"
    case 19: "顧客-\(number)"
    case 31: "Müller, Jörg-\(number)"
    case 43: "Bob \"B\"-\(number)"
    default: "customer-\(number)"
    }
  }

  private static func line(_ customer: String, _ segment: String) -> [UInt8] {
    CSVText.record([customer, segment]) + [UInt8(ascii: "\n")]
  }
}
