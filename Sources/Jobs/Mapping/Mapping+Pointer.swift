import Endpoints

extension Mapping {
  /// The column a value in a row's JSON comes from; empty when there is none, or it cannot be told.
  ///
  /// - `pointer`: a JSON pointer (RFC 6901) into the row's part of the request: `/payload/attributes/color`.
  package func column(at pointer: String) -> String {
    let tokens = pointer.split(separator: "/").map { String($0).replacing("~1", with: "/").replacing("~0", with: "~") }
    // What fills the address stands in no body.
    for mapped in fields where !(mapped.field.isAddress && mapped.field.path.isEmpty) {
      let path = mapped.field.path.split(separator: ".").map { String($0).replacing("[]", with: "") }
      // The positions of elements are not part of a field's path.
      var rest = tokens.filter { Int($0) == nil || path.contains($0) }[...]
      // A field without a path is the whole of an item.
      if path.isEmpty, !tokens.isEmpty { continue }
      let own = mapped.field.isOpen ? path.dropLast() : path[...]
      guard rest.count >= own.count, rest.prefix(own.count).elementsEqual(own) else { continue }
      rest = rest.dropFirst(own.count)
      guard mapped.field.isOpen else { return mapped.columns.joined(separator: ", ") }
      guard let name = rest.first else { continue }
      if case .rest = mapped.origin { return name }
      if mapped.name == mapped.field.openPrefix + name { return mapped.columns.joined(separator: ", ") }
    }
    return ""
  }
}
