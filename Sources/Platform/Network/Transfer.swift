import CCurl
import CShims
import Delivery
import Endpoints
import Glibc
import Records

/// One request on its way: lives on the transport thread from submission to completion.
///
/// Unchecked, because the inbox's lock hands it to that thread and nobody else looks at it again.
@safe
final class Transfer: @unchecked Sendable {
  /// More of an answer than any error body needs.
  static let maximumBody = 1 << 20

  let request: Request
  private let continuation: CheckedContinuation<Result<Answer, TransportFailure>, Never>
  private var sent = 0
  private var body: [UInt8] = []
  private var retryAfter: String?
  private(set) var isOverlong = false
  /// How often libcurl set about sending the request.
  private var issues = 0
  /// The body, where it is a file; closed with the transfer.
  private var file: Int32 = -1
  /// Headers of this request alone, libcurl's while it is on the wire.
  private var ownHeaders: UnsafeMutablePointer<curl_slist>?
  /// Where the body of a good answer goes instead of into memory.
  let sink: (any BodySink)?
  private var status = 0

  init(
    _ request: Request, into sink: (any BodySink)? = nil,
    _ continuation: CheckedContinuation<Result<Answer, TransportFailure>, Never>
  ) {
    self.request = request
    self.sink = sink
    self.continuation = continuation
  }

  deinit {
    if file >= 0 { close(file) }
    unsafe shim_slist_free_all(ownHeaders)
  }

  /// Whether the request may go out now: it may do so once.
  func mayBeIssued() -> Bool {
    issues += 1
    return issues == 1
  }

  /// Whether libcurl wanted to send it again.
  var wasToBeRepeated: Bool { issues > 1 }

  /// Opens the file that is the body; false when it cannot be.
  func openFile() -> Bool {
    guard let path = request.file?.path else { return true }
    file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    return file >= 0
  }

  /// The headers every request has, with this one's own.
  func headers(after common: UnsafeMutablePointer<curl_slist>?) -> UnsafeMutablePointer<curl_slist>? {
    guard let key = request.idempotencyKey else { return unsafe common }
    var next = unsafe common
    while let line = unsafe next {
      unsafe ownHeaders = shim_slist_append(ownHeaders, line.pointee.data)
      unsafe next = line.pointee.next
    }
    unsafe ownHeaders = shim_slist_append(ownHeaders, "Idempotency-Key: \(key)")
    return unsafe ownHeaders
  }

  /// Copies the next part of the request body to where libcurl wants it; nil when it cannot be read.
  func provide(_ target: UnsafeMutablePointer<CChar>, capacity: Int) -> Int? {
    if request.file != nil {
      let wanted = min(capacity, request.bodyCount - sent)
      let amount = unsafe pread(file, target, wanted, off_t(sent))
      // A file that became shorter cannot be the body that was announced.
      guard amount > 0 || wanted == 0 else { return nil }
      sent += amount
      return amount
    }
    let amount = min(capacity, request.body.count - sent)
    unsafe memcpy(target, request.body.address + sent, amount)
    sent += amount
    return amount
  }

  /// Keeps a part of the answer; false when it grew beyond what is read.
  func accept(_ bytes: UnsafeRawBufferPointer) -> Bool {
    if let sink, status == 200 { return unsafe sink.accept(bytes) }
    if body.count + bytes.count > Self.maximumBody {
      isOverlong = true
      return false
    }
    unsafe body.append(contentsOf: bytes)
    return true
  }

  /// Looks at one header line.
  func accept(header: UnsafeRawBufferPointer) {
    if sink != nil, unsafe header.starts(with: "HTTP/".utf8) {
      let code = unsafe header.drop { $0 != 0x20 }.dropFirst().prefix(3)
      status = unsafe Int(String(decoding: code, as: UTF8.self)) ?? 0
      return
    }
    let name = Array("retry-after:".utf8)
    guard header.count > name.count, header.count < 200 else { return }
    for i in name.indices where unsafe header[i] | 0x20 != name[i] | 0x20 { return }
    let value = unsafe header.dropFirst(name.count).filter { $0 >= 0x20 && $0 < 0x7F }
    retryAfter = String(decoding: value.drop { $0 == 0x20 }, as: UTF8.self)
  }

  func finish(status: Int) {
    continuation.resume(returning: .success(Answer(status: status, retryAfter: retryAfter, body: body)))
  }

  func finish(_ failure: TransportFailure) {
    continuation.resume(returning: .failure(failure))
  }
}
