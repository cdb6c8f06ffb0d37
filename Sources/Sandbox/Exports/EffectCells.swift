extension Chunk {
  /// What an effect carries, as a quoted cell of JSON.
  ///
  /// See https://docs.talon.one/docs/dev/integration-api/api-effects.
  mutating func props(_ effect: SampleEffect, _ session: SampleSession) {
    let item = session.item(0)
    text("\"{")
    switch effect {
    case .acceptCoupon: coupon(session)
    case .rejectCoupon:
      coupon(session)
      text(#", ""rejectionReason"": ""CouponNotFound"""#)
    case .setDiscount:
      text(#"""name"": ""10% off"", ""value"": "#)
      amount(cents: session.total / 10)
    case .setDiscountPerItem:
      text(#"""name"": ""10% off per item#1"", ""value"": "#)
      price(cents: item.cents / 10)
      text(#", ""position"": 0"#)
    case .addFreeItem:
      text(#"""sku"": """#)
      sku(item.sku)
      text(#""", ""name"": "#)
      raw(SampleItem.product(item.sku).cell)
    case .addLoyaltyPoints: points(session)
    case .showNotification:
      text(#"""notificationType"": ""Info"", ""title"": ""Thank you"", "#)
      text(#"""body"": ""First line\nand \""second\"" line"""#)
    }
    text("}\"")
  }

  private mutating func coupon(_ session: SampleSession) {
    text(#"""value"": "#)
    raw(SampleNames.coupons[session.coupon ?? 0].cell)
  }

  private mutating func points(_ session: SampleSession) {
    text(#"""name"": ""Points for purchases"", ""value"": "#)
    amount(cents: session.total / 100)
    text(#", ""programId"": 33, ""subLedgerId"": """", ""transactionUUID"": """#)
    transaction(session.number)
    text(#""""#)
  }

  private mutating func transaction(_ number: Int) {
    var draw = SampleDraw(number, lane: 7)
    let (high, low) = (draw.bits(), draw.bits())
    hexadecimal(high >> 32, digits: 8)
    text("-")
    hexadecimal(high >> 16, digits: 4)
    text("-4")
    hexadecimal(high, digits: 3)
    text("-8")
    hexadecimal(low >> 48, digits: 3)
    text("-")
    hexadecimal(low, digits: 12)
  }

  /// The last three cells, each with the comma in front of it; a session without a store leaves its two empty.
  mutating func couponAndStore(_ effect: SampleEffect, _ session: SampleSession, _ shape: Int) {
    comma()
    if effect == .acceptCoupon { number(700 + (session.coupon ?? 0)) }
    if shape % 8 == 0 { return text(",,") }
    comma()
    number(110 + shape % 8)
    text(",STORE-")
    number(shape % 8, width: 3)
  }
}
