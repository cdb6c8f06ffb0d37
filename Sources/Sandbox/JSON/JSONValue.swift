/// A JSON document whose numbers keep their digits: `12.10` stays `12.10`, an identifier of twenty digits stays whole.
package enum JSONValue: Sendable, Hashable {
  case null
  case boolean(Bool)
  case number(String)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)

  static func integer(_ value: Int) -> JSONValue { .number(String(value)) }

  static func identifiers(_ values: some Sequence<Int>) -> JSONValue { .array(values.sorted().map(integer)) }

  /// The integer the number spells exactly; `3.0` and `1e2` are not integers.
  var integer: Int? {
    guard case .number(let digits) = self else { return nil }
    return Int(digits)
  }

  var object: JSONObject? {
    guard case .object(let object) = self else { return nil }
    return object
  }

  package subscript(name: String) -> JSONValue? {
    guard case .object(let object) = self else { return nil }
    return object[name]
  }

  package subscript(position: Int) -> JSONValue? {
    guard case .array(let values) = self, values.indices.contains(position) else { return nil }
    return values[position]
  }

  /// The value as it would be written, for the words of a refusal.
  var words: String { String(decoding: JSONWriter.bytes(of: self), as: UTF8.self) }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
  package init(stringLiteral value: String) { self = .string(value) }
  package init(integerLiteral value: Int) { self = .integer(value) }
  package init(booleanLiteral value: Bool) { self = .boolean(value) }
}

extension JSONValue: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral {
  package init(dictionaryLiteral elements: (String, JSONValue)...) { self = .object(JSONObject(elements)) }
  package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
}
