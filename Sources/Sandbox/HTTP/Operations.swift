extension Operation {
  /// Everything the sandbox answers: an operation more is one entry in a list and one function in the file of its
  /// entity.
  static let all = core + imports + exports

  private static let core: [Operation] = [
    Operation(
      name: "syncCatalog", method: "PUT", path: "/v1/catalogs/{catalogId}/sync", access: .integration,
      takesBody: true, answer: SandboxState.syncCatalog),
    Operation(
      name: "listCatalogItems", method: "GET", path: "/v1/catalogs/{catalogId}/items", access: .management,
      answer: SandboxState.listCatalogItems),
    Operation(
      name: "updateCustomerProfilesV2", method: "PUT", path: "/v2/customer_profiles", access: .integration,
      takesBody: true, isKeyed: true, answer: SandboxState.updateProfiles),
    Operation(
      name: "updateCustomerProfileV2", method: "PUT", path: "/v2/customer_profiles/{integrationId}",
      access: .integration, takesBody: true, isKeyed: true, answer: SandboxState.updateProfile),
    Operation(
      name: "updateCustomerProfileAudiences", method: "POST", path: "/v2/customer_audiences", access: .integration,
      takesBody: true, answer: SandboxState.updateAudiences),
    Operation(
      name: "getCustomerProfiles", method: "GET", path: "/v1/customers/no_total", access: .management,
      answer: SandboxState.listProfiles),
    Operation(
      name: "getCustomersByAttributes", method: "POST", path: "/v1/customer_search/no_total", access: .management,
      takesBody: true, answer: SandboxState.searchProfiles),
    Operation(
      name: "getAudiences", method: "GET", path: "/v1/audiences", access: .management,
      answer: SandboxState.listAudiences),
    Operation(
      name: "getAudienceMemberships", method: "GET", path: "/v1/audiences/{audienceId}/memberships",
      access: .management, answer: SandboxState.listMemberships),
    Operation(
      name: "getApplication", method: "GET", path: "/v1/applications/{applicationId}", access: .management,
      answer: SandboxState.readApplication),
    Operation(
      name: "getAttributes", method: "GET", path: "/v1/attributes", access: .management,
      answer: SandboxState.listAttributes),
    Operation(
      name: "sandboxStatistics", method: "GET", path: "/sandbox/statistics", access: .open,
      answer: SandboxState.readStatistics),
  ]
}
