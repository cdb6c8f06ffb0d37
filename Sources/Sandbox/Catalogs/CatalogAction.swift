/// One action of a catalog sync, understood.
///
/// See https://docs.talon.one/integration-api#tag/Catalogs/operation/syncCatalog.
enum CatalogAction: Sendable {
  enum Kind: String, CaseIterable {
    case add = "ADD"
    case patch = "PATCH"
    case patchMany = "PATCH_MANY"
    case remove = "REMOVE"
    case removeMany = "REMOVE_MANY"
    case adjustPrices = "ADD_PRICE_ADJUSTMENT"
  }

  /// What ADD and PATCH carry.
  struct Content: Sendable {
    var sku: String
    var price: String?
    var attributes: JSONObject?
    var product: String?
  }

  case add(Content, replaces: Bool)
  case patch(Content, creates: Bool)
  case patchMany([CatalogFilter], price: String?, attributes: JSONObject?)
  case remove(sku: String)
  case removeMany([CatalogFilter])
  case adjustPrices(sku: String, [PriceAdjustment])

  /// The item the action is about; nil for the actions about many.
  var sku: String? {
    switch self {
    case .add(let content, _), .patch(let content, _): content.sku
    case .remove(let sku), .adjustPrices(let sku, _): sku
    case .patchMany, .removeMany: nil
    }
  }
}

/// The price of an item under one price type.
struct PriceAdjustment: Sendable, Equatable {
  var priceType: String
  /// Nil: the price type no longer applies.
  var price: String?
  var referenceId: String
}
