import Checkpoints
import Endpoints
import Jobs
import Records

/// A window of time, slice by slice.
///
/// What bounds mean is not documented, so a slice asks for a second more on either side, and takes from the answer what
/// was created within: each record belongs to one slice, whether the server's bounds are inclusive, exclusive or finer
/// than what it writes.
final class SliceFeed: ExportFeed {
  private let plan: ExportPlan
  private let fetcher: Fetcher
  private let filter: ExportFilter
  private let slices: Slices?
  private let spool: any Spool
  /// The header line of the output.
  private(set) var header: [UInt8]?
  private var index: Int

  init(
    _ plan: ExportPlan, _ fetcher: Fetcher, _ filter: ExportFilter, window: Range<Int>?, spool: any Spool,
    from index: Int, header: [UInt8]?
  ) {
    self.plan = plan
    self.fetcher = fetcher
    self.filter = filter
    slices = window.map { Slices($0, length: plan.window?.slice) }
    self.spool = spool
    self.index = index
    self.header = header
  }

  var rejects: FeedRejects { plan.answerRejects }

  func next() async throws(ExportStop) -> FeedStep {
    let count = slices?.count ?? 1
    let what = count == 1 ? "the export" : "slice \(index + 1) of \(count)"
    var target = plan.target
    if let slice = slices?[index], let time = plan.endpoint.time {
      target += target.contains("?") ? "&" : "?"
      target += "\(time.after)=\(Timestamp.rfc3339(seconds: slice.lowerBound - 1))"
      target += "&\(time.before)=\(Timestamp.rfc3339(seconds: slice.upperBound + 1))"
      filter.time = (time.column, slice)
    }
    var opening = CSVExport.Opening.nothing
    let fetched = await fetcher.fetch(target, what, into: spool) { [plan] spool in
      opening = CSVExport.opening(of: spool.source(), known: plan.endpoint.columns)
      return opening == .foreign ? "the answer is no export of the API" : nil
    }
    var step = FeedStep()
    step.count(fetched)
    switch fetched.outcome {
    case .read: break
    case .stopped(let stop): throw ExportStop(stop)
    case .refused(let reason):
      throw ExportStop(.notFound("\(reason): the API refuses the export; check 'settings' and 'window'"))
    }
    step.bytesReceived = spool.byteCount
    if opening == .header { step.text = try read(what) }
    index += 1
    step.next = index
    step.isLast = index >= count
    return step
  }

  private func read(_ what: String) throws(ExportStop) -> any ExportText {
    do throws(SourceFailure) {
      let text = try CSVExport(
        known: plan.endpoint.columns, format: plan.format, filter: filter, header: header, source: spool.source(),
        path: what)
      header = text.header
      return text
    } catch {
      throw ExportStop(RunStop(error, rows: 0))
    }
  }
}
