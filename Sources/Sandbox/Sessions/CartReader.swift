/// Reads the cart of a session update: at most 1000 items and 10,000 units.
struct CartReader {
  static let itemLimit = 1000
  static let unitLimit = 10_000

  private static let readOnly: Set = [
    "returnedQuantity", "remainingQuantity", "position", "catalogItemID", "selectedPriceType",
    "adjustmentReferenceId", "adjustmentEffectiveFrom", "adjustmentEffectiveUntil", "prices",
  ]
  private static let writable: Set = [
    "name", "sku", "quantity", "price", "category", "product", "weight", "height", "width", "length", "attributes",
    "additionalCosts",
  ]

  /// The price of an item of a catalog; nil for a SKU in none.
  let catalogPrice: (String) -> ExactNumber?
  /// Names of additional costs; nil lets any pass.
  let costNames: Set<String>?
  let now: Timestamp
  private var units = 0

  init(catalogPrice: @escaping (String) -> ExactNumber?, costNames: Set<String>?, now: Timestamp) {
    self.catalogPrice = catalogPrice
    self.costNames = costNames
    self.now = now
  }

  /// The items; nil when the update keeps those that are there.
  mutating func items(
    _ value: JSONValue?, registry: inout AttributeRegistry, _ problems: inout Problems
  ) -> [CartItem]? {
    let pointer = "/customerSession/cartItems"
    guard let list = problems.optionalList(value, at: pointer) else { return nil }
    guard list.count <= Self.itemLimit else {
      problems.add(
        "Too many items", "must hold at most \(Self.itemLimit) elements, not \(list.count)", at: pointer)
      return nil
    }
    var items: [CartItem] = []
    for (position, element) in list.enumerated() where !problems.isFull {
      if let item = item(element, at: "\(pointer)/\(position)", registry: &registry, &problems) { items.append(item) }
    }
    if units > Self.unitLimit {
      problems.add("Too many items", "the quantities add up to more than \(Self.unitLimit)", at: pointer)
    }
    return items
  }

  private mutating func item(
    _ element: JSONValue, at pointer: String, registry: inout AttributeRegistry, _ problems: inout Problems
  ) -> CartItem? {
    guard let sent = element.object else {
      problems.wrongType(element, "an object", at: pointer)
      return nil
    }
    for member in sent.members where Self.readOnly.contains(member.name) {
      problems.add("Read-only property", "\(member.name) cannot be set", at: pointer + "/" + member.name)
    }
    problems.refuseOthers(than: Self.writable.union(Self.readOnly), in: element, at: pointer)
    for name in ["name", "category"] { _ = problems.optionalText(sent[name], at: pointer + "/" + name) }
    for name in ["weight", "height", "width", "length"] {
      _ = problems.optionalNumber(sent[name], at: pointer + "/" + name)
    }
    if let product = problems.optionalObject(sent["product"], at: pointer + "/product") {
      _ = problems.text(product["name"], at: pointer + "/product/name")
    }
    if let attributes = problems.optionalObject(sent["attributes"], at: pointer + "/attributes") {
      registry.check(attributes, of: "CartItem", at: pointer + "/attributes", now: now, &problems)
    }
    let costs = costs(sent["additionalCosts"], at: pointer + "/additionalCosts", &problems)
    let sku = problems.text(sent["sku"], at: pointer + "/sku")
    let quantity = quantity(sent["quantity"], at: pointer + "/quantity", &problems)
    let price = price(sent["price"], of: sku, at: pointer + "/price", &problems)
    return CartItem(sent: sent, quantity: quantity, total: price * quantity, costs: costs)
  }

  private mutating func quantity(_ value: JSONValue?, at pointer: String, _ problems: inout Problems) -> Int {
    guard let quantity = problems.integer(value, at: pointer) else { return 0 }
    if quantity < 1 { problems.add("Invalid value", "quantity must be at least 1", at: pointer) }
    // Beyond the limit the exact sum is no longer of interest, and may not fit.
    let counted = min(max(quantity, 0), Self.unitLimit + 1)
    units += counted
    return counted
  }

  private func price(
    _ value: JSONValue?, of sku: String?, at pointer: String, _ problems: inout Problems
  ) -> ExactNumber {
    guard let digits = problems.optionalNumber(value, at: pointer) else {
      if let sku, let price = catalogPrice(sku) { return price }
      if value == nil || value == .null {
        problems.add("Required", "price is required for an item that is in no catalog", at: pointer)
      }
      return .zero
    }
    return exact(digits, at: pointer, &problems)
  }

  private func exact(_ digits: String, at pointer: String, _ problems: inout Problems) -> ExactNumber {
    if let number = ExactNumber(digits: digits) { return number }
    problems.add("Invalid value", "must have at most 16 digits before the point and 12 behind it", at: pointer)
    return .zero
  }

  /// What the additional costs of an item or a session come to.
  func costs(_ value: JSONValue?, at pointer: String, _ problems: inout Problems) -> ExactNumber {
    var sum = ExactNumber.zero
    for member in problems.optionalObject(value, at: pointer)?.members ?? [] where !problems.isFull {
      let place = pointer + "/" + member.name
      if let costNames, !costNames.contains(member.name) {
        problems.add("Additional cost not found", "\(member.name.prefix(60)) is not defined", at: place)
      }
      problems.refuseOthers(than: ["price"], in: member.value, at: place)
      if case .number(let digits)? = member.value["price"] {
        sum += exact(digits, at: place + "/price", &problems)
      } else if member.value.object != nil {
        problems.wrongType(member.value["price"], "a number", at: place + "/price")
      }
    }
    return sum
  }
}
