import Glibc

/// Reads requests, throws their bodies away, and says thank you: one blocking thread a connection.
final class NullServer: Sendable {
  private let latency: Latency
  private let tally = Tally()

  init(latency: Latency) { self.latency = latency }

  func serve(_ listener: borrowing Listener) throws(SystemFailure) {
    while true {
      let socket = try listener.accept()
      tally.countConnection()
      try startThread { self.converse(on: socket) }
    }
  }

  private func converse(on socket: Int32) {
    var inbox = Inbox(socket: socket)
    while let request = inbox.head() {
      if request.expectsContinue, !inbox.send(Answer.goOn) { return }
      guard let received = inbox.swallow(request.body) else { return }
      let answer: [UInt8]
      if request.asksForStatistics {
        answer = Answer.json(tally.description)
      } else {
        tally.countRequest(bytes: received)
        if latency.milliseconds > 0 { usleep(UInt32(latency.milliseconds) * 1000) }
        answer = Answer.to(request)
      }
      if !inbox.send(answer) || request.closes { return }
    }
  }
}
