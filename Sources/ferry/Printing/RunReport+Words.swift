import Checkpoints
import Pipeline

extension Tally {
  /// How the rows ended, as a sum.
  var words: String {
    "\(read.counted("row")) read = \(accepted.grouped) accepted + \(rejected.grouped) rejected"
      + " + \(unchanged.grouped) unchanged + \(skipped.grouped) skipped + \(inDoubt.grouped) in doubt"
      + " + \(pending.grouped) pending"
  }
}

extension RunReport {
  /// The report for a person.
  var summary: String {
    var out = "\(job): \(status.rawValue) in \(seconds)"
    out += isResumed ? " (resumed run \(run))\n" : "\n"
    if let reason { out += "  \(reason)\n" }
    out += "  \(rows.words)\n"
    out += "  \(requests.counted("request")), \(retries.grouped) of them retries; "
    out += output.map { "\(megabytes($0.bytesReceived)) received; " } ?? "\(megabytes(bytesSent)) sent; "
    out += "\(Int(rowsPerSecond).grouped) rows/s; \(megabytes(peakMemoryBytes)) memory at most\n"
    if let output, status != .stopped { out += "  output: \(output.path) (\(megabytes(output.bytes)))\n" }
    if let rejectsFile { out += "  rejects: \(rejectsFile)\n" }
    if rows.inDoubt > 0 { out += "  in doubt: 'ferry resolve \(run)' lists them and takes your decision\n" }
    if status == .stopped, exit == 75 || exit > 128 { out += "  run it again to go on where it stopped\n" }
    return out
  }

  private var seconds: String {
    let hundredths = Int((elapsedSeconds * 100).rounded())
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100) s"
  }

  private func megabytes(_ bytes: Int) -> String {
    let tenths = bytes / 100_000
    return "\(tenths / 10).\(tenths % 10) MB"
  }

  /// The report on one line.
  var line: String {
    let body = json.split(separator: "\n").map { $0.drop { $0 == " " } }.joined()
    return "{\"event\":\"finished\"," + body.dropFirst()
  }
}
