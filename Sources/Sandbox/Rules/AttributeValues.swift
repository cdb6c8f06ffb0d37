/// The attributes of one item or profile, in the order in which they first came.
struct AttributeValues: Sendable, Equatable {
  private(set) var members: [JSONObject.Member] = []

  init() {}

  init(_ object: JSONObject) { merge(object) }

  subscript(name: String) -> JSONValue? { members.first { $0.name == name }?.value }

  var json: JSONValue { .object(JSONObject(members: members)) }

  /// Sets what is given and keeps the rest; null takes an attribute away.
  mutating func merge(_ object: JSONObject) {
    for member in object.members {
      let place = members.firstIndex { $0.name == member.name }
      switch (place, member.value) {
      case (let place?, .null): members.remove(at: place)
      case (let place?, _): members[place].value = member.value
      case (nil, .null): break
      case (nil, _): members.append(member)
      }
    }
  }
}
