/// What is wrong with one request, gathered while reading it.
struct Problems {
  private(set) var all: [Refusal.Problem] = []

  var isEmpty: Bool { all.isEmpty }

  /// As many as an answer lists; reading on would be wasted.
  var isFull: Bool { all.count >= Refusal.problemLimit }

  mutating func add(_ title: String, _ details: String, at pointer: @autoclosure () -> String) {
    all.append(Refusal.Problem(title, details, at: pointer()))
  }

  mutating func add(_ title: String, _ details: String, line: Int) {
    all.append(Refusal.Problem(title: title, details: details, source: .line(line)))
  }

  /// The string at the pointer: required, not empty, at most `limit` characters.
  mutating func text(_ value: JSONValue?, at pointer: @autoclosure () -> String, limit: Int = 1000) -> String? {
    guard case .string(let text)? = value else {
      wrongType(value, "a string", at: pointer())
      return nil
    }
    guard !text.isEmpty, text.utf8.count <= limit || text.count <= limit else {
      add("Invalid length", "must be 1 to \(limit) characters long", at: pointer())
      return nil
    }
    return text
  }

  mutating func integer(_ value: JSONValue?, at pointer: @autoclosure () -> String) -> Int? {
    if let integer = value?.integer { return integer }
    wrongType(value, "an integer", at: pointer())
    return nil
  }

  /// The digits of a number that may be missing or null.
  mutating func optionalNumber(_ value: JSONValue?, at pointer: @autoclosure () -> String) -> String? {
    switch value {
    case nil, .null?: return nil
    case .number(let digits)?: return digits
    case let other?:
      wrongType(other, "a number", at: pointer())
      return nil
    }
  }

  mutating func optionalBoolean(_ value: JSONValue?, at pointer: @autoclosure () -> String) -> Bool {
    switch value {
    case nil, .null?: return false
    case .boolean(let truth)?: return truth
    case let other?:
      wrongType(other, "a boolean", at: pointer())
      return false
    }
  }

  /// An object that may be missing or null.
  mutating func optionalObject(_ value: JSONValue?, at pointer: @autoclosure () -> String) -> JSONObject? {
    switch value {
    case nil, .null?: return nil
    case .object(let object)?: return object
    case let other?:
      wrongType(other, "an object", at: pointer())
      return nil
    }
  }

  mutating func optionalMoment(_ value: JSONValue?, at pointer: @autoclosure () -> String) {
    switch value {
    case nil, .null?: break
    case .string(let text)? where RFC3339.accepts(text): break
    case let other?: wrongType(other, "an RFC 3339 date-time", at: pointer())
    }
  }

  mutating func wrongType(_ value: JSONValue?, _ expected: String, at pointer: @autoclosure () -> String) {
    let pointer = pointer()
    let name = pointer.split(separator: "/").last.map(String.init) ?? "body"
    guard let value else { return add("Required", "\(name) is required", at: pointer) }
    add("Invalid type", "Value of \"\(name)\" (\(value.words.prefix(60))) is not \(expected)", at: pointer)
  }

  /// The list a bulk request carries; at most `limit` elements, and none is as wrong as no list.
  mutating func list(_ body: JSONValue, _ name: String, limit: Int) -> [JSONValue] {
    guard case .array(let list)? = body[name] else {
      wrongType(body[name], "a list", at: "/" + name)
      return []
    }
    guard list.count <= limit else {
      add("Invalid length", "must hold at most \(limit) elements, not \(list.count)", at: "/" + name)
      return []
    }
    return list
  }

  mutating func optionalList(_ value: JSONValue?, at pointer: @autoclosure () -> String) -> [JSONValue]? {
    switch value {
    case nil, .null?: return nil
    case .array(let list)?: return list
    case let other?:
      wrongType(other, "a list", at: pointer())
      return nil
    }
  }

  /// The audiences of `adds` and `deletes`; where there are changes both are needed.
  mutating func audiences(_ value: JSONValue?, isNeeded: Bool, at pointer: String) -> [Int] {
    guard isNeeded else { return [] }
    guard case .array(let list)? = value else {
      wrongType(value, "a list", at: pointer)
      return []
    }
    return list.enumerated().compactMap { position, value in integer(value, at: pointer + "/\(position)") }
  }
}
