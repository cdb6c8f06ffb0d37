/// The shop's customers as its mailing system exports them: one JSON object a line.
enum ProfileExport {
  static func write(to file: inout SampleFile) {
    let customers = customers
    for (index, customer) in customers.enumerated() {
      switch index {
      case 411: file.append(line(String(customer.json().dropLast(40))), flaw: "the object breaks off: not JSON")
      case 866: file.append(line(customer.json(with: ["integrationId": nil])), flaw: "integrationId is missing")
      case 1302: file.append(line(twice(customer)), flaw: "the name `email` stands twice in the object")
      case 1755: file.append(line(longNumber(customer)), flaw: "integrationId is a number of 20 digits, not a string")
      case 2198: file.append(line(deep(customer)), flaw: "address is an array nested 2,000 deep")
      case 2640: file.append(line(again(customers[2610])), flaw: "the customer of 30 lines before, with other points")
      default: file.append(line(customer.json()))
      }
    }
  }

  static var customers: [Customer] {
    var dice = Dice(seed: 0x0C05_70E5)
    return (0..<3000).map { Customer(number: 200_000 + $0 * 7, dice: &dice) }
  }

  private static func line(_ json: String) -> [UInt8] { Array((json + "\n").utf8) }

  private static func twice(_ customer: Customer) -> String {
    customer.json(also: #","email":"second@example.com""#)
  }

  private static func longNumber(_ customer: Customer) -> String {
    customer.json(with: ["integrationId": "10000000000000200017"])
  }

  private static func deep(_ customer: Customer) -> String {
    let depth = 2000
    return customer.json(with: [
      "address": String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    ])
  }

  private static func again(_ customer: Customer) -> String { customer.json(with: ["points": "31337"]) }
}
