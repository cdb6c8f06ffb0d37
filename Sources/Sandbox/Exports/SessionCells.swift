/// The JSON cells of a session row, each with the comma in front of it and, but for the last, behind it.
///
/// Within a quoted cell every quote of the JSON is doubled; a backslash means nothing to CSV, so the quotes of an item's
/// name come as `\""`.
extension Chunk {
  mutating func cart(_ session: SampleSession) {
    text(",\"[")
    for position in 0..<session.itemCount {
      if position > 0 { text(", ") }
      cartItem(session.item(position), at: position)
    }
    text("]\",")
  }

  private mutating func cartItem(_ item: SampleSession.Item, at position: Int) {
    text(#"{""sku"": """#)
    sku(item.sku)
    text(#""", ""name"": "#)
    raw(SampleItem.product(item.sku).cell)
    text(#", ""price"": "#)
    price(cents: item.cents)
    text(#", ""category"": "#)
    raw(SampleItem.category(item.sku).cell)
    text(#", ""position"": "#)
    number(position)
    text(#", ""quantity"": "#)
    number(item.quantity)
    text(#", ""attributes"": {""color"": "#)
    raw(SampleItem.color(item.sku).cell)
    text(#"}, ""returnedQuantity"": 0, ""remainingQuantity"": "#)
    number(item.quantity)
    text("}")
  }

  mutating func discounts(_ session: SampleSession, _ draw: inout SampleDraw) {
    if session.coupon == nil || draw.isOne(in: 3) { return text("\"{}\",") }
    text(#""{""10% off"": "#)
    amount(cents: session.total / 10)
    text("}\",")
  }

  mutating func attributes(_ session: SampleSession, _ draw: inout SampleDraw) {
    text(#","{""ShippingCost"": "#)
    price(cents: session.shipping)
    text(#", ""ShippingCity"": "#)
    raw(SampleNames.cities[draw.below(SampleNames.cities.count)].cell)
    text(#", ""PaymentMethod"": ""creditcard""#)
    if draw.isOne(in: 50) { text(#"", ""Note"": ""Ring twice,\nthen \""knock\""""#) }
    text("\"}\",")
  }

  /// The text `null` when there are none.
  mutating func identifiers(_ draw: inout SampleDraw) {
    guard draw.isOne(in: 3) else { return text("\"null\",") }
    text(#""[""91.11.156."#)
    number(draw.below(256))
    text(#"""]","#)
  }

  mutating func shippingCost(_ session: SampleSession) {
    text(#""{""ShippingCost"": {""price"": "#)
    price(cents: session.shipping)
    text("}}\",")
  }

  mutating func storeAndCoupons(_ session: SampleSession, _ draw: inout SampleDraw) {
    switch draw.below(8) {
    case 0: text(",,\"[")
    case 1: text(",\"\",\"[")
    case let store:
      text(",\"STORE-")
      number(store, width: 3)
      text("\",\"[")
    }
    if let coupon = session.coupon { raw(SampleNames.coupons[coupon].cell) }
    text("]\"\n")
  }
}
