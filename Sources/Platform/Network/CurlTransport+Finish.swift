import CCurl
import CShims
import Delivery
import Endpoints

extension CurlTransport {
  /// Hands the outcome of a transfer to whoever awaits it, and gives its handle back.
  func finish(_ message: UnsafeMutablePointer<CURLMsg>) -> UnsafeMutableRawPointer? {
    guard let easy = unsafe message.pointee.easy_handle else { return nil }
    let code = unsafe shim_message_result(message)
    var status = 0
    _ = unsafe shim_getinfo_long(easy, CURLINFO_RESPONSE_CODE, &status)
    let held = unsafe privatePointer(easy)
    unsafe shim_multi_remove_handle(multi, easy)
    guard let held = unsafe held else { return unsafe easy }
    let transfer = unsafe Unmanaged<Transfer>.fromOpaque(held).takeRetainedValue()
    if let reason = transfer.sink?.failure, code == CURLE_WRITE_ERROR {
      transfer.finish(TransportFailure(.hopeless, reason))
    } else if code == CURLE_OK || transfer.isOverlong {
      transfer.finish(status: status)
    } else {
      let isCutOff = transfer.wasToBeRepeated || code == CURLE_SEND_FAIL_REWIND
      let words =
        unsafe isCutOff
        ? "The kept connection closed without an answer" : String(cString: shim_easy_strerror(code))
      transfer.finish(TransportFailure(unsafe stage(of: code, easy), "\(words) (\(connection.url))"))
    }
    return unsafe easy
  }

  func privatePointer(_ easy: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    var held: UnsafeMutableRawPointer?
    _ = unsafe shim_getinfo_pointer(easy, CURLINFO_PRIVATE, &held)
    return unsafe held
  }

  /// Whether the request can have reached the server, and whether trying again can help.
  private func stage(of code: CURLcode, _ easy: UnsafeMutableRawPointer) -> TransportFailure.Stage {
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT, CURLE_SSL_CONNECT_ERROR:
      return .notSent
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM, CURLE_URL_MALFORMAT,
      CURLE_UNSUPPORTED_PROTOCOL, CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_ISSUER_ERROR:
      return .hopeless
    default:
      var bytes = 0
      _ = unsafe shim_getinfo_long(easy, CURLINFO_REQUEST_SIZE, &bytes)
      return bytes == 0 ? .notSent : .unknown
    }
  }
}
