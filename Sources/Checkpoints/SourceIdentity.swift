/// What a source looked like when the run began, so that a changed one is noticed before reading goes on.
package struct SourceIdentity: Sendable, Equatable {
  /// What kind of thing is read.
  package enum Kind: String, Sendable, Equatable {
    /// A file: it can be read again from any place.
    case regular
    /// Standard input, a pipe, a device: it is gone once read.
    case stream
  }

  /// The path as the job gave it.
  package var path: String
  /// What kind of thing is read.
  package var kind: Kind
  /// Its length.
  package var bytes: Int
  /// When it was last changed, in nanoseconds since 1970.
  package var modified: Int
  /// The fingerprint of its content, or of an agreed part of it.
  package var fingerprint: UInt64

  /// What is known of the source at `path`.
  package init(path: String, kind: Kind, bytes: Int, modified: Int, fingerprint: UInt64) {
    self.path = path
    self.kind = kind
    self.bytes = bytes
    self.modified = modified
    self.fingerprint = fingerprint
  }

  /// Whether the source is a file that can be read again.
  package var isRegular: Bool { kind == .regular }

  /// Whether the source is gone once read.
  package var isStream: Bool { kind == .stream }

  /// What is different about the same path now, the gravest difference first; nil if it is the same source.
  package func change(to now: SourceIdentity) -> SourceChange? {
    if kind != now.kind || isStream { return .notRepeatable }
    if bytes != now.bytes { return .size(was: bytes, now: now.bytes) }
    if fingerprint != now.fingerprint { return .content }
    if modified != now.modified { return .time(was: modified, now: now.modified) }
    return nil
  }
}

extension LineWriter {
  mutating func source(_ source: SourceIdentity) {
    literal(source.kind.rawValue)
    byte(UInt8(ascii: ","))
    escaped(source.path)
    byte(UInt8(ascii: ","))
    number(source.bytes)
    byte(UInt8(ascii: ","))
    number(source.modified)
    byte(UInt8(ascii: ","))
    hex(source.fingerprint, digits: 16)
  }
}

extension LineReader {
  mutating func source() throws(Unreadable) -> SourceIdentity {
    guard let kind = SourceIdentity.Kind(rawValue: try unescaped()) else { throw Unreadable() }
    try expect(UInt8(ascii: ","))
    let path = try unescaped()
    try expect(UInt8(ascii: ","))
    let bytes = try number()
    try expect(UInt8(ascii: ","))
    let modified = try signedNumber()
    try expect(UInt8(ascii: ","))
    return SourceIdentity(
      path: path, kind: kind, bytes: bytes, modified: modified, fingerprint: try hex(digits: 16))
  }
}
