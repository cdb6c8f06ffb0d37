import Records
import Testing

@testable import Endpoints

@Suite struct AddressTests {
  static let segments: [(text: String, segment: String)] = [
    ("WINTER-24_a.b~c", "WINTER-24_a.b~c"), ("10$OFF", "10%24OFF"), ("a/b", "a%2Fb"), ("25%", "25%25"),
    ("%2F", "%252F"), ("a b+c", "a%20b%2Bc"), ("?a=1&b#c", "%3Fa%3D1%26b%23c"), ("é", "%C3%A9"),
    ("🙂", "%F0%9F%99%82"), ("a\u{0}\n\u{7F}", "a%00%0A%7F"), ("{id}", "%7Bid%7D"), ("a\\b\"", "a%5Cb%22"),
    ("a;b,c:d@e!", "a%3Bb%2Cc%3Ad%40e%21"), (".", "%2E"), ("..", "%2E%2E"), ("...", "..."), ("..a", "..a"),
    ("", ""), ("ß\u{301}", "%C3%9F%CC%81"),
  ]

  @Test(arguments: segments) func textIsOneSegmentOfAPath(_ text: String, _ segment: String) {
    #expect(Address.encoded(text) == segment)
    let json = Array("{\"id\":".utf8) + JSONText.quoted(text) + Array("}".utf8)
    #expect(Address(json).path("/v1/x/{id}/y?z=1") == "/v1/x/\(segment)/y?z=1")
  }

  @Test func everyByteIsEncodedOrHarmless() {
    let text = String((0..<0x800).compactMap { Unicode.Scalar($0).map(Character.init) })
    let harmless = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~%")
    #expect(Address.encoded(text).allSatisfy(harmless.contains))
    #expect(decoded(Address.encoded(text)) == text)
  }

  private func decoded(_ segment: String) -> String {
    var bytes: [UInt8] = []
    var rest = segment.utf8[...]
    while let byte = rest.popFirst() {
      bytes.append(byte == UInt8(ascii: "%") ? UInt8(String(rest.prefix(2)) ?? "", radix: 16) ?? 0 : byte)
      if byte == UInt8(ascii: "%") { rest = rest.dropFirst(2) }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func everyPlaceholderIsFilledOnce() {
    let address = Address(Array(#"{"a":"{b}","b":"x","n":12}"#.utf8))
    #expect(address.path("/{a}/{b}/{n}/{b}") == "/%7Bb%7D/x/12/x")
    #expect(address.path("/plain") == "/plain")
    #expect(address.path("/{a") == "/{a" && address.path("/a}/{b}") == "/a}/x")
  }

  @Test(arguments: ["", "{", "[]", "12"]) func whatIsNoAddressChangesNothing(_ json: String) {
    #expect(Address(Array(json.utf8)).path("/plain?x=1") == "/plain?x=1")
  }

  @Test func escapesAreResolvedBeforeEncoding() {
    #expect(Address(Array(#"{"id":"\u00e9\/\ud83d\ude42"}"#.utf8)).path("/{id}") == "/%C3%A9%2F%F0%9F%99%82")
  }

  /// Every placeholder in the path of an endpoint is a setting, or a field whose values address its requests.
  @Test(arguments: importEndpoints.map(\.name)) func everyPlaceholderHasItsSource(_ name: String) throws {
    let endpoint = try #require(ImportEndpoint.named(name))
    let fields = endpoint.fields.filter(\.isAddress)
    for path in [endpoint.path, endpoint.reading.confirmation ?? ""] {
      for part in path.split(separator: "/") where part.hasPrefix("{") {
        let name = part.dropFirst().dropLast()
        #expect(endpoint.settings.contains { $0.name == name } || fields.contains { $0.name == name }, "\(name)")
      }
    }
    #expect(fields.allSatisfy { $0.required == ["*"] && $0.minimumLength >= 1 })
    // What makes two requests the same is never in two of them at once.
    if endpoint.isCut { #expect(fields.allSatisfy { $0.isSerial }) }
  }
}

extension ImportEndpoint {
  /// Whether its batches are cut into requests.
  fileprivate var isCut: Bool {
    switch shape {
    case .single, .grouped: true
    case .envelope, .upload: false
    }
  }
}
