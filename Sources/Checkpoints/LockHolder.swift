/// Who holds a job's lock, as written into the lock file for the next one who comes.
package struct LockHolder: Sendable, Equatable {
  /// The process.
  package var pid: Int
  /// The machine it runs on; empty if unknown.
  package var host: String
  /// Since when, in seconds since 1970; 0 if unknown.
  package var startedAt: Int
  /// The run's name; empty if unknown.
  package var run: String

  /// The holder of a lock.
  package init(pid: Int, host: String, startedAt: Int, run: String) {
    self.pid = pid
    self.host = host
    self.startedAt = startedAt
    self.run = run
  }

  /// The content of the lock file.
  package var text: String {
    var line = LineWriter()
    line.literal("pid=")
    line.number(pid)
    line.literal(" host=")
    line.escaped(host)
    line.literal(" since=")
    line.number(startedAt)
    line.literal(" run=")
    line.escaped(run)
    line.literal("\n")
    return String(decoding: line.bytes, as: UTF8.self)
  }

  /// What can be understood of a lock file, whoever wrote it; nil if not even a process is named.
  package init?(parsing text: String) {
    self.init(pid: 0, host: "", startedAt: 0, run: "")
    for word in text.split(whereSeparator: \.isWhitespace) {
      guard let sign = word.utf8.firstIndex(of: UInt8(ascii: "=")) else { continue }
      let value = Array(word[sign...].utf8.dropFirst())
      var reader = LineReader(value)
      switch word[..<sign] {
      case "pid": pid = (try? reader.number()) ?? 0
      case "host": host = (try? reader.unescaped()) ?? ""
      case "since": startedAt = (try? reader.signedNumber()) ?? 0
      case "run": run = (try? reader.unescaped()) ?? ""
      default: continue
      }
    }
    guard pid > 0 else { return nil }
  }
}

extension LockHolder: CustomStringConvertible {
  /// What to tell the one who finds the lock taken.
  package var description: String {
    var words = "another run holds the lock: pid \(pid)"
    if !host.isEmpty { words += " on host \(LineSyntax.printable(host))" }
    if startedAt != 0 { words += " since \(Timestamp.rfc3339(seconds: startedAt))" }
    if !run.isEmpty { words += " (run \(LineSyntax.printable(run)))" }
    return words + "; wait for it, or stop it"
  }
}
