import Records

/// Puts values into one row's JSON by path: `payload.adjustments[].price`.
struct TemplateTree {
  private(set) var root = TemplateNode.object([])

  /// The member of the root named `key`.
  subscript(key: String) -> TemplateNode? {
    guard case .object(let members) = root else { return nil }
    return members.first { $0.key == key }?.node
  }

  /// - `path`: components joined by points; `[]` after one makes it an array of one object.
  /// - `last`: a further component that may hold points itself, such as an attribute's name.
  mutating func insert(_ leaf: TemplateNode, at path: String, last: String? = nil) {
    let components = path.split(separator: ".").map(String.init) + (last.map { [$0] } ?? [])
    root = Self.inserting(leaf, at: components[...], into: root)
  }

  private static func inserting(
    _ leaf: TemplateNode, at path: ArraySlice<String>, into node: TemplateNode
  ) -> TemplateNode {
    guard let component = path.first, case .object(var members) = node else { return leaf }
    let isArray = component.hasSuffix("[]") && path.count > 1
    let key = isArray ? String(component.dropLast(2)) : component
    let index = members.firstIndex { $0.key == key }
    if path.count == 1 {
      members.append(TemplateMember(key, leaf))
      return .object(members)
    }
    var child = index.map { members[$0].node } ?? (isArray ? .array([.object([])]) : .object([]))
    if isArray, case .array(let elements) = child, let first = elements.first {
      child = .array([inserting(leaf, at: path.dropFirst(), into: first)])
    } else {
      child = inserting(leaf, at: path.dropFirst(), into: child)
    }
    if let index { members[index].node = child } else { members.append(TemplateMember(key, child)) }
    return .object(members)
  }

  /// Lets the object at `path` take every member no column is mapped from.
  mutating func insertRest(at path: String, _ rule: ValueRule) {
    insert(.value(TemplateValue(.rest, rule)), at: path, last: "")
  }
}
