import Checkpoints
import Endpoints
import Jobs
import Records

/// The answers of an export, one after another.
protocol ExportFeed: AnyObject {
  /// The next answer; a feed is not asked again after one that says it is the last.
  func next() async throws(ExportStop) -> FeedStep
  /// The header line of a CSV output, once it is known.
  var header: [UInt8]? { get }
  /// How records that cannot be written are kept.
  var rejects: FeedRejects { get }
}

/// How the rejects of a feed are written: where they are from, and in which columns.
struct FeedRejects {
  var format: RejectsFormat
  var path: String
  var columns: [String] = []

  /// The lines of some rejections, the head of the file before its first.
  func lines(for rejections: [Rejection], isFirst: Bool) -> [UInt8] {
    guard !rejections.isEmpty else { return [] }
    return rejections.reduce(into: isFirst ? format.head : []) {
      $0 += format.line(for: $1, path: path, columns: columns)
    }
  }
}

extension ExportPlan {
  /// Rejects of answers: as NDJSON, because an answer that cannot be read has no columns.
  var answerRejects: FeedRejects { FeedRejects(format: .ndjson, path: endpoint.name) }
}

/// One answer, or several short ones, and what they mean for the part being written.
struct FeedStep {
  /// The records; nil when the answer holds none.
  var text: (any ExportText)?
  /// Records that never got an answer: keys the server does not know.
  var rejections: [Rejection] = []
  var requests = 0
  var retries = 0
  var bytesReceived = 0
  /// Whether a part ends here, and whether the export does.
  var endsPart = true
  var isLast = false
  /// Where a resumed run goes on, once the part counts.
  var next = 0

  mutating func count(_ fetched: Fetcher.Fetched) {
    requests += fetched.requests
    retries += fetched.retries
  }
}
