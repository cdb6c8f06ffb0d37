import Records

/// What fills the placeholders of one request's path: the row values the endpoint puts there.
package struct Address: Sendable, Equatable {
  private let members: JSONValue?

  /// The address in `json`, an object of texts and numbers; anything else fills nothing.
  package init(_ json: [UInt8]) { members = json.isEmpty ? nil : JSONValue(json) }

  /// `template` with every `{name}` replaced by the value of that name, percent-encoded.
  package func path(_ template: String) -> String {
    guard members != nil, template.contains("{") else { return template }
    var path = ""
    var rest = template[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      let name = String(rest[rest.index(after: open)..<close])
      path += rest[..<open]
      path += Self.encoded(members?[name]?.text ?? "")
      rest = rest[rest.index(after: close)...]
    }
    return path + rest
  }

  /// `text` as one path segment: every byte but letters, digits and `-._~` as `%XX` (RFC 3986).
  package static func encoded(_ text: String) -> String {
    var encoded = ""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        encoded += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
      }
    }
    // A segment of points alone would be taken for a step through folders, by us or by a proxy on the way.
    return encoded == "." || encoded == ".." ? String(repeating: "%2E", count: encoded.utf8.count) : encoded
  }
}
