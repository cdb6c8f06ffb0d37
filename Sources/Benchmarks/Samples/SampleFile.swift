/// A sample as it grows, with the lines on which something is wrong.
struct SampleFile {
  let name: String
  private(set) var bytes: [UInt8] = []
  private(set) var flaws: [(line: Int, reason: String)] = []
  private var line = 1

  init(name: String) { self.name = name }

  /// Adds bytes that end a record; a reason marks the line it starts on.
  mutating func append(_ record: [UInt8], flaw reason: String? = nil) {
    if let reason { flaws.append((line, reason)) }
    bytes += record
    line += record.count { $0 == UInt8(ascii: "\n") }
  }
}
