import CCurl
import CShims

/// libcurl, loaded when it is asked for.
///
/// With the thirty libraries behind it, loading takes 6 ms: as long as reading the command line and the job does, and nearly
/// a third of a run of a thousand rows. So whoever is going to need it has it loaded meanwhile, and nobody else waits.
package enum CurlLibrary {
  /// Why it cannot be used; nil when it can.
  package static let failure: String? = {
    if let reason = unloadable { return reason }
    return shim_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK ? nil : "libcurl does not start"
  }()

  private static let unloadable: String? = {
    guard let reason = unsafe shim_load_curl() else { return nil }
    return unsafe "libcurl cannot be loaded: \(String(cString: reason)); install the package 'libcurl4'"
  }()

  /// Loads it, which may take a while.
  package static func load() { _ = unloadable }
}
