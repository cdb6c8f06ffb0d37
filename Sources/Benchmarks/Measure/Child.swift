@unsafe @preconcurrency import Glibc

/// What one run of a command cost.
struct Cost {
  let wallMicroseconds: Int
  let cpuMicroseconds: Int
  let peakKilobytes: Int
}

/// A command that did not end well.
struct ChildFailure: Error, CustomStringConvertible {
  let command: [String]
  let ending: String

  var description: String { "\(command.joined(separator: " ")): \(ending)" }
}

/// Runs commands to their end, their standard output thrown away.
enum Child {
  @discardableResult
  static func run(_ command: [String]) throws -> Cost {
    let clock = ContinuousClock()
    let start = clock.now
    let process = try spawn(command)
    var status: Int32 = 0
    var usage = rusage()
    while unsafe wait4(process, &status, 0, &usage) < 0 {
      if errno != EINTR { throw SystemFailure("cannot wait for \(command[0])") }
    }
    let wall = start.duration(to: clock.now).components
    if status & 0x7F != 0 { throw ChildFailure(command: command, ending: "killed by signal \(status & 0x7F)") }
    if status != 0 { throw ChildFailure(command: command, ending: "exit status \(status >> 8 & 0xFF)") }
    return Cost(
      wallMicroseconds: Int(wall.seconds) * 1_000_000 + Int(wall.attoseconds / 1_000_000_000_000),
      cpuMicroseconds: microseconds(usage.ru_utime) + microseconds(usage.ru_stime),
      peakKilobytes: usage.ru_maxrss)
  }

  private static func microseconds(_ time: timeval) -> Int { time.tv_sec * 1_000_000 + time.tv_usec }

  private static func spawn(_ command: [String]) throws(SystemFailure) -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)

    var words = unsafe command.map { unsafe strdup($0) } + [nil]
    defer { unsafe words.forEach { unsafe free($0) } }
    var process: pid_t = 0
    let status = unsafe posix_spawnp(&process, command[0], &actions, nil, &words, environ)
    if status != 0 { throw SystemFailure("cannot start \(command[0])", code: status) }
    return process
  }
}
