extension Operation {
  private static let campaign = "/v1/applications/{applicationId}/campaigns/{campaignId}"
  private static let program = "/v1/loyalty_programs/{loyaltyProgramId}"

  /// What coupons, collections, loyalty points, events and sessions are brought in with, and read back with.
  static let imports: [Operation] = coupons + collections + loyalty + events + sessions

  private static let coupons: [Operation] = [
    Operation(
      name: "importCoupons", method: "POST", path: campaign + "/import_coupons", access: .management,
      takesUpload: true, answer: SandboxState.importCoupons),
    Operation(
      name: "getCouponsWithoutTotalCount", method: "GET", path: campaign + "/coupons/no_total", access: .management,
      answer: SandboxState.listCoupons),
    Operation(
      name: "createCouponReservation", method: "POST", path: "/v1/coupon_reservations/{couponValue}",
      access: .integration, takesBody: true, answer: SandboxState.reserveCoupon),
    Operation(
      name: "deleteCouponReservation", method: "DELETE", path: "/v1/coupon_reservations/{couponValue}",
      access: .integration, takesBody: true, answer: SandboxState.releaseCoupon),
    Operation(
      name: "getReservedCustomers", method: "GET", path: "/v1/coupon_reservations/customerprofiles/{couponValue}",
      access: .integration, answer: SandboxState.listReservedCustomers),
  ]

  private static let collections: [Operation] = [
    Operation(
      name: "importAccountCollection", method: "POST", path: "/v1/collections/{collectionId}/import",
      access: .management, takesUpload: true, answer: SandboxState.importAccountCollection),
    Operation(
      name: "importCollection", method: "POST", path: campaign + "/collections/{collectionId}/import",
      access: .management, takesUpload: true, answer: SandboxState.importCollection),
    Operation(
      name: "getCollectionItems", method: "GET", path: "/v1/collections/{collectionId}/items", access: .management,
      answer: SandboxState.listItems),
    Operation(
      name: "listAccountCollections", method: "GET", path: "/v1/collections", access: .management,
      answer: SandboxState.listAccountCollections),
    Operation(
      name: "getAccountCollection", method: "GET", path: "/v1/collections/{collectionId}", access: .management,
      answer: SandboxState.readAccountCollection),
    Operation(
      name: "listCollections", method: "GET", path: campaign + "/collections", access: .management,
      answer: SandboxState.listCollections),
    Operation(
      name: "getCollection", method: "GET", path: campaign + "/collections/{collectionId}", access: .management,
      answer: SandboxState.readCollection),
  ]

  private static let loyalty: [Operation] = [
    Operation(
      name: "addLoyaltyPoints", method: "PUT", path: program + "/profile/{integrationId}/add_points",
      access: .management, takesBody: true, answer: SandboxState.addPoints),
    Operation(
      name: "removeLoyaltyPoints", method: "PUT", path: program + "/profile/{integrationId}/deduct_points",
      access: .management, takesBody: true, answer: SandboxState.deductPoints),
    Operation(
      name: "getLoyaltyProgramTransactions", method: "GET", path: program + "/transactions", access: .management,
      answer: SandboxState.listTransactions),
    Operation(
      name: "getLoyaltyProgramProfileLedgerTransactions", method: "GET",
      path: program + "/profile/{integrationId}/ledger_transactions", access: .management,
      answer: SandboxState.listLedgerTransactions),
    Operation(
      name: "getLoyaltyBalances", method: "GET", path: program + "/profile/{integrationId}/balances",
      access: .integration, answer: SandboxState.readBalances),
  ]

  private static let events: [Operation] = [
    Operation(
      name: "trackEventV2", method: "POST", path: "/v2/events", access: .integration, takesBody: true,
      isKeyed: true, answer: SandboxState.trackEvent),
    Operation(
      name: "trackEventV3", method: "POST", path: "/v3/events", access: .integration, takesBody: true,
      answer: SandboxState.trackAdvancedEvent),
    Operation(
      name: "getEventV3", method: "GET", path: "/v3/events/{integrationId}", access: .integration,
      answer: SandboxState.readEvent),
    Operation(
      name: "getApplicationEventsWithoutTotalCount", method: "GET",
      path: "/v1/applications/{applicationId}/events/no_total", access: .management,
      answer: SandboxState.listEvents),
  ]

  private static let sessions: [Operation] = [
    Operation(
      name: "updateCustomerSessionV2", method: "PUT", path: "/v2/customer_sessions/{customerSessionId}",
      access: .integration, takesBody: true, isKeyed: true, answer: SandboxState.updateSession),
    Operation(
      name: "getCustomerSession", method: "GET", path: "/v2/customer_sessions/{customerSessionId}",
      access: .integration, answer: SandboxState.readSession),
    Operation(
      name: "getApplicationSessions", method: "GET", path: "/v1/applications/{applicationId}/sessions",
      access: .management, answer: SandboxState.listSessions),
  ]
}
