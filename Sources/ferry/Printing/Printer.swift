import Pipeline
import Platform
import Synchronization

/// Says what happens in a run: one live line on a terminal, a plain line now and then elsewhere, or JSON lines.
final class Printer: Sendable {
  private struct State {
    var hasLiveLine = false
    var lastLine = 0
    var isEnded = false
  }

  private let format: LogFormat
  private let isQuiet: Bool
  private let isLive: Bool
  private let job: String
  private let progress: Progress
  private let began: Int
  private let clock: SystemClock
  private let state = Mutex(State())
  private let ticker = Mutex<Task<Void, Never>?>(nil)
  /// Seconds between two plain lines.
  private static let plainInterval = 10_000_000_000

  init(_ options: RunOptions, job: String, progress: Progress, began: Int, clock: SystemClock) {
    format = options.logFormat
    isQuiet = options.quiet
    isLive = options.logFormat == .text && Terminal.isLive
    self.job = job
    self.progress = progress
    self.began = began
    self.clock = clock
  }

  /// Starts showing progress.
  func begin() {
    guard !isQuiet else { return }
    let task = Task { [self] in
      while !Task.isCancelled {
        try? await Task.sleep(for: .milliseconds(100))
        if Task.isCancelled { return }
        tick()
      }
    }
    ticker.withLock { $0 = task }
  }

  /// Ends showing progress; the live line goes away.
  func end() async {
    let task = ticker.withLock { $0.take() }
    task?.cancel()
    await task?.value
    state.withLock { state in
      if state.hasLiveLine { Terminal.err("\r\u{1B}[K") }
      state.hasLiveLine = false
    }
  }

  private func tick() {
    let line = ProgressLine(progress.current, elapsed: Double(clock.now - began) / 1e9)
    state.withLock { state in
      if isLive {
        state.hasLiveLine = true
        Terminal.err("\r\(line.text(width: Terminal.width - 1))\u{1B}[K")
      } else if clock.now - max(state.lastLine, began) >= Self.plainInterval {
        state.lastLine = clock.now
        Terminal.err(format == .json ? line.json(job: job) + "\n" : "\(job): \(line.text(width: 200))\n")
      }
    }
  }

  func show(_ event: RunEvent) {
    guard !isQuiet, let text = format == .json ? event.json(job: job) : event.words(job: job) else { return }
    state.withLock { state in
      if state.hasLiveLine { Terminal.err("\r\u{1B}[K") }
      state.hasLiveLine = false
      Terminal.err(text + "\n")
    }
  }

  /// The end of the run, as a person or a log wants it.
  func finish(_ report: RunReport) {
    if format == .json {
      Terminal.err(report.line + "\n")
    } else if !isQuiet {
      Terminal.out(report.summary)
    } else if let reason = report.reason {
      Terminal.err("ferry: \(job): \(reason)\n")
    }
  }
}
