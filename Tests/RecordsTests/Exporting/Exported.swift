@testable import Records

/// What an export makes of a CSV answer.
struct Exported {
  var text: String
  var counts: ExportCounts
  var rejections: [Rejection]
  var header: String

  static let columns = [
    ExportColumn("id", .number), ExportColumn("created", .time), ExportColumn("props", .json), ExportColumn("name"),
  ]

  /// Reads `answer` in pieces of `chunk` bytes.
  init(
    _ answer: String, _ format: ExportFormat, filter: ExportFilter = ExportFilter(), header: String? = nil,
    chunk: Int = 1 << 18
  ) throws {
    let text = try CSVExport(
      known: Self.columns, format: format, filter: filter, header: header.map { Array($0.utf8) },
      source: ArraySource(Array(answer.utf8), chunk: chunk), path: "answer")
    self.header = String(decoding: text.header, as: UTF8.self)
    let out = ByteBuffer(capacity: 64)
    var bytes: [UInt8] = []
    rejections = []
    var goesOn = true
    while goesOn {
      out.removeAll()
      goesOn = try text.fill(out)
      bytes += out.bytes(0..<out.count)
      rejections += text.takeRejections()
    }
    self.text = String(decoding: bytes, as: UTF8.self)
    counts = text.counts
  }
}
