/// The members of a JSON object in the order they were written; of a name given twice the last one counts.
package struct JSONObject: Sendable {
  package struct Member: Sendable, Equatable {
    package let name: String
    package var value: JSONValue
  }

  package private(set) var members: [Member] = []

  init() {}

  init(members: [Member]) { self.members = members }

  init(_ pairs: some Sequence<(String, JSONValue)>) { members = pairs.map { Member(name: $0.0, value: $0.1) } }

  var count: Int { members.count }

  package subscript(name: String) -> JSONValue? { members.last { $0.name == name }?.value }

  mutating func append(_ name: String, _ value: JSONValue) { members.append(Member(name: name, value: value)) }
}

extension JSONObject: Hashable {
  /// Order and overwritten members do not matter.
  package static func == (one: JSONObject, other: JSONObject) -> Bool { one.lastOnes == other.lastOnes }

  package func hash(into hasher: inout Hasher) { hasher.combine(lastOnes) }

  private var lastOnes: [String: JSONValue] {
    Dictionary(members.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last })
  }
}
