/// What a list of catalog items shows: those that were synced, and behind them the sample items.
///
/// A synced item with the SKU of a sample item takes its place among the samples.
struct CatalogListing {
  let catalog: Catalog
  let samples: SampleSet
  /// SKUs and names of products asked for; none asks for all.
  let skus: Set<String>
  let products: Set<String>

  private var isWhole: Bool { skus.isEmpty && products.isEmpty }

  var total: Int {
    if samples.count == 0 { return isWhole ? catalog.items.count : catalog.items.count(where: passes) }
    return syncedCount + (isWhole ? samples.count : wantedSlots.count)
  }

  func page(skip: Int, limit: Int) -> (values: [CatalogItem], hasMore: Bool) {
    guard samples.count > 0 else {
      if isWhole { return catalog.items.page(skip: skip, limit: limit) }
      return catalog.items.page(skip: skip, limit: limit, where: passes)
    }
    let synced = catalog.items.page(skip: skip, limit: limit, where: isSynced)
    if synced.hasMore { return synced }
    let behind = max(0, skip - syncedCount)
    let left = limit - synced.values.count
    func part(_ rest: some RandomAccessCollection<Int>) -> (values: [CatalogItem], hasMore: Bool) {
      (synced.values + rest.prefix(left).map(item), rest.count > left)
    }
    if isWhole { return part((0..<samples.count).dropFirst(behind)) }
    return part(wantedSlots.dropFirst(behind))
  }

  private func passes(_ item: CatalogItem) -> Bool {
    (skus.isEmpty || skus.contains(item.sku))
      && (products.isEmpty || item.product.map(products.contains) ?? false)
  }

  private func isSynced(_ item: CatalogItem) -> Bool {
    passes(item) && SampleItem.number(item.sku).map { $0 >= samples.count } ?? true
  }

  private var syncedCount: Int { catalog.items.count(where: isSynced) }

  /// The numbers of the sample items that pass, in order.
  private var wantedSlots: [Int] {
    let overridden = Set(
      catalog.items.page(skip: 0, limit: .max) { SampleItem.number($0.sku) != nil }.values
        .compactMap { SampleItem.number($0.sku) })
    let products = SampleNames.items.map { self.products.isEmpty || self.products.contains($0.text) }
    let isWanted = { (number: Int) in
      overridden.contains(number) ? passes(item(number)) : products[number % products.count]
    }
    guard skus.isEmpty else {
      return skus.compactMap(SampleItem.number).filter { $0 < samples.count && isWanted($0) }.sorted()
    }
    return (0..<samples.count).filter(isWanted)
  }

  private func item(_ number: Int) -> CatalogItem {
    let sku = SampleItem.sku(number)
    if let synced = catalog.items[sku] { return synced }
    let created = Timestamp(microseconds: samples.created(number) * 1_000_000)
    var item = CatalogItem(id: 1_000_000_000 + number, created: created, sku: sku)
    let cents = SampleItem.cents(number)
    item.price = cents % 100 == 0 ? "\(cents / 100)" : "\(cents / 100).\(cents % 100 < 10 ? "0" : "")\(cents % 100)"
    item.attributes = AttributeValues(JSONObject([("color", .string(SampleItem.color(number).text))]))
    item.product = SampleItem.product(number).text
    return item
  }
}
