extension SandboxState {
  static let collectionLimit = 500_000

  /// See https://docs.talon.one/management-api#tag/Collections/operation/importAccountCollection.
  @Sendable static func importAccountCollection(_ call: Call, _ state: inout SandboxState) throws(Refusal) -> Answer {
    try state.replaceItems(of: try state.collection(of: call, campaign: nil), call)
  }

  /// See https://docs.talon.one/management-api#tag/Collections/operation/importCollection.
  @Sendable static func importCollection(_ call: Call, _ state: inout SandboxState) throws(Refusal) -> Answer {
    let campaign = try state.campaign(of: call)
    return try state.replaceItems(of: try state.collection(of: call, campaign: campaign), call)
  }

  private mutating func replaceItems(of collection: ItemCollection, _ call: Call) throws(Refusal) -> Answer {
    claim("collection \(collection.id)", ["\(collection.id)"], by: call)
    var problems = Problems()
    var table = try CSVTable(call.upload, columns: ["item"], required: ["item"])
    var items: [String] = []
    while table.advance(&problems) {
      guard let item = table.text(0, &problems) else {
        problems.add("Invalid length", "item must not be empty", line: table.line)
        continue
      }
      guard items.count < Self.collectionLimit else {
        problems.add("Too many items", "a collection holds at most \(Self.collectionLimit) items", line: table.line)
        break
      }
      items.append(item)
    }
    guard problems.isEmpty else { throw .invalid(problems.all) }
    if refusesIdenticalUploads, items == collection.items {
      throw Refusal(
        status: 400, message: "The data is identical to the content of collection \(collection.id)", problems: nil)
    }
    collections[collection.id]?.items = items
    collections[collection.id]?.modified = call.now
    return noteImport(of: "Collection", amount: items.count, now: call.now)
  }

  /// The collection of the path, which must be of the account or of the campaign of the path.
  func collection(of call: Call, campaign: Int?) throws(Refusal) -> ItemCollection {
    let id = try call.identifier("collectionId")
    guard let collection = collections[id], collection.campaign == campaign else {
      throw .missing("Collection \(id) was not found")
    }
    return collection
  }

  /// See https://docs.talon.one/management-api#tag/Collections/operation/getCollectionItems.
  @Sendable static func listItems(_ call: Call, _ state: inout SandboxState) throws(Refusal) -> Answer {
    let id = try call.identifier("collectionId")
    guard let items = state.collections[id]?.items else { throw .missing("Collection \(id) was not found") }
    let paging = try Paging(call)
    let rest = items.dropFirst(paging.skip)
    let page = rest.prefix(paging.size).map { item -> JSONValue in ["item": .string(item)] }
    return .json(["hasMore": .boolean(rest.count > page.count), "data": .array(page)])
  }

  /// See https://docs.talon.one/management-api#tag/Collections/operation/getAccountCollection.
  @Sendable static func readAccountCollection(_ call: Call, _ state: inout SandboxState) throws(Refusal) -> Answer {
    .json(try state.collection(of: call, campaign: nil).json(account: state.account, withItems: true))
  }

  /// See https://docs.talon.one/management-api#tag/Collections/operation/getCollection.
  @Sendable static func readCollection(_ call: Call, _ state: inout SandboxState) throws(Refusal) -> Answer {
    let campaign = try state.campaign(of: call)
    return .json(try state.collection(of: call, campaign: campaign).json(account: state.account, withItems: true))
  }

  /// See https://docs.talon.one/management-api#tag/Collections/operation/listAccountCollections.
  @Sendable static func listAccountCollections(_ call: Call, _ state: inout SandboxState) throws(Refusal) -> Answer {
    try state.collections(of: nil, call)
  }

  /// See https://docs.talon.one/management-api#tag/Collections/operation/listCollections.
  @Sendable static func listCollections(_ call: Call, _ state: inout SandboxState) throws(Refusal) -> Answer {
    try state.collections(of: try state.campaign(of: call), call)
  }

  private func collections(of campaign: Int?, _ call: Call) throws(Refusal) -> Answer {
    let paging = try Paging(call)
    let name = call.first("name")
    let wanted = collections.values.filter { collection in
      collection.campaign == campaign && (name.map { $0 == collection.name } ?? true)
    }
    let rest = wanted.sorted { $0.id < $1.id }.dropFirst(paging.skip)
    let page = rest.prefix(paging.size).map { $0.json(account: account, withItems: false) }
    if try call.flag("withTotalResultSize") {
      return .json(["totalResultSize": .integer(wanted.count), "data": .array(page)])
    }
    return .json(["hasMore": .boolean(rest.count > page.count), "data": .array(page)])
  }
}
