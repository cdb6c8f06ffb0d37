package import Checkpoints
import Records

/// What a run came to: the object `--report` writes.
package struct RunReport: Sendable, Equatable {
  package enum Status: String, Sendable {
    /// The source was read to its end and every row was accepted, unchanged or skipped.
    case completed
    /// The source was read to its end; some rows were rejected or are in doubt.
    case partial
    /// A guard stopped the run.
    case guarded
    /// The run ended early and can be resumed.
    case stopped
  }

  package var job: String
  package var run: String
  package var status: Status
  package var exit: Int32
  package var reason: String?
  package var isResumed: Bool
  package var rows: Tally
  package var files: [(path: String, rows: Tally)]
  package var requests: Int
  package var retries: Int
  package var bytesSent: Int
  package var elapsedSeconds: Double
  package var rowsPerSecond: Double
  package var peakMemoryBytes: Int
  package var rejectsFile: String?
  /// What an export took out; nil for imports.
  package var output: Output?

  /// The file an export wrote.
  package struct Output: Sendable, Equatable {
    package var path: String
    package var bytes: Int
    /// Bytes of all answers.
    package var bytesReceived: Int

    package init(path: String, bytes: Int, bytesReceived: Int) {
      self.path = path
      self.bytes = bytes
      self.bytesReceived = bytesReceived
    }
  }

  package init(
    job: String, run: String, status: Status, exit: Int32, reason: String?, isResumed: Bool, rows: Tally,
    files: [(path: String, rows: Tally)], requests: Int, retries: Int, bytesSent: Int, elapsedSeconds: Double,
    rowsPerSecond: Double, peakMemoryBytes: Int, rejectsFile: String?
  ) {
    self.job = job
    self.run = run
    self.status = status
    self.exit = exit
    self.reason = reason
    self.isResumed = isResumed
    self.rows = rows
    self.files = files
    self.requests = requests
    self.retries = retries
    self.bytesSent = bytesSent
    self.elapsedSeconds = elapsedSeconds
    self.rowsPerSecond = rowsPerSecond
    self.peakMemoryBytes = peakMemoryBytes
    self.rejectsFile = rejectsFile
  }

  package static func == (a: RunReport, b: RunReport) -> Bool { a.json == b.json }
}

extension RunReport {
  /// The report as one JSON object, keys in a fixed order.
  package var json: String {
    var out = "{\n"
    out += "  \"job\": \(text(job)),\n  \"run\": \(text(run)),\n  \"status\": \(text(status.rawValue)),\n"
    out += "  \"exit\": \(exit),\n  \"reason\": \(reason.map(text) ?? "null"),\n  \"resumed\": \(isResumed),\n"
    out += "  \"rows\": \(object(rows)),\n"
    let list = files.map { "    { \"path\": \(text($0.path)), \"rows\": \(object($0.rows)) }" }
    out += "  \"files\": [\n\(list.joined(separator: ",\n"))\n  ],\n"
    out += "  \"requests\": { \"sent\": \(requests), \"retried\": \(retries) },\n"
    out += "  \"bytesSent\": \(bytesSent),\n"
    out += "  \"elapsedSeconds\": \(rounded(elapsedSeconds, 1000)),\n"
    out += "  \"rowsPerSecond\": \(Int(rowsPerSecond)),\n"
    out += "  \"peakMemoryBytes\": \(peakMemoryBytes),\n"
    if let output {
      out += "  \"output\": { \"path\": \(text(output.path)), \"bytes\": \(output.bytes) },\n"
      out += "  \"bytesReceived\": \(output.bytesReceived),\n"
    }
    out += "  \"rejectsFile\": \(rejectsFile.map(text) ?? "null")\n}\n"
    return out
  }

  private func object(_ tally: Tally) -> String {
    "{ \"read\": \(tally.read), \"accepted\": \(tally.accepted), \"rejected\": \(tally.rejected), "
      + "\"unchanged\": \(tally.unchanged), \"skipped\": \(tally.skipped), \"inDoubt\": \(tally.inDoubt), "
      + "\"pending\": \(tally.pending) }"
  }

  private func rounded(_ value: Double, _ parts: Double) -> Double { (value * parts).rounded() / parts }

  private func text(_ value: String) -> String { String(decoding: JSONText.quoted(value), as: UTF8.self) }
}
