import Records

/// Cart item catalogs: items that carts are priced from.
extension ImportEndpoint {
  package static let catalogSync = ImportEndpoint(
    name: "catalog.sync",
    title: "Sync a cart item catalog",
    reference: "https://docs.talon.one/integration-api#tag/Catalogs/operation/syncCatalog",
    api: .integration,
    method: .put,
    path: "/v1/catalogs/{catalogId}/sync",
    shape: .envelope(array: "actions"),
    settings: [
      Setting("catalogId", .id, .path, "The catalog. Catalogs are created in the Campaign Manager.", isRequired: true),
      Setting(
        "replaceIfExists", .flag, .item("payload.replaceIfExists"), "Replace an item whose SKU exists already.",
        actions: ["ADD"]),
      Setting(
        "createIfNotExists", .flag, .item("payload.createIfNotExists"), "Add an item whose SKU does not exist yet.",
        actions: ["PATCH"]),
      Setting(
        "version", .integer(1...Int.max), .body, "The catalog version to apply the actions to. Leave it out in bulk."),
      Setting(
        "allowAll", .flag, .confirmation,
        "Needed by PATCH_MANY and REMOVE_MANY without filters: they touch every item.",
        actions: ["PATCH_MANY", "REMOVE_MANY"]),
    ],
    actions: Actions(
      "action", at: "type", ["ADD", "PATCH", "PATCH_MANY", "REMOVE", "REMOVE_MANY", "ADD_PRICE_ADJUSTMENT"],
      payload: "payload", isOnePerRequest: true, removals: ["REMOVE", "REMOVE_MANY"],
      cumulative: ["ADD_PRICE_ADJUSTMENT"],
      "What is done with the item. One request holds one kind only."),
    fields: [
      Field(
        "sku", at: "payload.sku", .value(.string), "The item's SKU, once a request.",
        actions: ["ADD", "PATCH", "REMOVE", "ADD_PRICE_ADJUSTMENT"],
        required: ["ADD", "PATCH", "REMOVE", "ADD_PRICE_ADJUSTMENT"], isKey: true, length: 1...Int.max),
      Field(
        "price", at: "payload.price", .value(.number), "The price. Left out, an existing item keeps its own.",
        actions: ["ADD", "PATCH", "PATCH_MANY"]),
      Field(
        "product.name", at: "payload.product.name", .value(.string),
        "The product the item belongs to. Left out, the item loses the product it had.", actions: ["ADD", "PATCH"]),
      Field(
        "attributes.*", at: "payload.attributes.*", .open,
        "Cart item attributes. They must exist and be connected to the catalog.",
        actions: ["ADD", "PATCH", "PATCH_MANY"]),
      Field(
        "filters", at: "payload.filters",
        .filters(operators: ["EQ", "LT", "LE", "GT", "GE", "IN"], numericOperators: ["LT", "LE", "GT", "GE"]),
        "Which items are meant: conditions on attributes, all of which must hold.",
        actions: ["PATCH_MANY", "REMOVE_MANY"]),
      Field(
        "adjustments.priceType", at: "payload.adjustments[].priceType", .value(.string), "The price type.",
        actions: ["ADD_PRICE_ADJUSTMENT"], required: ["ADD_PRICE_ADJUSTMENT"], length: 1...Int.max),
      Field(
        "adjustments.price", at: "payload.adjustments[].price", .value(.number),
        "The price of this type; null stops applying it.", actions: ["ADD_PRICE_ADJUSTMENT"],
        required: ["ADD_PRICE_ADJUSTMENT"], takesNull: true),
      Field(
        "adjustments.referenceId", at: "payload.adjustments[].referenceId", .value(.string),
        "What makes this adjustment the same one when it is sent again.", actions: ["ADD_PRICE_ADJUSTMENT"],
        required: ["ADD_PRICE_ADJUSTMENT"], length: 1...Int.max),
      Field(
        "adjustments.calculatedAt", at: "payload.adjustments[].calculatedAt", .value(.time), "When it was calculated.",
        actions: ["ADD_PRICE_ADJUSTMENT"]),
      Field(
        "adjustments.effectiveFrom", at: "payload.adjustments[].effectiveFrom", .value(.time), "When it begins.",
        actions: ["ADD_PRICE_ADJUSTMENT"]),
      Field(
        "adjustments.effectiveUntil", at: "payload.adjustments[].effectiveUntil", .value(.time), "When it ends.",
        actions: ["ADD_PRICE_ADJUSTMENT"]),
      Field(
        "adjustments.contextId", at: "payload.adjustments[].contextId", .value(.string), "The context it belongs to.",
        actions: ["ADD_PRICE_ADJUSTMENT"]),
    ],
    advice: [
      Advice(
        .warning, actions: ["PATCH"], unlessMapped: "product.name",
        "'product.name' is not mapped: the API sets the product of every patched item to null"),
      Advice(
        .warning, actions: ["ADD"], whenSetting: "replaceIfExists", unlessMapped: "product.name",
        "'product.name' is not mapped: the API sets the product of every replaced item to null"),
      Advice(
        .error, actions: ["PATCH_MANY", "REMOVE_MANY"], unlessMapped: "filters", unlessSetting: "allowAll",
        "without 'filters' this touches every item of the catalog; map 'filters', or say 'allowAll: true' in 'settings'"
      ),
    ],
    limits: Limits(items: 1000, window: 1),
    safety: .safe,
    notes: [
      "The API asks for one request at a time; raise 'delivery.window' only against a system that allows it.",
      "A SKU comes once a request: the job's 'duplicates' settles it before the server sees it.",
    ])
}
