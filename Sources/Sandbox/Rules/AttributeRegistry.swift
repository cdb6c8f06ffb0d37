/// The attributes of the account, found by entity and name.
struct AttributeRegistry: Sendable {
  struct Attribute: Sendable {
    let id: Int
    let created: Timestamp
    let definition: SandboxAttribute
  }

  /// More members than this in one `attributes` object are refused.
  static let countLimit = 500
  /// So many attributes are defined at most by their first value.
  static let totalLimit = 10_000

  private struct Name: Hashable {
    let entity: String
    let name: String
  }

  let isStrict: Bool
  private(set) var all: [Attribute] = []
  private var places: [Name: Int] = [:]

  init(_ definitions: [SandboxAttribute], isStrict: Bool, now: Timestamp) {
    self.isStrict = isStrict
    for definition in definitions { define(definition, now: now) }
  }

  subscript(entity: String, name: String) -> Attribute? {
    places[Name(entity: entity, name: name)].map { all[$0] }
  }

  mutating func define(_ definition: SandboxAttribute, now: Timestamp) {
    let name = Name(entity: definition.entity, name: definition.name)
    guard places[name] == nil else { return }
    places[name] = all.count
    all.append(Attribute(id: 101 + all.count, created: now, definition: definition))
  }

  /// Checks an `attributes` object; attributes nobody defined are defined by their first value unless strict.
  mutating func check(
    _ attributes: JSONObject, of entity: String, at pointer: @autoclosure () -> String, now: Timestamp,
    _ problems: inout Problems
  ) {
    guard attributes.count <= Self.countLimit else {
      return problems.add("Too many attributes", "at most \(Self.countLimit) attributes an entity", at: pointer())
    }
    for member in attributes.members where member.value != .null || isStrict {
      if let known = self[entity, member.name] {
        if known.definition.type.accepts(member.value) || member.value == .null { continue }
        let article = known.definition.type.rawValue
        problems.add(
          "Invalid type",
          "Value of \"\(member.name)\" attribute (\(member.value.words.prefix(60))) is not a \(article)",
          at: pointer() + "/" + Self.escaped(member.name))
      } else if isStrict || all.count >= Self.totalLimit || !Self.isName(member.name) {
        problems.add(
          "Attribute not found", "The attribute \"\(member.name)\" is not defined on \(entity) entities.",
          at: pointer() + "/" + Self.escaped(member.name))
      } else if let type = AttributeType(firstUse: member.value) {
        define(SandboxAttribute(entity: entity, name: member.name, type: type), now: now)
      } else {
        problems.add(
          "Invalid type", "Value of \"\(member.name)\" attribute mixes types",
          at: pointer() + "/" + Self.escaped(member.name))
      }
    }
  }

  /// As the pattern `^[A-Za-z]\w*$` says.
  private static func isName(_ name: String) -> Bool {
    let bytes = name.utf8
    guard let first = bytes.first, isLetter(first) else { return false }
    return bytes.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_") }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) && byte < 0x80 }

  /// A name as one step of a JSON pointer (RFC 6901).
  private static func escaped(_ name: String) -> String {
    var escaped = ""
    for character in name {
      switch character {
      case "~": escaped += "~0"
      case "/": escaped += "~1"
      default: escaped.append(character)
      }
    }
    return escaped
  }
}
