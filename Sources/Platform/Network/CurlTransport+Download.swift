import CCurl
import CShims
package import Delivery
package import Endpoints

extension CurlTransport: Downloading {
  package func download(
    _ request: Request, into sink: any BodySink
  ) async -> Result<Answer, TransportFailure> {
    sink.restart()
    return await withCheckedContinuation { submit(Transfer(request, into: sink, $0)) }
  }

  /// A long answer is looked at now and then whether anybody still wants it.
  func prepareDownloads(_ easy: UnsafeMutableRawPointer) {
    unsafe shim_setopt_progress(easy) { held, _, _, _, _ in
      guard let held = unsafe held else { return 0 }
      let transfer = unsafe Unmanaged<Transfer>.fromOpaque(held).takeUnretainedValue()
      return transfer.sink?.isAbandoned == true ? 1 : 0
    }
  }
}
