/// One order of the web shop: who, what, and how far it has come.
struct Order {
  struct Line {
    var sku: String
    var name: String
    var quantity: String
    var price: String
  }

  var number: String
  var customer: String
  var state: String
  var city: String
  var lines: [Line]

  init(number: Int, customers: [Customer], dice: inout Dice) {
    self.number = "W-\(number)"
    customer = dice.pick(customers).id
    state = dice.chance(percent: 80) ? "closed" : "open"
    city = dice.pick(["Berlin", "Köln", "München", "Zürich", "Wien", "Kraków", "Malmö", "Porto"])
    lines = (0..<dice.between(1...4)).map { position in
      let row = Product(number: number * 4 + position, dice: &dice).rows[0]
      return Line(sku: row[0], name: row[1], quantity: "\(dice.between(1...3))", price: row[2])
    }
  }

  /// The cart as JSON; the shop's prices are numbers.
  var cart: String {
    let items = lines.map { line in
      #"{"sku":\#(JSONText.quoted(line.sku)),"name":\#(JSONText.quoted(line.name)),"#
        + #""quantity":\#(line.quantity),"price":\#(line.price)}"#
    }
    return "[" + items.joined(separator: ",") + "]"
  }

  static func all(_ count: Int, from first: Int, seed: UInt64) -> [Order] {
    let customers = ProfileExport.customers
    var dice = Dice(seed: seed)
    return (0..<count).map { Order(number: first + $0 * 3, customers: customers, dice: &dice) }
  }
}
