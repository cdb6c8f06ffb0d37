/// Orders of the web shop, one JSON object each, cart and all.
enum SessionExport {
  static func write(to file: inout SampleFile) {
    var orders = Order.all(300, from: 50_000, seed: 0x5E55_1075)
    var dice = Dice(seed: 0xC057_0000)
    for index in orders.indices {
      let flaw = spoil(&orders, at: index)
      let order = orders[index]
      let customer = index == 133 ? "null" : JSONText.quoted(order.customer)
      let cart = index == 245 ? JSONText.quoted("3 items") : order.cart
      let coupons = dice.chance(percent: 25) ? #"["SUMMER-20417"]"# : "[]"
      let shipping = dice.pick(["0", "4.90", "9.5"])
      file.append(
        Array(
          (#"{"order":\#(JSONText.quoted(order.number)),"customer":\#(customer),"state":\#(JSONText.quoted(order.state)),"#
            + #""cart":\#(cart),"coupons":\#(coupons),"costs":{"shipping":{"price":\#(shipping)}},"#
            + #""address":{"city":\#(JSONText.quoted(order.city))}}"# + "\n").utf8), flaw: flaw)
    }
  }

  private static func spoil(_ orders: inout [Order], at index: Int) -> String? {
    switch index {
    case 40: orders[index].state = "open"
    case 44:
      (orders[index].number, orders[index].customer) = (orders[40].number, orders[40].customer)
      (orders[index].state, orders[index].lines) = ("closed", orders[40].lines)
      return "the order of four lines before, closed now; accepted, after the other"
    case 87:
      orders[index].state = "shipped"
      return "the state is `shipped`, which is none of the API's"
    case 133: return "no customer: an anonymous order; accepted"
    case 160: orders[index].state = "closed"
    case 166:
      (orders[index].number, orders[index].customer) = (orders[160].number, orders[160].customer)
      orders[index].state = "open"
      return "the order of six lines before, which was closed, is open: the server refuses"
    case 201:
      orders[index].lines[0].quantity = "0"
      return "a quantity in the cart is 0, which the server refuses"
    case 245: return "the cart is the text `3 items`"
    case 278:
      orders[index].number = "W/50 834"
      return "the order is `W/50 834`: a slash and a space for the address; accepted"
    default: break
    }
    return nil
  }
}
