/// One sample session: everything about it follows from its number.
struct SampleSession: Sendable {
  enum State: String, CaseIterable, Sendable {
    case open, closed, cancelled
    case partiallyReturned = "partially_returned"
  }

  /// One line of the cart.
  struct Item {
    let sku: Int
    let quantity: Int

    var cents: Int { SampleItem.cents(sku) }
  }

  let number: Int
  /// In seconds since 1970, like all its times.
  let created: Int
  let updated: Int
  let state: State
  /// Nil for a session nobody has signed in to.
  let profile: Int?
  let itemCount: Int
  /// In cents.
  let shipping: Int
  let coupon: Int?
  private let skus: Int

  init(_ number: Int, of set: SampleSet) {
    var draw = SampleDraw(number, lane: 1)
    self.number = number
    created = set.created(number)
    updated = created + draw.below(SampleSet.updateSpan)
    state =
      switch draw.below(20) {
      case 0..<5: .open
      case 5..<17: .closed
      case 17, 18: .cancelled
      default: .partiallyReturned
      }
    profile = draw.isOne(in: 12) ? nil : draw.below(set.profiles)
    itemCount = 1 + draw.below(4)
    shipping = 100 * draw.below(60)
    coupon = draw.isOne(in: 4) ? draw.below(SampleNames.coupons.count) : nil
    skus = set.count
  }

  var id: Int { 12_328 + number }

  func item(_ position: Int) -> Item {
    var draw = SampleDraw(number &* 4 &+ position, lane: 2)
    return Item(sku: draw.below(skus), quantity: 1 + draw.below(3))
  }

  /// The value of cart and shipping, in cents.
  var total: Int {
    (0..<itemCount).reduce(shipping) { sum, position in
      let item = item(position)
      return sum + item.cents * item.quantity
    }
  }

  /// The effects of session 0, 1, 2, 3, 4 … are 2, 1, 3, 2, 2 …: two on average.
  var effectCount: Int {
    switch number & 3 {
    case 1: 1
    case 2: 3
    default: 2
    }
  }
}

extension Chunk {
  /// The integration identifier of a sample session: 24 digits of base 16.
  mutating func sessionName(_ number: Int) {
    var draw = SampleDraw(number, lane: 3)
    hexadecimal(0x6279_0000 + UInt64(number), digits: 8)
    hexadecimal(draw.bits(), digits: 16)
  }
}
