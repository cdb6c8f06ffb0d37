import Glibc

/// Standard output and standard error.
package enum Terminal {
  /// Whether a person looks at standard error.
  package static var isLive: Bool { isatty(2) == 1 && environment("TERM") != "dumb" }

  /// The columns of the terminal.
  package static var width: Int {
    var size = winsize()
    guard unsafe ioctl(2, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// Ends the process with this status, at once: everything is written and synced, and the C libraries need not tidy up.
  package static func leave(_ status: Int32) -> Never { _exit(status) }

  package static func out(_ text: String) { write(text, to: 1) }
  package static func err(_ text: String) { write(text, to: 2) }

  private static func write(_ text: String, to number: Int32) {
    let bytes = Array(text.utf8)
    var written = 0
    while written < bytes.count {
      let amount = unsafe bytes.withUnsafeBytes {
        unsafe Glibc.write(number, $0.baseAddress?.advanced(by: written), $0.count - written)
      }
      if amount < 0, errno != EINTR { return }
      written += max(0, amount)
    }
  }

  package static func environment(_ name: String) -> String? {
    unsafe getenv(name).map { unsafe String(cString: $0) }
  }
}
