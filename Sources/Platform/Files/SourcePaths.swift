import Glibc
package import Records

/// Turns the paths and globs of a job into files.
package enum SourcePaths {
  /// Every file meant, in the order of the job; those of one glob sorted by name.
  ///
  /// A pattern that meets nothing is an error.
  package static func expand(_ patterns: [String]) throws(SourceFailure) -> [String] {
    var paths: [String] = []
    for pattern in patterns {
      guard pattern != "-", pattern.contains(where: { "*?[".contains($0) }), (unsafe access(pattern, F_OK)) != 0 else {
        if !paths.contains(pattern) { paths.append(pattern) }
        continue
      }
      let found = matches(pattern)
      if found.isEmpty { throw .missing(path: "\(pattern) (no file matches)") }
      for path in found where !paths.contains(path) { paths.append(path) }
    }
    return paths
  }

  private static func matches(_ pattern: String) -> [String] {
    var list = unsafe glob_t()
    defer { unsafe globfree(&list) }
    guard unsafe glob(pattern, GLOB_ERR, nil, &list) == 0 else { return [] }
    return (0..<Int(unsafe list.gl_pathc)).compactMap { index in
      unsafe list.gl_pathv[index].map { unsafe String(cString: $0) }
    }.sorted()
  }
}
