import CCurl
import CShims
import Delivery
import Endpoints

/// Header lists, one for each kind of request a run makes, kept until it ends.
///
/// Used on the transport thread only.
@safe
final class RequestHeaders {
  private var lists: [String: UnsafeMutablePointer<curl_slist>] = unsafe [:]
  private let connection: Connection

  init(_ connection: Connection) { self.connection = connection }

  deinit {
    unsafe lists.values.forEach { list in unsafe shim_slist_free_all(list) }
  }

  /// The list for a request; a download takes CSV or JSON, whichever the API has.
  func list(for transfer: Transfer) -> UnsafeMutablePointer<curl_slist>? {
    let request = transfer.request
    let isDownload = transfer.sink != nil
    let kind = "\(request.api.rawValue) \(isDownload ? "download" : request.contentType.header)"
    if let known = unsafe lists[kind] { return unsafe known }
    var list = unsafe shim_slist_append(nil, "Accept: \(isDownload ? "application/csv, " : "")application/json")
    if !isDownload {
      unsafe list = shim_slist_append(list, "Content-Type: \(request.contentType.header)")
    }
    unsafe list = shim_slist_append(list, "Expect:")
    if let authorization = connection.authorization[request.api] {
      unsafe list = shim_slist_append(list, "Authorization: \(authorization)")
    }
    unsafe lists[kind] = unsafe list
    return unsafe list
  }
}
