/// The items of a collection as CSV.
struct CollectionExport: BodyFeed {
  let items: [String]
  private var next = 0
  private var isBegun = false

  init(_ items: [String]) { self.items = items }

  mutating func fill(_ chunk: inout Chunk) -> Bool {
    if !isBegun { chunk.text("item\n") }
    isBegun = true
    while !chunk.isFull {
      guard next < items.count else { return false }
      chunk.cell(items[next])
      chunk.byte(UInt8(ascii: "\n"))
      next += 1
    }
    return true
  }
}

extension Chunk {
  /// A text as a cell: in quotes, its quotes doubled, where it needs them.
  mutating func cell(_ text: String) {
    guard text.utf8.contains(where: Self.needsQuotes) else { return self.text(text) }
    byte(UInt8(ascii: "\""))
    for byte in text.utf8 {
      self.byte(byte)
      if byte == UInt8(ascii: "\"") { self.byte(byte) }
    }
    byte(UInt8(ascii: "\""))
  }

  private static func needsQuotes(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r"): true
    default: false
    }
  }
}

extension SandboxState {
  /// See https://docs.talon.one/management-api#tag/Collections/operation/exportAccountCollectionItems.
  @Sendable static func exportAccountCollection(_ call: Call, _ state: inout SandboxState) throws(Refusal) -> Answer {
    .csv(CollectionExport(try state.collection(of: call, campaign: nil).items))
  }

  /// See https://docs.talon.one/management-api#tag/Collections/operation/exportCollectionItems.
  @Sendable static func exportCollection(_ call: Call, _ state: inout SandboxState) throws(Refusal) -> Answer {
    .csv(CollectionExport(try state.collection(of: call, campaign: try state.campaign(of: call)).items))
  }
}
