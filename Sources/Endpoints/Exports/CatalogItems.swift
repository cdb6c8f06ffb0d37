import Records

/// The items of cart item catalogs.
extension ExportEndpoint {
  package static let catalogItems = ExportEndpoint(
    name: "catalog-items",
    title: "Export the items of a cart item catalog",
    reference: "https://docs.talon.one/management-api#tag/Catalogs/operation/listCatalogItems",
    api: .management,
    path: "/v1/catalogs/{catalogId}/items",
    settings: [Setting("catalogId", .id, .path, "The catalog.", isRequired: true)],
    kind: .pages(size: 1000, id: "id"),
    columns: .named(
      "id,created,sku,price,catalogid,version,attributes,product", json: ["attributes", "product"],
      numbers: ["id", "price", "catalogid", "version"], times: ["created"]),
    requestsPerSecond: 3,
    notes: ["Items that come in or go while the list is read may be missed: the API pages by position."])
}
