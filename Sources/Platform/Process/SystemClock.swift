import Glibc
import Pipeline

/// The machine's clocks and dice.
package struct SystemClock: RunClock {
  package init() {}

  /// Nanoseconds since some moment in the past.
  package var now: Int { Self.read(CLOCK_MONOTONIC) }

  /// Nanoseconds since 1970.
  package var wall: Int { Self.read(CLOCK_REALTIME) }

  package var dice: Double { Double.random(in: 0..<1) }

  package func sleep(until moment: Int) async {
    let left = moment - now
    if left > 0 { try? await Task.sleep(for: .nanoseconds(left)) }
  }

  private static func read(_ clock: clockid_t) -> Int {
    var time = timespec()
    unsafe clock_gettime(clock, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }
}

/// What the process has used so far.
package enum ProcessUsage {
  /// The most memory it ever had, in bytes.
  ///
  /// `VmHWM` of proc(5): `ru_maxrss` outlives exec, so it may be that of the process that started this one.
  package static var peakMemoryBytes: Int {
    // As bytes: the tables that tell characters apart would be counted too.
    let status = (try? Folder.read("/proc/self/status")) ?? []
    let name = Array("VmHWM:".utf8)
    guard let line = status.split(separator: UInt8(ascii: "\n")).first(where: { $0.starts(with: name) }) else {
      return 0
    }
    var kilobytes = 0
    for byte in line where (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
      kilobytes = kilobytes * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return kilobytes * 1024
  }

  package static var processID: Int { Int(getpid()) }

  package static var hostName: String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard unsafe gethostname(&buffer, buffer.count - 1) == 0 else { return "unknown" }
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
