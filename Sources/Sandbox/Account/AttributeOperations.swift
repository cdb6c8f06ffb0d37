extension SandboxState {
  /// See https://docs.talon.one/management-api#tag/Attributes/operation/getAttributes.
  @Sendable static func listAttributes(_ call: Call, _ state: inout SandboxState) throws(Refusal) -> Answer {
    let paging = try Paging(call)
    let wanted = state.attributes.all.filter { attribute in
      let definition = attribute.definition
      return (call.first("entity").map { $0 == definition.entity } ?? true)
        && (call.first("type").map { $0 == definition.type.rawValue } ?? true)
        && (call.first("kind").map { $0 == "custom" } ?? true)
        && (call.first("search").map { definition.name.lowercased().contains($0.lowercased()) } ?? true)
    }
    let page = wanted.dropFirst(paging.skip).prefix(paging.size).map(state.json)
    return .json(["totalResultSize": .integer(wanted.count), "data": .array(page)])
  }

  private func json(_ attribute: AttributeRegistry.Attribute) -> JSONValue {
    let definition = attribute.definition
    return [
      "id": .integer(attribute.id), "created": .string(attribute.created.text),
      "accountId": .integer(Self.accountId), "entity": .string(definition.entity), "name": .string(definition.name),
      "title": .string(definition.name), "type": .string(definition.type.rawValue),
      "description": .string("the attribute \(definition.name)"), "suggestions": [], "hasAllowedList": false,
      "restrictedBySuggestions": false, "editable": true,
      "subscribedApplicationsIds": .identifiers(account.applications),
      "subscribedCatalogsIds": .identifiers(definition.entity == "CartItem" ? account.catalogs : []),
    ]
  }
}
