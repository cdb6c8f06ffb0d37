extension Operation {
  private static let campaign = "/v1/applications/{applicationId}/campaigns/{campaignId}"
  private static let program = "/v1/loyalty_programs/{loyaltyProgramId}"

  /// What coupons, collections, loyalty points, events and sessions are brought in with, and read back with.
  static let imports: [Operation] = coupons + collections + loyalty

  private static let coupons: [Operation] = [
    Operation(
      name: "importCoupons", method: "POST", path: campaign + "/import_coupons", access: .management,
      takesUpload: true, answer: SandboxState.importCoupons),
    Operation(
      name: "getCouponsWithoutTotalCount", method: "GET", path: campaign + "/coupons/no_total", access: .management,
      answer: SandboxState.listCoupons),
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
}
