import NIOCore

/// Gives the downloads of one event loop their turns, and its sockets theirs in between.
///
/// An event loop looks at its sockets only when no task is due, and of several downloads that each asked for a next turn
/// one would always be due. So one task lets all of them have theirs, and the next one comes a moment behind it.
final class Turns {
  private static let pause = TimeAmount.microseconds(100)

  private let loop: any EventLoop
  private var waiting: [() -> Void] = []
  private var isScheduled = false

  init(_ loop: any EventLoop) { self.loop = loop }

  func wait(_ turn: @escaping () -> Void) {
    waiting.append(turn)
    schedule()
  }

  private func schedule() {
    guard !isScheduled, !waiting.isEmpty else { return }
    isScheduled = true
    loop.assumeIsolated().scheduleTask(in: Self.pause) { self.run() }
  }

  /// While this runs it counts as scheduled, so that the pause begins behind the last turn.
  private func run() {
    let turns = waiting
    waiting = []
    for turn in turns { turn() }
    isScheduled = false
    schedule()
  }
}
