import CCurl
import CShims
package import Delivery
package import Endpoints
import Glibc
import Records
import Synchronization

/// One thread owns every libcurl handle; deliveries submit requests and await the answers.
///
/// libcurl keeps connections alive and speaks HTTP/2 where offered. It retries nothing: left alone it would send a request
/// a second time, unasked, when a kept connection closes without an answer. So bodies are handed over by a read callback
/// that cannot be rewound, and whatever it sets about sending again (a GET, a body of which nothing was read) is aborted.
///
/// Tasks that prefer it run on that thread too, between two looks at the sockets: a delivery is then submitted, answered
/// and finished without waking another thread. What blocks does not belong there.
@safe
package final class CurlTransport: Transport, TaskExecutor {
  /// What waits for the thread.
  private struct Inbox {
    var transfers: [Transfer] = []
    var jobs: [UnownedJob] = []
    var isStopped = false
    /// Whether the thread looks at the sockets, so that only a wake-up makes it look here.
    var isPolling = false
    var hasEnded = false

    mutating func takeJobs() -> [UnownedJob] {
      isPolling = false
      defer { jobs.removeAll(keepingCapacity: true) }
      return jobs
    }

    mutating func takeTransfers() -> [Transfer] {
      defer { transfers.removeAll(keepingCapacity: true) }
      return transfers
    }

    /// Decides whether the thread waits for the sockets now, or ends, or neither.
    mutating func pause(running: Int32) {
      guard jobs.isEmpty, transfers.isEmpty else { return }
      hasEnded = isStopped && running == 0
      isPolling = !hasEnded
    }
  }

  private let inbox = Mutex(Inbox())
  /// Only the transport thread uses it; `curl_multi_wakeup` is the one call libcurl allows from any thread.
  nonisolated(unsafe) let multi: UnsafeMutableRawPointer
  let connection: Connection
  private let thread = Mutex<Thread?>(nil)

  /// - `window`: connections to keep open.
  package init?(_ connection: Connection, window: Int) {
    guard CurlLibrary.failure == nil, let multi = unsafe shim_multi_init() else { return nil }
    unsafe self.multi = unsafe multi
    self.connection = connection
    _ = unsafe shim_multi_setopt_long(multi, CURLMOPT_MAXCONNECTS, window + 2)
    let worker = Thread(named: "transport") { [self] in run() }
    thread.withLock { $0 = worker }
  }

  /// Waits for what is on the wire and ends the thread.
  package func stop() {
    put { $0.isStopped = true }
    thread.withLock { $0.take() }?.join()
  }

  package func send(_ request: Request) async -> Result<Answer, TransportFailure> {
    await withCheckedContinuation { submit(Transfer(request, $0)) }
  }

  func submit(_ transfer: Transfer) {
    let isLate = put { box in
      if !box.hasEnded { box.transfers.append(transfer) }
      return box.hasEnded
    }
    if isLate { transfer.finish(TransportFailure(.hopeless, "the transport has ended")) }
  }

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let isLate = put { box in
      if !box.hasEnded { box.jobs.append(job) }
      return box.hasEnded
    }
    if isLate { globalConcurrentExecutor.enqueue(job) }
  }

  /// Puts something into the inbox and sees to it that the thread finds it.
  ///
  /// The wake-up is sent under the lock: without it the thread may have ended, and the handle be gone.
  private func put<Result>(_ change: (inout Inbox) -> Result) -> Result {
    inbox.withLock { box in
      if box.isPolling { unsafe shim_multi_wakeup(multi) }
      box.isPolling = false
      return change(&box)
    }
  }

  // MARK: The transport thread

  private func run() {
    var idle: [UnsafeMutableRawPointer] = unsafe []
    let headers = RequestHeaders(connection)
    var running: Int32 = 0
    while true {
      for job in inbox.withLock({ $0.takeJobs() }) { unsafe job.runSynchronously(on: asUnownedTaskExecutor()) }
      for transfer in inbox.withLock({ $0.takeTransfers() }) {
        unsafe start(transfer, on: idle.popLast() ?? freshHandle(), headers)
      }
      unsafe shim_multi_perform(multi, &running)
      var left: Int32 = 0
      while let message = unsafe shim_multi_info_read(multi, &left) {
        if let easy = unsafe finish(message) { unsafe idle.append(easy) }
      }
      let (isPolling, hasEnded) = inbox.withLock { box in
        box.pause(running: running)
        return (box.isPolling, box.hasEnded)
      }
      if hasEnded { break }
      if isPolling { unsafe shim_multi_poll(multi, 1000) }
    }
    while let easy = unsafe idle.popLast() { unsafe shim_easy_cleanup(easy) }
    unsafe shim_multi_cleanup(multi)
  }

  private func start(_ transfer: Transfer, on easy: UnsafeMutableRawPointer?, _ headers: RequestHeaders) {
    guard let easy = unsafe easy else {
      return transfer.finish(TransportFailure(.hopeless, "libcurl gives no handle"))
    }
    guard transfer.openFile() else {
      unsafe shim_easy_cleanup(easy)
      return transfer.finish(
        TransportFailure(.hopeless, "the spool file \(transfer.request.file?.path ?? "") cannot be read"))
    }
    unsafe configure(easy, for: transfer, headers)
    let code = unsafe shim_multi_add_handle(multi, easy)
    guard code == CURLM_OK else {
      if let held = unsafe privatePointer(easy) {
        unsafe Unmanaged<Transfer>.fromOpaque(held).release()
      }
      unsafe shim_easy_cleanup(easy)
      return transfer.finish(TransportFailure(.hopeless, "libcurl refuses the request (code \(code.rawValue))"))
    }
  }

  /// A handle on which everything is set that all requests share: setting it anew costs 18 µs a request.
  private func freshHandle() -> UnsafeMutableRawPointer? {
    guard let easy = unsafe shim_easy_init() else { return nil }
    // A coupon may be called `..`: later versions of libcurl take even its encoded points for a step through folders.
    unsafe shim_setopt_long(easy, CURLOPT_PATH_AS_IS, 1)
    unsafe set(easy, CURLOPT_USERAGENT, connection.agent)
    unsafe set(easy, CURLOPT_ACCEPT_ENCODING, "gzip")
    unsafe set(easy, CURLOPT_PROTOCOLS_STR, "http,https")
    if let certificates = connection.certificates { unsafe set(easy, CURLOPT_CAINFO, certificates) }
    unsafe shim_setopt_long(easy, CURLOPT_NOSIGNAL, 1)
    unsafe shim_setopt_long(easy, CURLOPT_TCP_KEEPALIVE, 1)
    unsafe shim_setopt_long(easy, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
    unsafe shim_setopt_long(easy, CURLOPT_CONNECTTIMEOUT, connection.connectSeconds)
    unsafe shim_setopt_long(easy, CURLOPT_LOW_SPEED_LIMIT, 1)
    unsafe shim_setopt_prereq(easy) { held, _, _, _, _ in
      guard let held = unsafe held else { return CURL_PREREQFUNC_ABORT }
      let transfer = unsafe Unmanaged<Transfer>.fromOpaque(held).takeUnretainedValue()
      return transfer.mayBeIssued() ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
    }
    unsafe shim_setopt_write(easy, CURLOPT_READFUNCTION) { target, size, count, held in
      guard let target = unsafe target, let held = unsafe held else { return Int(CURL_READFUNC_ABORT) }
      return unsafe Unmanaged<Transfer>.fromOpaque(held).takeUnretainedValue()
        .provide(target, capacity: size * count) ?? Int(CURL_READFUNC_ABORT)
    }
    unsafe shim_setopt_write(easy, CURLOPT_WRITEFUNCTION) { bytes, size, count, held in
      guard let held = unsafe held else { return 0 }
      let transfer = unsafe Unmanaged<Transfer>.fromOpaque(held).takeUnretainedValue()
      let isKept = unsafe transfer.accept(UnsafeRawBufferPointer(start: bytes, count: size * count))
      return isKept ? size * count : 0
    }
    unsafe shim_setopt_write(easy, CURLOPT_HEADERFUNCTION) { bytes, size, count, held in
      if let held = unsafe held {
        unsafe Unmanaged<Transfer>.fromOpaque(held).takeUnretainedValue()
          .accept(header: UnsafeRawBufferPointer(start: bytes, count: size * count))
      }
      return size * count
    }
    unsafe prepareDownloads(easy)
    return unsafe easy
  }

  /// Sets everything in which requests differ, whatever the handle carried before.
  private func configure(_ easy: UnsafeMutableRawPointer, for transfer: Transfer, _ headers: RequestHeaders) {
    let request = transfer.request
    let held = unsafe Unmanaged.passRetained(transfer).toOpaque()
    for option in [
      CURLOPT_PRIVATE, CURLOPT_PREREQDATA, CURLOPT_READDATA, CURLOPT_WRITEDATA, CURLOPT_HEADERDATA,
      CURLOPT_XFERINFODATA,
    ] { unsafe shim_setopt_pointer(easy, option, held) }
    unsafe set(easy, CURLOPT_URL, connection.url + request.target)
    unsafe shim_setopt_long(easy, CURLOPT_LOW_SPEED_TIME, request.stallSeconds)
    unsafe shim_setopt_long(easy, CURLOPT_FRESH_CONNECT, request.needsFreshConnection ? 1 : 0)
    unsafe shim_setopt_pointer(easy, CURLOPT_HTTPHEADER, transfer.headers(after: headers.list(for: transfer)))
    unsafe shim_setopt_long(easy, CURLOPT_BUFFERSIZE, transfer.sink == nil ? 1 << 14 : 1 << 18)
    unsafe shim_setopt_long(easy, CURLOPT_NOPROGRESS, transfer.sink == nil ? 1 : 0)
    unsafe shim_setopt_long(easy, request.bodyCount > 0 ? CURLOPT_POST : CURLOPT_HTTPGET, 1)
    // A body that fits goes in one turn of the sockets; each request on the wire has such a buffer.
    unsafe shim_setopt_long(easy, CURLOPT_UPLOAD_BUFFERSIZE, min(max(request.bodyCount, 1 << 16), 1 << 19))
    unsafe shim_setopt_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.bodyCount))
    unsafe set(easy, CURLOPT_CUSTOMREQUEST, request.method.rawValue)
  }

  private func set(_ easy: UnsafeMutableRawPointer, _ option: CURLoption, _ text: String) {
    _ = unsafe text.withCString { unsafe shim_setopt_pointer(easy, option, $0) }
  }
}
