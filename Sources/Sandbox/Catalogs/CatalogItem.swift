/// One item of a catalog.
struct CatalogItem: Sendable, Equatable {
  let id: Int
  let created: Timestamp
  let sku: String
  /// The digits as they were sent.
  var price: String?
  var attributes = AttributeValues()
  /// The name of the product.
  var product: String?
  /// Prices of price types, by `referenceId`.
  var adjustments: [String: PriceAdjustment] = [:]
  var version = 1

  init(id: Int, created: Timestamp, sku: String) {
    self.id = id
    self.created = created
    self.sku = sku
  }

  /// As `GET /v1/catalogs/{catalogId}/items` lists it; `catalogid` and `attributeid` are lower case there.
  func json(catalog: Int, registry: AttributeRegistry) -> JSONValue {
    let attributes = attributes.members.map { member -> JSONValue in
      [
        "attributeid": .integer(registry["CartItem", member.name]?.id ?? 0), "name": .string(member.name),
        "value": member.value,
      ]
    }
    var object = JSONObject([
      ("id", .integer(id)), ("created", .string(created.text)), ("sku", .string(sku)),
      ("catalogid", .integer(catalog)), ("version", .integer(version)), ("attributes", .array(attributes)),
    ])
    if let price { object.append("price", .number(price)) }
    if let product { object.append("product", ["name": .string(product)]) }
    return .object(object)
  }
}
