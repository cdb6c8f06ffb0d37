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

  /// What a long answer needs beside what every request has: room to read in, and a look now and then whether anybody
  /// still wants it.
  func prepareDownload(_ easy: UnsafeMutableRawPointer, into sink: any BodySink, _ held: UnsafeMutableRawPointer) {
    unsafe shim_setopt_long(easy, CURLOPT_BUFFERSIZE, 1 << 18)
    unsafe shim_setopt_long(easy, CURLOPT_NOPROGRESS, 0)
    unsafe shim_setopt_progress(easy) { held, _, _, _, _ in
      guard let held = unsafe held else { return 0 }
      let transfer = unsafe Unmanaged<Transfer>.fromOpaque(held).takeUnretainedValue()
      return transfer.sink?.isAbandoned == true ? 1 : 0
    }
    unsafe shim_setopt_pointer(easy, CURLOPT_XFERINFODATA, held)
  }
}
