import Testing

@testable import Settings

@Suite struct MutationTests {
  private static let seeds = [
    """
    name: catalog-sync   # a comment
    import:
      source: [../a*.csv, "b\\u00e9.csv", 'it''s']
      map:
        sku: sku
        attributes.size: { column: size, type: number }
      note: |
        one
          two
      folded: >-
        three
      window: &a 4
      again: *a
      ? complex
      : !tag 'x'
    """,
    "a: 1\nb: {x: 1, \"x\": 2}\na: ~\n<<: {}\n---\n[é, 𝄞]: %\n",
  ]

  @Test(arguments: [UInt64(1), 2, 3, 4])
  func noBytesCrashTheReaderAndEveryRefusalHasAPlaceInTheFile(_ seed: UInt64) {
    var random = SplitMix(state: seed)
    for round in 0..<1500 {
      var bytes = Array(Self.seeds[round % Self.seeds.count].utf8)
      for _ in 0..<Int.random(in: 1...8, using: &random) { mutate(&bytes, &random) }
      let list = IssueList()
      let root = Document.read(bytes, into: list)
      if root == nil { #expect(list.hasErrors, "\(bytes)") }
      let lines = bytes.count { $0 == 0x0A || $0 == 0x0D || $0 == 0x85 || $0 == 0xA8 || $0 == 0xA9 } + 1
      for issue in list.sorted {
        #expect((1...lines).contains(issue.place.line), "\(bytes)")
        #expect(issue.place.column >= 1)
        #expect(!issue.message.contains("this is not YAML"), "\(issue) \(bytes)")
      }
    }
  }

  private func mutate(_ bytes: inout [UInt8], _ random: inout SplitMix) {
    guard !bytes.isEmpty else { return }
    let at = Int.random(in: 0..<bytes.count, using: &random)
    let alphabet = Array("\t\n\r :-?,[]{}#&*!|>'\"%@`\\<~ax0é".utf8) + [0, 0x7F, 0xF4, 0xFF, 0xC2, 0x85]
    let byte = alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
    switch Int.random(in: 0..<5, using: &random) {
    case 0: bytes[at] = byte
    case 1: bytes.insert(byte, at: at)
    case 2: bytes.remove(at: at)
    case 3: bytes.removeLast(bytes.count - at)
    default: bytes.insert(contentsOf: bytes[at...].prefix(12), at: Int.random(in: 0..<bytes.count, using: &random))
    }
  }
}

/// A small generator of random numbers that a seed repeats.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
