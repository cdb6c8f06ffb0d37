/// Where a reader's bytes come from: a file, a gzip stream, standard input, or an array in a test.
package protocol ByteSource: AnyObject {
  /// Fills some of `buffer` and says how much; 0 means the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(SourceFailure) -> Int

  /// How many of the bytes it gives, from the first on, are known to be UTF-8; 0 when nobody looked.
  var validatedBytes: Int { get }
}

extension ByteSource {
  package var validatedBytes: Int { 0 }
}

/// The source itself failed, not a record in it.
package enum SourceFailure: Error, Sendable, Equatable {
  case missing(path: String)
  case unreadable(path: String, reason: String)
  /// A damaged or truncated gzip stream, noticed after so many bytes of text.
  case damaged(path: String, reason: String, afterBytes: Int)
  /// The first record does not name usable columns.
  case badHeader(path: String, line: Int, reason: String)
}
