import CInstructions
import Testing

@Suite struct InstructionTests {
  /// The bits of the places at which a byte is wanted.
  private static func marks(_ bytes: [UInt8], _ isWanted: (UInt8) -> Bool) -> UInt32 {
    bytes.indices.reduce(0) { isWanted(bytes[$1]) ? $0 | 1 << UInt32($1) : $0 }
  }

  private static func word(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  @Test func everyByteIsMarkedInEveryPlaceIfItIsWantedThere() {
    for byte in UInt8.min...UInt8.max {
      for place in 0..<16 {
        var bytes = (0..<16).map { UInt8(0x61 + $0) }
        bytes[place] = byte
        bytes[15 - place] = byte
        let (low, high) = (Self.word(bytes[..<8]), Self.word(bytes[8...]))
        let escaped = Self.marks(bytes) { $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }
        let separating = escaped | Self.marks(bytes) { $0 == UInt8(ascii: ";") }
        if marks_outside_ascii(low, high) != Self.marks(bytes, { $0 > 0x7F }) { Issue.record("\(byte) at \(place)") }
        if marks_escaped(low, high) != escaped { Issue.record("\(byte) at \(place)") }
        if marks_separating(low, high, UInt8(ascii: ";")) != separating { Issue.record("\(byte) at \(place)") }
      }
    }
  }
}
