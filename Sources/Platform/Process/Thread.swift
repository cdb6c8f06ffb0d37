import CShims
import Glibc

/// A thread of the operating system, joined at most once.
package final class Thread: Sendable {
  private final class Body: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  private let handle: pthread_t

  package init(named name: String, _ run: @escaping @Sendable () -> Void) {
    var handle = pthread_t()
    let body = unsafe Unmanaged.passRetained(Body(run)).toOpaque()
    let code = unsafe pthread_create(
      &handle, nil,
      { argument in
        if let argument = unsafe argument { unsafe Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run() }
        return nil
      }, body)
    precondition(code == 0, "the system gives no thread (\(systemWords(code)))")
    _ = unsafe pthread_setname_np(handle, name)
    self.handle = handle
  }

  package func join() { pthread_join(handle, nil) }
}
