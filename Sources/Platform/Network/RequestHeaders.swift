import CCurl
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
    unsafe lists.values.forEach { list in unsafe curl_slist_free_all(list) }
  }

  /// The list for a request.
  func list(for request: Request) -> UnsafeMutablePointer<curl_slist>? {
    let kind = "\(request.api.rawValue) \(request.contentType.header)"
    if let known = unsafe lists[kind] { return unsafe known }
    var list = unsafe curl_slist_append(nil, "Content-Type: \(request.contentType.header)")
    unsafe list = curl_slist_append(list, "Accept: application/json")
    unsafe list = curl_slist_append(list, "Expect:")
    if let authorization = connection.authorization[request.api] {
      unsafe list = curl_slist_append(list, "Authorization: \(authorization)")
    }
    unsafe lists[kind] = unsafe list
    return unsafe list
  }
}
