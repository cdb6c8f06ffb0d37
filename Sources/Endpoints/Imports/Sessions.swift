import Records

/// Customer sessions: carts on their way to becoming orders.
extension ImportEndpoint {
  package static let sessionsUpdate = ImportEndpoint(
    name: "sessions.update",
    title: "Create or update customer sessions",
    reference: "https://docs.talon.one/integration-api#tag/Customer-sessions/operation/updateCustomerSessionV2",
    api: .integration,
    method: .put,
    path: "/v2/customer_sessions/{sessionId}",
    shape: .single(
      wrapper: "customerSession", fold: Fold(array: "cartItems", sum: "quantity", maximumSum: 10_000)),
    settings: [],
    fields: [
      Field(
        "sessionId", at: "", .value(.string), "The session's id in your systems.", required: ["*"], isAddress: true,
        isSerial: true, length: 1...1000),
      Field("profileId", at: "profileId", .value(.string), "The customer; none is anonymous.", isSerial: true),
      Field(
        "state", at: "state", .value(.string), "What the session is now. A closed one cannot be updated.",
        canBeSetting: true, choices: ["open", "closed", "partially_returned", "cancelled"]),
      Field("cartItems", at: "cartItems", .value(.json), "The whole cart as JSON: a list of items."),
      Field("cartItems.sku", at: "cartItems[].sku", .value(.string), "The SKU of one line.", length: 1...Int.max),
      Field("cartItems.quantity", at: "cartItems[].quantity", .value(.integer), "How many of it.", minimum: "1"),
      Field("cartItems.name", at: "cartItems[].name", .value(.string), "The item's name."),
      Field("cartItems.price", at: "cartItems[].price", .value(.number), "The price; a catalog can have it instead."),
      Field("cartItems.category", at: "cartItems[].category", .value(.string), "The category."),
      Field("cartItems.attributes.*", at: "cartItems[].attributes.*", .open, "Cart item attributes. They must exist."),
      Field("couponCodes", at: "couponCodes", .value(.list), "Coupons. An empty list discards those given before."),
      Field("referralCode", at: "referralCode", .value(.string), "The referral.", length: 0...100),
      Field("loyaltyCards", at: "loyaltyCards", .value(.list), "The loyalty card, a list of at most one."),
      Field("identifiers", at: "identifiers", .value(.list), "Up to five texts that tell customers apart."),
      Field("storeIntegrationId", at: "storeIntegrationId", .value(.string), "The store.", length: 1...1000),
      Field("additionalCosts", at: "additionalCosts", .value(.json), "Costs by name, each with its price."),
      Field("attributes.*", at: "attributes.*", .open, "Session attributes. They must exist."),
    ],
    limits: Limits(items: 1000, window: 8),
    safety: .keyed,
    notes: [
      "With 'cartItems.…' mapped, lines of one session that stand together become one request; it goes whole or not at all.",
      "Rules are evaluated: closing a session triggers effects.",
    ])
}
