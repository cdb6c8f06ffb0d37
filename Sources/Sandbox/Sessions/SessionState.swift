/// The states of a customer session and the ways between them.
///
/// See https://docs.talon.one/docs/dev/concepts/entities/customer-sessions.
enum SessionState: String, Sendable, CaseIterable {
  case open, closed, cancelled
  case partiallyReturned = "partially_returned"

  /// The state an update leads to, from nil for a session that is new.
  ///
  /// Reopening and returning items have operations of their own, so no update leads there.
  static func move(from current: SessionState?, to wanted: SessionState) throws(Refusal) -> SessionState {
    switch (current, wanted) {
    case (nil, .open), (nil, .closed), (.open?, .open), (.open?, .closed), (.open?, .cancelled),
      (.closed?, .cancelled), (.partiallyReturned?, .cancelled):
      return wanted
    case (nil, _):
      throw refusal("Sessions can only be created as \"open\" or \"closed\", not as \"\(wanted.rawValue)\"")
    case (let current?, _):
      let move = "Cannot move session to state \"\(wanted.rawValue)\" from state \"\(current.rawValue)\""
      throw refusal(wanted == .closed ? "Only open sessions can be closed. " + move : move)
    }
  }

  private static func refusal(_ message: String) -> Refusal { Refusal(status: 400, message: message, problems: nil) }
}
