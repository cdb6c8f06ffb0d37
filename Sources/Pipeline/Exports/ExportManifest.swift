package import Checkpoints
package import Jobs
import Records

/// What stands beside an output: what it holds, and how to tell that it is whole.
package struct ExportManifest: Sendable {
  private let header: ExportHeader
  private let plan: ExportPlan
  private let summary: ExportSummary
  private let finished: Int

  package init(_ header: ExportHeader, _ plan: ExportPlan, _ summary: ExportSummary, finished: Int) {
    self.header = header
    self.plan = plan
    self.summary = summary
    self.finished = finished
  }

  /// One JSON object, keys in a fixed order.
  package var json: String {
    let last = summary.last
    let window = header.window.map {
      "{ \"since\": \(time($0.lowerBound)), \"until\": \(time($0.upperBound)) }"
    }
    let columns = summary.columns.flatMap { CSVText.split($0, CSVDialect()) } ?? []
    var out = "{\n  \"file\": \(text(header.target)),\n  \"job\": \(text(header.job)),\n"
    out += "  \"run\": \(text(header.run.text)),\n  \"source\": \(text(header.endpoint)),\n"
    out += "  \"format\": \(text(plan.format.rawValue)),\n  \"window\": \(window ?? "null"),\n"
    out += "  \"parts\": \(summary.parts),\n  \"rows\": \(summary.tally.accepted),\n"
    out += "  \"repeated\": \(summary.tally.skipped),\n  \"rejected\": \(summary.tally.rejected),\n"
    out += "  \"bytes\": \(last?.outputBytes ?? 0),\n  \"textBytes\": \(last?.textBytes ?? 0),\n"
    out += "  \"crc32\": \(text(hex(last?.outputChecksum ?? 0))),\n"
    out += "  \"columns\": [\(list(columns.map { String(decoding: $0, as: UTF8.self) }))],\n"
    out += "  \"warnings\": { \"raggedRows\": \(summary.ragged), \"unparsedCells\": \(summary.unparsed), "
    out += "\"rowsWithoutTime\": \(summary.timeless), \"columnsLeftOut\": [\(list(summary.unknownColumns))] },\n"
    out += "  \"requests\": { \"sent\": \(summary.requests), \"retried\": \(summary.retries) },\n"
    out += "  \"bytesReceived\": \(summary.bytesReceived),\n"
    out += "  \"started\": \(time(header.started)),\n  \"finished\": \(time(finished)),\n"
    return out + "  \"tool\": \(text("ferry \(header.tool)"))\n}\n"
  }

  private func time(_ seconds: Int) -> String { text(Timestamp.rfc3339(seconds: seconds)) }
  private func text(_ value: String) -> String { String(decoding: JSONText.quoted(value), as: UTF8.self) }
  private func list(_ values: [String]) -> String { values.map(text).joined(separator: ", ") }

  private func hex(_ value: UInt32) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}
