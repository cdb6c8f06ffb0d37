import Pipeline

extension RunEvent {
  /// The event for a person; nil when it is not worth a line.
  func words(job: String) -> String? {
    switch self {
    case .started(let run, _, let resumed?):
      "\(job): resuming run \(run): \(resumed.grouped) rows are settled and will not be sent again"
    case .started(_, _, nil), .rejected: nil
    case .retrying(let sequence, let attempt, let pause, let reason):
      "\(job): batch \(sequence): \(reason); attempt \(attempt) in \(pause.words)"
    case .retryingRead(let what, let attempt, let pause, let reason):
      "\(job): \(what): \(reason); attempt \(attempt) in \(pause.words)"
    case .note(let text): "\(job): \(text)"
    case .stopping(let reason): "\(job): stopping: \(reason)"
    case .notice(let words): "\(job): \(words)"
    }
  }

  /// The event as a JSON line.
  func json(job: String) -> String? {
    var members: [(String, JSONLine.Value)] = [("event", .text("")), ("job", .text(job))]
    switch self {
    case .started(let run, _, let resumed):
      members[0].1 = .text("started")
      members.append(("run", .text(run)))
      if let resumed { members.append(("resumedAfter", .number(resumed))) }
    case .retrying(let sequence, let attempt, let pause, let reason):
      members[0].1 = .text("retrying")
      members += [
        ("batch", .number(sequence)), ("attempt", .number(attempt)),
        ("pauseMilliseconds", .number(pause.nanoseconds / 1_000_000)), ("reason", .text(reason)),
      ]
    case .retryingRead(let what, let attempt, let pause, let reason):
      members[0].1 = .text("retrying")
      members += [
        ("read", .text(what)), ("attempt", .number(attempt)),
        ("pauseMilliseconds", .number(pause.nanoseconds / 1_000_000)), ("reason", .text(reason)),
      ]
    case .note(let text):
      members[0].1 = .text("note")
      members.append(("text", .text(text)))
    case .stopping(let reason):
      members[0].1 = .text("stopping")
      members.append(("reason", .text(reason)))
    case .notice(let words):
      members[0].1 = .text("notice")
      members.append(("words", .text(words)))
    case .rejected(let count, let file, let line):
      members[0].1 = .text("rejected")
      members += [("count", .number(count)), ("file", .text(file)), ("line", .number(line))]
    }
    return JSONLine(members).text
  }
}

extension Duration {
  /// `0.3 s`.
  var words: String {
    let tenths = nanoseconds / 100_000_000
    return "\(tenths / 10).\(tenths % 10) s"
  }
}
