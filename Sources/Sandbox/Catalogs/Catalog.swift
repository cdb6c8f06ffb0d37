/// One catalog and its items: the rules of the sync, without a socket.
struct Catalog: Sendable {
  let id: Int
  let created: Timestamp
  private(set) var modified: Timestamp
  private(set) var version = 1
  private(set) var items = OrderedTable<String, CatalogItem>()
  private var lastItem = 0

  init(id: Int, created: Timestamp) {
    self.id = id
    self.created = created
    modified = created
  }

  /// Applies one request, whole or not at all, and says how many actions it held.
  mutating func sync(
    _ body: JSONValue, registry: inout AttributeRegistry, now: Timestamp
  ) throws(Refusal) -> Int {
    var reader = CatalogActionReader()
    let actions = reader.actions(of: body)
    var problems = reader.problems
    checkVersion(body["version"], &problems)
    guard problems.isEmpty else { throw .invalid(problems.all, carriesStatus: false) }
    var tried = registry
    for (position, action) in actions.enumerated() where !problems.isFull {
      check(action, at: position, registry: &tried, now: now, &problems)
    }
    guard problems.isEmpty else { throw .invalid(problems.all, carriesStatus: false) }
    registry = tried
    for action in actions { apply(action, now: now) }
    version += 1
    modified = now
    return actions.count
  }

  /// A version that is not the current one means the sender has not seen the latest change.
  private func checkVersion(_ value: JSONValue?, _ problems: inout Problems) {
    guard let value, value != .null else { return }
    guard let wanted = problems.integer(value, at: "/version"), wanted != version else { return }
    problems.add("Invalid version", "The catalog is at version \(version), not \(wanted)", at: "/version")
  }

  private func check(
    _ action: CatalogAction, at position: Int, registry: inout AttributeRegistry, now: Timestamp,
    _ problems: inout Problems
  ) {
    switch action {
    case .add(let content, let replaces):
      if !replaces, items.contains(content.sku) {
        problems.add(
          "Item already exists", "An item with the SKU \"\(content.sku)\" already exists in the catalog",
          at: CatalogActionReader.at(position, "sku"))
      }
      check(content.attributes, at: position, registry: &registry, now: now, &problems)
    case .patch(let content, let creates):
      if !creates { checkExists(content.sku, at: position, &problems) }
      check(content.attributes, at: position, registry: &registry, now: now, &problems)
    case .patchMany(let filters, _, let attributes):
      for filter in filters { filter.check(against: registry, &problems) }
      check(attributes, at: position, registry: &registry, now: now, &problems)
    case .remove(let sku), .adjustPrices(let sku, _): checkExists(sku, at: position, &problems)
    case .removeMany(let filters):
      for filter in filters { filter.check(against: registry, &problems) }
    }
  }

  private func checkExists(_ sku: String, at position: Int, _ problems: inout Problems) {
    if items.contains(sku) { return }
    problems.add(
      "Item not found", "No item with the SKU \"\(sku)\" exists in the catalog",
      at: CatalogActionReader.at(position, "sku"))
  }

  private func check(
    _ attributes: JSONObject?, at position: Int, registry: inout AttributeRegistry, now: Timestamp,
    _ problems: inout Problems
  ) {
    guard let attributes else { return }
    registry.check(
      attributes, of: "CartItem", at: CatalogActionReader.at(position, "attributes"), now: now, &problems)
  }

  private mutating func apply(_ action: CatalogAction, now: Timestamp) {
    switch action {
    case .add(let content, _):
      change(content.sku, now: now) { item in
        item.attributes = content.attributes.map(AttributeValues.init) ?? AttributeValues()
        item.product = content.product
        if let price = content.price { item.price = price }
      }
    case .patch(let content, _):
      change(content.sku, now: now) { item in
        if let attributes = content.attributes { item.attributes.merge(attributes) }
        item.product = content.product
        if let price = content.price { item.price = price }
      }
    case .patchMany(let filters, let price, let attributes):
      _ = items.update(where: { item in filters.allSatisfy { $0.passes(item) } }) { item in
        if let attributes { item.attributes.merge(attributes) }
        if let price { item.price = price }
        item.version += 1
      }
    case .remove(let sku): items[sku] = nil
    case .removeMany(let filters): _ = items.removeAll { item in filters.allSatisfy { $0.passes(item) } }
    case .adjustPrices(let sku, let adjustments):
      change(sku, now: now) { item in
        for adjustment in adjustments { item.adjustments[adjustment.referenceId] = adjustment }
      }
    }
  }

  /// Changes an item, or a new one where there is none yet.
  private mutating func change(_ sku: String, now: Timestamp, _ change: (inout CatalogItem) -> Void) {
    if var item = items[sku] {
      item.version += 1
      change(&item)
      items[sku] = item
    } else {
      lastItem += 1
      var item = CatalogItem(id: lastItem, created: now, sku: sku)
      change(&item)
      items[sku] = item
    }
  }

  /// As the sync answers it.
  func json(account: SandboxAccount) -> JSONValue {
    [
      "id": .integer(id), "created": .string(created.text), "accountId": .integer(SandboxState.accountId),
      "modified": .string(modified.text), "name": .string("catalog \(id)"), "description": "a catalog of the sandbox",
      "subscribedApplicationsIds": .identifiers(account.applications), "version": .integer(version), "createdBy": 1,
    ]
  }
}
