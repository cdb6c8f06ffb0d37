/// Orders of the tills, one line an article, as the cash register's system writes them.
enum OrderLineExport {
  static func write(to file: inout SampleFile) {
    var orders = Order.all(260, from: 80_000, seed: 0x0DE2_11E5)
    file.append(record(["receipt", "customer", "state", "city", "sku", "name", "quantity", "price"]))
    for index in orders.indices {
      orders[index].state = "closed"
      let (line, flaw) = spoil(&orders[index], at: index)
      for (position, article) in orders[index].lines.enumerated() {
        write(article, of: orders[index], to: &file, flaw: position == line ? flaw : nil)
      }
      if index == 218, let first = orders[210].lines.first {
        write(
          first, of: orders[210], to: &file,
          flaw: "a line of a receipt that was whole eight receipts before: it would take the place of the others")
      }
    }
  }

  private static func spoil(_ order: inout Order, at index: Int) -> (line: Int, flaw: String?) {
    let last = order.lines.count - 1
    switch index {
    case 35:
      order.lines[last].quantity = "1½"
      return (last, "the quantity is `1½`: the whole receipt is refused")
    case 78:
      order.lines[0].price = "12,50"
      return (0, "the price is `12,50`, with a decimal comma: the whole receipt is refused")
    case 121:
      order.customer = ""
      return (0, "no customer: an anonymous receipt; accepted")
    case 164:
      order.lines[0].quantity = "10001"
      return (0, "10001 of one article, one more than a cart may hold: the whole receipt is refused")
    case 243:
      order.number = ""
      return (0, "the receipt has no number in any line: those before and behind it are held back, they may be one")
    default: return (0, nil)
    }
  }

  private static func write(_ line: Order.Line, of order: Order, to file: inout SampleFile, flaw: String?) {
    file.append(
      record([
        order.number, order.customer, order.state, order.city, line.sku, line.name, line.quantity, line.price,
      ]), flaw: flaw)
  }

  private static func record(_ row: [String]) -> [UInt8] { CSVText.record(row) + [UInt8(ascii: "\n")] }
}
