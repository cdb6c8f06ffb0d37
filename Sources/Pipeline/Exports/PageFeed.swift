import Endpoints
import Jobs
import Records

/// A list, page by page; a part is a few pages.
///
/// Items that come in while the list is read push others onto the next page: ids that were seen are dropped.
final class PageFeed: ExportFeed {
  /// Pages between two entries of the journal.
  private static let pagesPerPart = 20
  /// Pages in a row that may bring nothing new.
  ///
  /// Items that come in repeat some of a page; to repeat so many whole ones they would have to come in as fast as they are
  /// read.
  private static let stalePages = 100

  private let plan: ExportPlan
  private let fetcher: Fetcher
  private let filter: ExportFilter
  private let spool: any Spool
  private let size: Int
  let header: [UInt8]?
  private var skip: Int
  private var pages = 0
  /// The last page, once it is written: whether it brought anything new.
  private var last: ListExport?
  private var stale = 0

  init(_ plan: ExportPlan, _ fetcher: Fetcher, _ filter: ExportFilter, size: Int, spool: any Spool, from skip: Int) {
    self.plan = plan
    self.fetcher = fetcher
    self.filter = filter
    self.size = size
    self.spool = spool
    self.skip = skip
    header = plan.format == .csv ? ListExport.header(plan.endpoint.columns) : nil
  }

  var rejects: FeedRejects { plan.answerRejects }

  func next() async throws(ExportStop) -> FeedStep {
    try watchProgress()
    let separator = plan.target.contains("?") ? "&" : "?"
    let target = "\(plan.target)\(separator)pageSize=\(size)&skip=\(skip)"
    var page: PageText?
    let fetched = await fetcher.fetch(target, "the page after \(skip) items", into: spool) { spool in
      page = (try? spool.source().all()).flatMap(PageText.init)
      return page == nil ? "the answer is no page of the API" : nil
    }
    var step = FeedStep()
    step.count(fetched)
    switch fetched.outcome {
    case .read: break
    case .stopped(let stop): throw ExportStop(stop)
    case .refused(let reason): throw ExportStop(.notFound("\(reason): the API refuses the list; check 'settings'"))
    }
    guard let page else { throw ExportStop(.unexpected("a page was lost")) }
    step.bytesReceived = spool.byteCount
    last = ListExport(columns: plan.endpoint.columns, format: plan.format, filter: filter, lines: page.lines)
    step.text = last
    step.isLast = !page.goesOn(at: skip, size: size)
    skip += page.count
    pages += 1
    step.next = skip
    step.endsPart = pages % Self.pagesPerPart == 0
    return step
  }

  /// A server that is not told where to go on says the same page for ever.
  private func watchProgress() throws(ExportStop) {
    guard let counts = last?.counts else { return }
    stale = counts.read > 0 && counts.written == 0 ? stale + 1 : 0
    guard stale >= Self.stalePages else { return }
    throw ExportStop(
      .unexpected(
        "\(stale) pages in a row held items and none that is new, up to item \(skip): 'skip' does not seem to reach the "
          + "API; look whether a proxy in between drops the query or answers from a cache, then run again"))
  }
}
