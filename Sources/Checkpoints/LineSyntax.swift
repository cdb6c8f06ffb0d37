/// Which bytes of a value stand for themselves.
enum LineSyntax {
  /// Whether `byte` may appear unescaped in a value: everything visible but the signs that divide a line.
  static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 0...0x20, 0x7F: false
    case UInt8(ascii: "%"), UInt8(ascii: "="), UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: ";"): false
    default: true
    }
  }

  /// `text` from a file nobody vouches for, fit to be shown: a control character becomes a question mark.
  static func printable(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? "?" : $0 }))
  }
}
