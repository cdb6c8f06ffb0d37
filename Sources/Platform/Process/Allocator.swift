import CShims

/// The C library's allocator, which libcurl uses too.
package enum Allocator {
  /// Keeps freed memory for the next request instead of giving it back.
  ///
  /// libcurl takes an upload buffer of 256 KiB for every request and frees it after. Left alone, glibc maps it anew each
  /// time or cuts it off the heap again, depending on what lies beside it: up to 20,000 page faults for 1,000 requests,
  /// a fifth of the run's time (`perf record -e page-faults`). The peak is the same either way.
  package static func keepFreed() {
    shim_keep_freed(16 << 20, 64 << 20)
  }
}
