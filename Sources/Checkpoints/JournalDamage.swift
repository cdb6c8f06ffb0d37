/// A journal that cannot be believed.
///
/// A torn tail is not damage; this is.
package enum JournalDamage: Error, Sendable, Equatable {
  /// The file does not begin like a journal.
  case notAJournal
  /// The file is a journal of a format this program does not know.
  case unknownVersion(String)
  /// A line is not what was written, though whole lines follow it. Lines count from 1, bytes from 0.
  case damaged(line: Int, byte: Int)
  /// A line is whole and still cannot be true.
  case contradiction(line: Int, byte: Int, reason: String)
}

extension JournalDamage: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notAJournal: "this is not a journal of ferry"
    case .unknownVersion(let version):
      "the journal has format \(LineSyntax.printable(version)); this program knows format \(JournalCodec.version)"
        + " only: use the version of ferry that wrote it"
    case .damaged(let line, let byte): "the journal is damaged at line \(line) (byte \(byte)): somebody changed it"
    case .contradiction(let line, let byte, let reason):
      "the journal contradicts itself at line \(line) (byte \(byte)): \(reason)"
    }
  }
}
