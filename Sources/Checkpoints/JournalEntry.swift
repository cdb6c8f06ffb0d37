/// One line of a journal.
///
/// A run's journal is `began`, then any of the others in the order they happened.
package enum JournalEntry: Sendable, Equatable {
  /// The run exists; nothing has been sent.
  case began(RunHeader)
  /// Somebody went on with the run, reading from `position`.
  case resumed(at: Int, position: Position)
  /// A batch that is not safe to repeat is about to be sent.
  case intended(Intent)
  /// The outcome of some records is known.
  case settled(Settlement)
  /// The server's answer says that nothing still open of an intended batch was applied: it may be sent again.
  case withdrawn(sequence: Int, at: Int)
  /// A person decided what became of a batch in doubt.
  case resolved(sequence: Int, how: Resolution, at: Int)
  /// The run came to an end, complete or not.
  case ended(Ending)
}

/// What a person decided about a batch whose outcome is unknown.
package enum Resolution: String, Sendable, Equatable {
  /// The server has it: it counts as accepted.
  case accepted
  /// The server does not have it: send it again on resume.
  case resend
}

/// How a run ended.
package struct Ending: Sendable, Equatable {
  /// The status in the run report.
  package var status: String
  /// The exit status.
  package var exit: Int
  /// When, in seconds since 1970.
  package var at: Int

  /// The exit status of a run that a guard stopped.
  static let guarded = 2

  /// The end of a run.
  package init(status: String, exit: Int, at: Int) {
    self.status = status
    self.exit = exit
    self.at = at
  }
}
