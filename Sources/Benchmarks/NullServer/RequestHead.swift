/// As much of a request's head as a server needs that keeps nothing.
struct RequestHead {
  enum Body {
    case sized(Int)
    case chunked
  }

  private(set) var method = ""
  private(set) var path = ""
  private(set) var body = Body.sized(0)
  private(set) var expectsContinue = false
  private(set) var closes = false

  var asksForStatistics: Bool { method == "GET" && path == "/statistics" }

  init?(_ bytes: ArraySlice<UInt8>) {
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    guard let words = lines.first?.split(separator: UInt8(ascii: " ")), words.count == 3 else { return nil }
    method = String(decoding: words[0], as: UTF8.self)
    path = String(decoding: words[1], as: UTF8.self)
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
      guard read(Self.word(line[..<colon]), Self.word(line[(colon + 1)...])) else { return nil }
    }
  }

  private mutating func read(_ name: String, _ value: String) -> Bool {
    switch name {
    case "content-length":
      guard let size = Int(value), size >= 0 else { return false }
      body = .sized(size)
    case "transfer-encoding": body = .chunked
    case "expect": expectsContinue = value == "100-continue"
    case "connection": closes = value == "close"
    default: break
    }
    return true
  }

  private static func word(_ bytes: ArraySlice<UInt8>) -> String {
    let blank = { (byte: UInt8) in byte <= UInt8(ascii: " ") }
    guard let first = bytes.firstIndex(where: { !blank($0) }), let last = bytes.lastIndex(where: { !blank($0) }) else {
      return ""
    }
    return String(decoding: bytes[first...last], as: UTF8.self).lowercased()
  }
}

extension RequestHead {
  /// One past the blank line that ends a head, looking from `position` on.
  static func end(in bytes: borrowing Span<UInt8>, from position: Int) -> Int? {
    var index = position
    while index + 4 <= bytes.count {
      if bytes[index] == 13, bytes[index + 1] == 10, bytes[index + 2] == 13, bytes[index + 3] == 10 { return index + 4 }
      index += 1
    }
    return nil
  }

  /// The size at the start of a chunk, in hexadecimal, before any extension.
  static func chunkSize(_ line: ArraySlice<UInt8>) -> Int? {
    let digits = line.prefix { $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: " ") }
    guard let size = Int(String(decoding: digits, as: UTF8.self), radix: 16), size >= 0 else { return nil }
    return size
  }
}
