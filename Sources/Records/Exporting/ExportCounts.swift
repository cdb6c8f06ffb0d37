/// What became of the records of an answer, and what was odd about them.
package struct ExportCounts: Sendable, Equatable {
  package var read = 0
  package var written = 0
  /// Records that belong to another slice, or were written before.
  package var repeated = 0
  package var rejected = 0
  /// Records with more or fewer cells than the header.
  package var ragged = 0
  /// Cells that should hold JSON or a number and do not; they became strings.
  package var unparsed = 0
  /// Records whose time cannot be read; they are kept.
  package var timeless = 0
  /// Columns of later answers that the output's header does not have; their cells are left out of CSV.
  package var unknownColumns: [String] = []

  package init() {}

  package static func += (sum: inout ExportCounts, more: ExportCounts) {
    sum.read += more.read
    sum.written += more.written
    sum.repeated += more.repeated
    sum.rejected += more.rejected
    sum.ragged += more.ragged
    sum.unparsed += more.unparsed
    sum.timeless += more.timeless
    sum.unknownColumns += more.unknownColumns.filter { !sum.unknownColumns.contains($0) }
  }
}

/// The records of one answer on their way into the output.
package protocol ExportText: AnyObject {
  /// Appends records to `out` until it holds a good deal (true) or the answer ends (false).
  func fill(_ out: ByteBuffer) throws(SourceFailure) -> Bool
  var counts: ExportCounts { get }
  /// The records that cannot be read, since this was last asked.
  func takeRejections() -> [Rejection]
}
