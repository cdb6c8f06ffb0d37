import Glibc
import Synchronization

/// The signal that asked to stop, and whether somebody watches it.
///
/// Globals, because a signal's handler can reach nothing else; atomic, because it interrupts any thread anywhere.
private let received = Atomic<Int32>(0)
private let isWatched = Atomic<Bool>(false)

/// Ctrl-C and `kill`: the first asks a run to stop cleanly, the second ends the process at once.
///
/// Handlers, not a thread in `sigwait`: on Linux the main thread of an async program sits in libdispatch with every signal
/// unblocked, so a blocked signal would end the process there.
package final class Interrupts: Sendable {
  /// The one of this process; touching it takes SIGINT and SIGTERM over.
  package static let shared = Interrupts()

  private init() {
    _ = received.load(ordering: .relaxed)
    _ = isWatched.load(ordering: .relaxed)
    for number in [SIGINT, SIGTERM] {
      var action = sigaction()
      unsafe action.__sigaction_handler.sa_handler = { number in
        let isRepeated = received.exchange(number, ordering: .acquiringAndReleasing) != 0
        if isRepeated || !isWatched.load(ordering: .acquiring) { _exit(128 + number) }
      }
      action.sa_flags = SA_RESTART
      unsafe sigaction(number, &action, nil)
    }
    Glibc.signal(SIGPIPE, SIG_IGN)
  }

  /// Whether somebody watches `signal` and stops cleanly; until then the first signal ends the process.
  package var isGraceful: Bool {
    get { isWatched.load(ordering: .acquiring) }
    set { isWatched.store(newValue, ordering: .releasing) }
  }

  /// The signal that asked to stop, if one did.
  package var signal: Int32? {
    let number = received.load(ordering: .acquiring)
    return number == 0 ? nil : number
  }
}
