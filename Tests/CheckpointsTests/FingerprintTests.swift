import Checkpoints
import TestKit
import Testing

@Suite struct FingerprintTests {
  @Test func knownValuesComeOut() {
    #expect(Fingerprint.of([]) == 0xEF46_DB37_51D8_E999)
    #expect(Fingerprint.of(Array("a".utf8)) == 0xD24E_C4F1_A98C_6E5B)
    #expect(Fingerprint.of(Array("abc".utf8)) == 0x44BC_2CF5_AD77_0999)
    #expect(Fingerprint.of(Array("Nobody inspects the spammish repetition".utf8)) == 0xFBCE_A83C_8A37_8BF1)
    #expect(Fingerprint.of(Array(0...100)) == 0xE990_3849_5F85_381E)
  }

  @Test func howTheBytesAreCutMakesNoDifference() {
    var random = SplitMix64(seed: 5)
    for length in 0..<140 {
      let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
      for _ in 0..<10 {
        var fingerprint = Fingerprint()
        var rest = bytes[...]
        while !rest.isEmpty {
          let piece = Array(rest.prefix(Int.random(in: 0...50, using: &random)))
          fingerprint.update(piece.span)
          rest = rest.dropFirst(piece.count)
        }
        #expect(fingerprint.value == Fingerprint.of(bytes))
      }
    }
  }

  @Test func everyBitCounts() {
    let bytes = [UInt8](repeating: 0, count: 77)
    var seen: Set<UInt64> = [Fingerprint.of(bytes), Fingerprint.of(bytes + [0])]
    for index in bytes.indices {
      for bit in 0..<8 {
        var changed = bytes
        changed[index] ^= 1 << UInt8(bit)
        #expect(seen.insert(Fingerprint.of(changed)).inserted)
      }
    }
  }
}
