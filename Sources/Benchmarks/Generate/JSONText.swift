/// JSON strings; only what must be escaped is.
enum JSONText {
  static func escaped(_ text: String) -> [UInt8] {
    text.utf8.flatMap { byte -> [UInt8] in
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): [UInt8(ascii: "\\"), byte]
      case UInt8(ascii: "\n"): Array(#"\n"#.utf8)
      case UInt8(ascii: "\r"): Array(#"\r"#.utf8)
      case UInt8(ascii: "\t"): Array(#"\t"#.utf8)
      case 0..<0x20: Array(("\\u00" + (byte < 16 ? "0" : "") + String(byte, radix: 16)).utf8)
      default: [byte]
      }
    }
  }

  static func quoted(_ text: String) -> String {
    "\"" + String(decoding: escaped(text), as: UTF8.self) + "\""
  }
}
