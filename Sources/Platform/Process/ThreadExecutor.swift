import Glibc
import Synchronization

/// Runs tasks that may block, one at a time, on a thread of their own: the command itself, which decodes and may wait for a
/// source; the journal's syncs.
///
/// Swift's shared pool has as many threads as cores; whoever blocks one of two halves it.
@safe
package final class ThreadExecutor: TaskExecutor {
  /// Unchecked, because every touch of `jobs` is between lock and unlock of its own mutex.
  @safe
  private final class Queue: @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>
    private var jobs: [UnownedJob] = []

    init() {
      unsafe mutex = .allocate(capacity: 1)
      unsafe condition = .allocate(capacity: 1)
      unsafe pthread_mutex_init(mutex, nil)
      unsafe pthread_cond_init(condition, nil)
    }

    func push(_ job: UnownedJob) {
      unsafe pthread_mutex_lock(mutex)
      jobs.append(job)
      unsafe pthread_cond_signal(condition)
      unsafe pthread_mutex_unlock(mutex)
    }

    func pop() -> UnownedJob {
      unsafe pthread_mutex_lock(mutex)
      while jobs.isEmpty { unsafe pthread_cond_wait(condition, mutex) }
      let job = jobs.removeFirst()
      unsafe pthread_mutex_unlock(mutex)
      return job
    }
  }

  private let queue = Queue()

  /// The thread lives as long as the process: executors are made a few at the start of a run.
  package init(named name: String) {
    let queue = self.queue
    let unowned = unsafe Unmanaged.passRetained(self)
    _ = Thread(named: name) {
      while true {
        unsafe queue.pop().runSynchronously(on: unowned.takeUnretainedValue().asUnownedTaskExecutor())
      }
    }
  }

  package func enqueue(_ job: consuming ExecutorJob) { queue.push(UnownedJob(job)) }
}
