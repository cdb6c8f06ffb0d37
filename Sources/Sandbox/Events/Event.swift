/// A custom event of a profile.
struct Event: Sendable {
  let id: Int
  let created: Timestamp
  let application: Int
  let type: String
  let profile: String
  var attributes: JSONObject
  var store: String?
  /// The caller's own name for it; only advanced events have one.
  var integrationId: String?
  /// The closed session it belongs to.
  var session: String?

  /// As the Integration API describes it.
  var json: JSONValue {
    var object = common
    object.append("profileId", .string(profile))
    if let session { object.append("connectedSessionId", .string(session)) }
    return .object(object)
  }

  /// As the list of an Application describes it: profile and session by their numbers.
  func listed(profile: Int?, session: Int?) -> JSONValue {
    var object = common
    if let profile { object.append("profileId", .integer(profile)) }
    if let session { object.append("sessionId", .integer(session)) }
    return .object(object)
  }

  private var common: JSONObject {
    var object = JSONObject([
      ("id", .integer(id)), ("created", .string(created.text)), ("applicationId", .integer(application)),
      ("type", .string(type)), ("attributes", .object(attributes)), ("effects", .array([])),
    ])
    if let store { object.append("storeIntegrationId", .string(store)) }
    if let integrationId { object.append("integrationId", .string(integrationId)) }
    return object
  }
}
