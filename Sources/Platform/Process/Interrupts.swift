import Glibc
import Synchronization

/// Ctrl-C and `kill`: the first asks a run to stop cleanly, the second ends the process at once.
package final class Interrupts: Sendable {
  /// The one of this process.
  ///
  /// It must be touched before any other thread begins, which then inherits the mask.
  package static let shared = Interrupts()

  private let first = Atomic<Int32>(0)
  private let graceful = Atomic<Bool>(false)

  private init() {
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe sigaddset(&signals, SIGINT)
    unsafe sigaddset(&signals, SIGTERM)
    unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
    Glibc.signal(SIGPIPE, SIG_IGN)
    let waited = signals
    _ = Thread(named: "signals") { [self] in
      while true {
        var received: Int32 = 0
        var set = waited
        guard unsafe sigwait(&set, &received) == 0 else { continue }
        let isRepeated = first.exchange(received, ordering: .acquiringAndReleasing) != 0
        if isRepeated || !graceful.load(ordering: .acquiring) { _exit(128 + received) }
      }
    }
  }

  /// Whether somebody watches `signal` and stops cleanly; until then the first signal ends the process.
  package var isGraceful: Bool {
    get { graceful.load(ordering: .acquiring) }
    set { graceful.store(newValue, ordering: .releasing) }
  }

  /// The signal that asked to stop, if one did.
  package var signal: Int32? {
    let number = first.load(ordering: .acquiring)
    return number == 0 ? nil : number
  }
}
