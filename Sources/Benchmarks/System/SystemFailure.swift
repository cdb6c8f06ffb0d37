import Glibc

/// A system call that failed: what was tried, and what the system said.
struct SystemFailure: Error, CustomStringConvertible {
  let attempt: String
  let code: Int32

  init(_ attempt: String, code: Int32 = errno) {
    self.attempt = attempt
    self.code = code
  }

  var description: String {
    guard let reason = unsafe strerror(code) else { return attempt }
    return unsafe "\(attempt): \(String(cString: reason))"
  }
}
