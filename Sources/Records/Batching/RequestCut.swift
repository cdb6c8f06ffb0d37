/// How the rows of a batch become requests, where they do not share one.
package struct RequestCut: Sendable, Equatable {
  package enum Kind: Sendable, Equatable {
    /// Every row is a request.
    case rows
    /// Rows with the same address share requests.
    case groups
    /// Records next to each other with the same address are one request, whole or not at all.
    case folds
  }

  package var kind: Kind
  /// Rows one request may hold.
  package var maximumRows: Int
  /// Bytes that folded lines may take, as JSON and as they stand in the source.
  package var maximumBytes = 8 << 20
  /// How many addresses back a folded one is remembered: one that comes again would replace what its first lines said.
  var remembered = 1 << 16
  /// What stands before and after the rows in a request body.
  package var head: [UInt8]
  package var tail: [UInt8]
  /// The number in every folded row whose sum is bounded, and its bound: `quantity`, 10,000.
  package var sum: String
  package var maximumSum: Int

  package init(
    _ kind: Kind, maximumRows: Int, head: [UInt8], tail: [UInt8], sum: String = "", maximumSum: Int = .max
  ) {
    self.kind = kind
    self.maximumRows = maximumRows
    self.head = head
    self.tail = tail
    self.sum = sum
    self.maximumSum = maximumSum
  }
}

/// One row on its way into a request: the parts of the text its template wrote.
///
/// `{"serial":["p1"],"address":{"sessionId":"s1"},"frame":{"state":"open"},"item":{"sku":"a"}}`, all but the item
/// left out where there is nothing to say. A part that is not there is empty.
package struct RequestRow {
  /// The members of that object, by which a template of a cut endpoint is built.
  package enum Part: Sendable {
    package static let serial = "serial"
    package static let address = "address"
    package static let frame = "frame"
    package static let item = "item"
  }

  /// The values that requests in flight must not share.
  var serials: [Range<Int>] = []
  var address = 0..<0
  var frame = 0..<0
  var item = 0..<0

  /// Reads a row the template wrote, which is JSON without spaces around its own members.
  init(_ bytes: ByteBuffer, _ row: Range<Int>) {
    for member in JSONMembers.of(bytes, row) {
      // The first letters differ: serial, address, frame, item.
      switch bytes[member.key.lowerBound] {
      case UInt8(ascii: "s"): serials = JSONMembers.elements(bytes, member.value)
      case UInt8(ascii: "a"): address = member.value
      case UInt8(ascii: "f"): frame = member.value
      default: item = member.value
      }
    }
  }

  /// Whether a value says something: who is nobody need not wait for nobody.
  static func isSaid(_ value: Range<Int>, in bytes: ByteBuffer) -> Bool {
    switch bytes[value.lowerBound] {
    case UInt8(ascii: "n"): false
    case .quote: value.count > 2
    default: true
    }
  }

  /// JSON text with its strings in one spelling: `"\u0061"` and `"a"` are the same customer.
  static func plain(_ json: [UInt8]) -> [UInt8] {
    json.contains(.backslash) ? JSONValue(json)?.bytes ?? json : json
  }

  /// The hash of a value, the same for every spelling.
  static func hash(of value: Range<Int>, in bytes: ByteBuffer) -> UInt64 {
    guard value.contains(where: { bytes[$0] == .backslash }) else { return bytes.hash(value) }
    let plain = plain(bytes.bytes(value))
    let padded = plain + [UInt8](repeating: 0, count: ByteBuffer.slack)
    return Hash.of(padded.span, 0..<plain.count)
  }
}
