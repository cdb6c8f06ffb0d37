extension SandboxState {
  /// See https://docs.talon.one/integration-api#tag/Catalogs/operation/syncCatalog.
  @Sendable static func syncCatalog(_ call: Call, _ state: inout SandboxState) throws(Refusal) -> Answer {
    let id = try call.identifier("catalogId")
    guard state.catalogs[id] != nil else { throw .missing("Catalog \(id) was not found") }
    state.claim("catalog \(id)", skus(call.body), by: call)
    guard var catalog = state.catalogs.removeValue(forKey: id) else { throw .missing("Catalog \(id) was not found") }
    defer { state.catalogs[id] = catalog }
    let count = try catalog.sync(call.body, registry: &state.attributes, now: call.now)
    return .json(catalog.json(account: state.account), accepted: count)
  }

  private static func skus(_ body: JSONValue) -> [String] {
    guard case .array(let actions)? = body["actions"] else { return [] }
    return actions.compactMap { action in
      guard case .string(let sku)? = action["payload"]?["sku"] else { return nil }
      return sku
    }
  }

  /// See https://docs.talon.one/management-api#tag/Catalogs/operation/listCatalogItems.
  @Sendable static func listCatalogItems(_ call: Call, _ state: inout SandboxState) throws(Refusal) -> Answer {
    let id = try call.identifier("catalogId")
    guard let catalog = state.catalogs[id] else { throw .missing("Catalog \(id) was not found") }
    let paging = try Paging(call)
    let listing = CatalogListing(
      catalog: catalog, samples: state.samples, skus: Set(call.every("sku")), products: Set(call.every("productNames")))
    let page = listing.page(skip: state.quirks.start(paging.skip), limit: paging.size)
    let items = page.values.map { $0.json(catalog: id, registry: state.attributes) }
    if try call.flag("withTotalResultSize") {
      return .json(["totalResultSize": .integer(listing.total), "data": .array(items)])
    }
    return .json(["hasMore": .boolean(page.hasMore || state.quirks.alwaysHasMore), "data": .array(items)])
  }
}
