import Checkpoints
import Pipeline

/// The counts of a run in one line.
struct ProgressLine {
  private let counts: Progress.Counts
  private let elapsed: Double

  init(_ counts: Progress.Counts, elapsed: Double) {
    self.counts = counts
    self.elapsed = elapsed
  }

  private var rowsPerSecond: Int { elapsed > 0 ? Int(Double(counts.settledNow) / elapsed) : 0 }

  /// Seconds left, from the share of the source that is read; nil when its size is unknown or nothing is known yet.
  private var secondsLeft: Int? {
    guard let total = counts.sourceTotal, total > 0, counts.sourceBytes > 0, counts.sourceBytes <= total, elapsed > 1
    else { return nil }
    return Int(elapsed * Double(total - counts.sourceBytes) / Double(counts.sourceBytes))
  }

  func text(width: Int) -> String {
    let tally = counts.tally
    var parts = [
      "\(tally.read.grouped) rows", "\(rowsPerSecond.grouped)/s", "\(counts.requests.grouped) requests",
      "\(counts.retries.grouped) retries", "\(tally.rejected.grouped) rejected",
    ]
    if let left = secondsLeft { parts.append("\(left / 60):\(left % 60 < 10 ? "0" : "")\(left % 60) left") }
    return String(parts.joined(separator: "  ").prefix(max(20, width)))
  }

  func json(job: String) -> String {
    let tally = counts.tally
    return JSONLine([
      ("event", .text("progress")), ("job", .text(job)), ("read", .number(tally.read)),
      ("accepted", .number(tally.accepted)), ("rejected", .number(tally.rejected)),
      ("requests", .number(counts.requests)), ("retries", .number(counts.retries)),
      ("rowsPerSecond", .number(rowsPerSecond)),
    ]).text
  }
}

extension Int {
  /// `1,234,567`.
  var grouped: String {
    var out = ""
    for (index, digit) in String(magnitude).reversed().enumerated() {
      if index > 0, index % 3 == 0 { out.append(",") }
      out.append(digit)
    }
    return (self < 0 ? "-" : "") + String(out.reversed())
  }

  /// `1 row`, `1,234,567 rows`.
  func counted(_ noun: String) -> String { "\(grouped) \(noun)\(self == 1 ? "" : "s")" }
}
