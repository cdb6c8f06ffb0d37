import Glibc

/// What a thread is to do, boxed for its trip through C.
private final class Errand: Sendable {
  let run: @Sendable () -> Void

  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

/// Runs `body` on a thread of its own that nobody waits for.
func startThread(_ body: @escaping @Sendable () -> Void) throws(SystemFailure) {
  let errand = unsafe Unmanaged.passRetained(Errand(body))
  var thread = pthread_t()
  let status = unsafe pthread_create(
    &thread, nil,
    { opaque in
      if let opaque = unsafe opaque {
        unsafe Unmanaged<Errand>.fromOpaque(opaque).takeRetainedValue().run()
      }
      return nil
    }, errand.toOpaque())
  guard status == 0 else {
    unsafe errand.release()
    throw SystemFailure("cannot start a thread", code: status)
  }
  pthread_detach(thread)
}
