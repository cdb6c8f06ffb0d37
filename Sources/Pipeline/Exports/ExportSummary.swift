package import Checkpoints
import Records

/// What all parts of an export come to.
package struct ExportSummary: Sendable, Equatable {
  package private(set) var parts = 0
  package private(set) var tally = Tally()
  package private(set) var ragged = 0
  package private(set) var unparsed = 0
  package private(set) var timeless = 0
  package private(set) var requests = 0
  package private(set) var retries = 0
  package private(set) var bytesReceived = 0
  /// The last part, which knows the output's length and checksum.
  package private(set) var last: ExportPart?
  /// The header line of the output.
  package var columns: [UInt8]?
  package var unknownColumns: [String] = []
  /// Records this execution has settled.
  private(set) var readNow = 0
  private var requestsNow = 0
  private var retriesNow = 0

  package init(_ past: ExportRecovery? = nil) {
    guard let past else { return }
    parts = past.nextSequence
    tally = past.tally
    ragged = past.ragged
    unparsed = past.unparsed
    timeless = past.timeless
    requests = past.requests
    retries = past.retries
    bytesReceived = past.bytesReceived
    last = past.last
    columns = past.columns
  }

  mutating func add(_ part: ExportPart) {
    parts += 1
    tally += part.tally
    ragged += part.ragged
    unparsed += part.unparsed
    timeless += part.timeless
    requests += part.requests
    retries += part.retries
    bytesReceived += part.bytesReceived
    readNow += part.tally.read
    requestsNow += part.requests
    retriesNow += part.retries
    last = part
  }

  /// Counts the requests of this execution that no part has: those of the one that came to nothing.
  mutating func close(sent: (requests: Int, retries: Int)) {
    requests += sent.requests - requestsNow
    retries += sent.retries - retriesNow
    (requestsNow, retriesNow) = sent
  }
}

/// An export that ended before it was whole.
package struct ExportEnd: Error {
  package var stop: RunStop
  package var summary: ExportSummary
}

extension ExportPart {
  /// Every record ends once; anything else is an error of ours, and said before the journal has it, which no later
  /// execution could read.
  package var leak: RunStop? {
    tally.isClosed
      ? nil
      : .unexpected(
        "the sums of part \(sequence) do not close: \(tally.read) records read, \(tally.accepted) written, "
          + "\(tally.skipped) repeated, \(tally.rejected) rejected; this is an error in ferry")
  }

  mutating func add(_ counts: ExportCounts) {
    tally.read += counts.read
    tally.accepted += counts.written
    tally.skipped += counts.repeated
    tally.rejected += counts.rejected
    ragged += counts.ragged
    unparsed += counts.unparsed
    timeless += counts.timeless
  }
}
