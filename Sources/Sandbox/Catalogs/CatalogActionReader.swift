/// Reads the actions of one sync request and gathers what is wrong with them.
struct CatalogActionReader {
  static let countLimit = 1000
  static let adjustmentLimit = 100

  private(set) var problems = Problems()

  mutating func actions(of body: JSONValue) -> [CatalogAction] {
    guard case .array(let list)? = body["actions"] else {
      problems.wrongType(body["actions"], "a list", at: "/actions")
      return []
    }
    guard (1...Self.countLimit).contains(list.count) else {
      problems.add("Invalid length", "must hold 1 to \(Self.countLimit) actions, not \(list.count)", at: "/actions")
      return []
    }
    var actions: [CatalogAction] = []
    actions.reserveCapacity(list.count)
    var skus = Set<String>(minimumCapacity: list.count)
    for (position, element) in list.enumerated() where !problems.isFull {
      guard let kind = kind(of: element, at: position, first: list[0]["type"]) else { continue }
      guard case .object(let payload)? = element["payload"] else {
        problems.wrongType(element["payload"], "an object", at: "/actions/\(position)/payload")
        continue
      }
      guard let action = action(kind, payload, at: position) else { continue }
      if let sku = action.sku, !skus.insert(sku).inserted {
        problems.add(
          "Duplicate SKU", "The SKU \"\(sku.prefix(100))\" occurs more than once in the request",
          at: "/actions/\(position)/payload/sku")
      }
      actions.append(action)
    }
    return actions
  }

  private mutating func kind(of element: JSONValue, at position: Int, first: JSONValue?) -> CatalogAction.Kind? {
    guard case .string(let name)? = element["type"] else {
      problems.wrongType(element["type"], "a string", at: "/actions/\(position)/type")
      return nil
    }
    guard let kind = CatalogAction.Kind(rawValue: name) else {
      let names = CatalogAction.Kind.allCases.map(\.rawValue).joined(separator: ", ")
      problems.add("enum", "type must be one of the following: \(names)", at: "/actions/\(position)/type")
      return nil
    }
    guard first == element["type"] else {
      problems.add(
        "Mixed action types", "Only one type of action is allowed in a request", at: "/actions/\(position)/type")
      return nil
    }
    return kind
  }

  private mutating func action(
    _ kind: CatalogAction.Kind, _ payload: JSONObject, at position: Int
  ) -> CatalogAction? {
    switch kind {
    case .add:
      let replaces = problems.optionalBoolean(payload["replaceIfExists"], at: Self.at(position, "replaceIfExists"))
      return content(payload, at: position).map { .add($0, replaces: replaces) }
    case .patch:
      let creates = problems.optionalBoolean(payload["createIfNotExists"], at: Self.at(position, "createIfNotExists"))
      return content(payload, at: position).map { .patch($0, creates: creates) }
    case .patchMany:
      return .patchMany(
        filters(payload, at: position), price: price(payload, at: position),
        attributes: attributes(payload, at: position))
    case .remove: return sku(payload, at: position).map(CatalogAction.remove)
    case .removeMany: return .removeMany(filters(payload, at: position))
    case .adjustPrices:
      guard let sku = sku(payload, at: position), let list = adjustments(payload, at: position) else { return nil }
      return .adjustPrices(sku: sku, list)
    }
  }

  static func at(_ position: Int, _ field: String) -> String { "/actions/\(position)/payload/\(field)" }

  private mutating func content(_ payload: JSONObject, at position: Int) -> CatalogAction.Content? {
    let price = price(payload, at: position)
    let attributes = attributes(payload, at: position)
    var product: String?
    if let object = problems.optionalObject(payload["product"], at: Self.at(position, "product")) {
      product = problems.text(object["name"], at: Self.at(position, "product/name"))
    }
    return sku(payload, at: position).map {
      CatalogAction.Content(sku: $0, price: price, attributes: attributes, product: product)
    }
  }

  private mutating func sku(_ payload: JSONObject, at position: Int) -> String? {
    problems.text(payload["sku"], at: Self.at(position, "sku"))
  }

  private mutating func price(_ payload: JSONObject, at position: Int) -> String? {
    problems.optionalNumber(payload["price"], at: Self.at(position, "price"))
  }

  private mutating func attributes(_ payload: JSONObject, at position: Int) -> JSONObject? {
    problems.optionalObject(payload["attributes"], at: Self.at(position, "attributes"))
  }

  private mutating func filters(_ payload: JSONObject, at position: Int) -> [CatalogFilter] {
    switch payload["filters"] {
    case nil, .null?: return []
    case .array(let list)?:
      return list.enumerated().compactMap { number, filter in
        CatalogFilter(filter, at: Self.at(position, "filters/\(number)"), &problems)
      }
    case let other?:
      problems.wrongType(other, "a list", at: Self.at(position, "filters"))
      return []
    }
  }

  private mutating func adjustments(_ payload: JSONObject, at position: Int) -> [PriceAdjustment]? {
    let pointer = Self.at(position, "adjustments")
    guard case .array(let list)? = payload["adjustments"] else {
      problems.wrongType(payload["adjustments"], "a list", at: pointer)
      return nil
    }
    guard (1...Self.adjustmentLimit).contains(list.count) else {
      problems.add("Invalid length", "must hold 1 to \(Self.adjustmentLimit) adjustments", at: pointer)
      return nil
    }
    return list.enumerated().compactMap { number, adjustment in
      let pointer = pointer + "/\(number)"
      for moment in ["calculatedAt", "effectiveFrom", "effectiveUntil"] {
        problems.optionalMoment(adjustment[moment], at: pointer + "/" + moment)
      }
      if adjustment["price"] == nil { problems.wrongType(nil, "a number", at: pointer + "/price") }
      let price = problems.optionalNumber(adjustment["price"], at: pointer + "/price")
      guard let priceType = problems.text(adjustment["priceType"], at: pointer + "/priceType"),
        let reference = problems.text(adjustment["referenceId"], at: pointer + "/referenceId")
      else { return nil }
      return PriceAdjustment(priceType: priceType, price: price, referenceId: reference)
    }
  }
}
