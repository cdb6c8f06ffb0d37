import Jobs
import Records

/// The rows of an upload that the server named, found again in the source.
struct Guilty {
  private let reasons: [Int: String]
  private let plan: ImportPlan
  private let files: SourceFiles

  /// - `named`: the records and the server's words.
  init(_ named: [(Int, String)], _ plan: ImportPlan, _ files: SourceFiles) {
    reasons = Dictionary(named, uniquingKeysWith: { first, _ in first })
    self.plan = plan
    self.files = files
  }

  /// Reads the source again as far as needed; a source that cannot be read any more has nothing to show.
  func rejections() -> [Rejection] {
    guard let last = reasons.keys.max() else { return [] }
    var found: [Rejection] = []
    var walk = SourceWalk(plan, files, recordLimit: last + 1)
    while let batch = try? walk.next() {
      for index in batch.rows.indices {
        guard let reason = reasons[batch.rows[index].record] else { continue }
        found.append(batch.rejection(of: index, reason: reason))
      }
      walk.forget(before: batch.sequence + 1)
      walk.recycle(batch)
    }
    return found
  }
}
