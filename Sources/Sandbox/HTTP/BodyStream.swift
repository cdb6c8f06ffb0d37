/// A body that is made while it is sent: nobody ever holds the whole of it.
protocol BodyFeed: Sendable, Equatable {
  /// Appends the next bytes, about `Chunk.size` at most; false when the body has ended.
  ///
  /// A feed that has to pass over much may append nothing and still say true, so that others get their turn.
  mutating func fill(_ chunk: inout Chunk) -> Bool
}

/// The body of a streamed answer, from its beginning.
struct BodyStream: Sendable, Equatable {
  let feed: any BodyFeed

  static func == (one: BodyStream, other: BodyStream) -> Bool { one.feed.equals(other.feed) }
}

extension BodyFeed {
  fileprivate func equals(_ other: any BodyFeed) -> Bool { (other as? Self).map { $0 == self } ?? false }
}

/// The bytes a feed has made and nobody has sent yet; its buffer is used again and again.
struct Chunk {
  /// A feed stops behind the row that reaches this size.
  static let size = 64 << 10

  private(set) var bytes: [UInt8] = []

  init() { bytes.reserveCapacity(Self.size + (16 << 10)) }

  var isFull: Bool { bytes.count >= Self.size }

  mutating func clear() { bytes.removeAll(keepingCapacity: true) }

  mutating func text(_ text: String) { bytes.append(contentsOf: text.utf8) }

  mutating func raw(_ raw: [UInt8]) { bytes.append(contentsOf: raw) }

  mutating func byte(_ byte: UInt8) { bytes.append(byte) }

  mutating func comma() { bytes.append(UInt8(ascii: ",")) }

  mutating func number(_ value: Int) {
    let start = bytes.count
    var rest = value.magnitude
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    bytes[start...].reverse()
  }

  /// A number with leading zeros.
  mutating func number(_ value: Int, width: Int) {
    var scale = (1..<width).reduce(1) { scale, _ in scale * 10 }
    while scale > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / scale % 10))
      scale /= 10
    }
  }

  /// An amount with two decimals: `1850.00`.
  mutating func amount(cents: Int) {
    number(cents / 100)
    byte(UInt8(ascii: "."))
    number(cents % 100, width: 2)
  }

  /// The low digits of a number in base 16.
  mutating func hexadecimal(_ value: UInt64, digits: Int) {
    for position in (0..<digits).reversed() {
      let digit = UInt8(truncatingIfNeeded: value >> (4 * UInt64(position))) & 15
      bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
  }
}
