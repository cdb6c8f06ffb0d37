extension MappingReader {
  /// A reader of the mapping under a key.
  package func mapping(_ key: String, required: Bool = false) -> MappingReader? {
    guard let node = value(key, required: required) else { return nil }
    guard case .mapping = node.content else {
      issues.report(at: node.place, "\(quoted(key)) must be a mapping, found \(node.found)")
      return nil
    }
    return MappingReader(node, as: key, at: place(of: key), issues: issues)
  }

  /// The items of the list under a key.
  package func sequence(_ key: String, required: Bool = false) -> [Node]? {
    guard let node = value(key, required: required) else { return nil }
    guard case .sequence(let items) = node.content else {
      issues.report(at: node.place, "\(quoted(key)) must be a list, found \(node.found)")
      return nil
    }
    return items
  }

  /// The items of a list in a form, or the only one when it is written without a list; items that do not fit are
  /// reported and left out.
  package func list<Value>(_ key: String, of form: Form<Value>, required: Bool = false) -> [Located<Value>]? {
    guard let node = value(key, required: required) else { return nil }
    switch node.content {
    case .sequence(let items):
      return items.enumerated().compactMap { index, item in
        form.read(item, as: "item \(index + 1) of \(quoted(key))", into: issues)
      }
    case .scalar:
      return form.read(node, as: quoted(key), into: issues).map { [$0] }
    case .null, .mapping:
      issues.report(at: node.place, "\(quoted(key)) must be \(form.expectation) or a list, found \(node.found)")
      return nil
    }
  }

  /// A list of texts, or one text.
  package func strings(_ key: String, required: Bool = false) -> [Located<String>]? {
    list(key, of: .text, required: required)
  }
}
