package import Checkpoints
import Synchronization

/// The counts of a run as they stand, readable from any thread.
package final class Progress: Sendable {
  package struct Counts: Sendable, Equatable {
    /// The rows whose outcome is on disk, by file, whatever execution settled them.
    package var tallies: [FileTally] = []
    /// Records this execution has read and settled.
    package var readNow = 0
    package var settledNow = 0
    /// Requests and retries of the whole run.
    package var requests = 0
    package var retries = 0
    package var bytesSent = 0
    /// Bytes of source text read by this execution, and the bytes of the files when that is known.
    package var sourceBytes = 0
    package var sourceTotal: Int?

    package init() {}

    /// Everything settled.
    package var settled: Tally { tallies.reduce(Tally()) { $0 + $1.tally } }

    /// Everything read: what is settled, and what is on its way.
    package var tally: Tally {
      var tally = settled
      tally.pending = max(0, readNow - settledNow)
      tally.read += tally.pending
      return tally
    }

    mutating func settle(_ entry: FileTally) {
      settledNow += entry.tally.read
      if let index = tallies.firstIndex(where: { $0.file == entry.file }) {
        tallies[index].tally += entry.tally
      } else {
        tallies.append(entry)
        tallies.sort { $0.file < $1.file }
      }
    }
  }

  private let counts = Mutex(Counts())

  package init() {}

  package var current: Counts { counts.withLock { $0 } }

  package func update(_ change: (inout Counts) -> Void) { counts.withLock { change(&$0) } }
}
