package import Records

/// How a rejects file is written: as its source is, so that it can be mended and run again, with the place and the reason
/// beside each record.
package enum RejectsFormat: Sendable, Equatable {
  /// The columns of the source, without those of an earlier rejects file.
  case csv(CSVDialect, columns: [String])
  case ndjson

  /// What comes before the first rejection.
  package var head: [UInt8] {
    switch self {
    case .ndjson: return []
    case .csv(let dialect, let columns):
      let added = [
        ReservedColumn.file, ReservedColumn.line, ReservedColumn.column, ReservedColumn.reason, ReservedColumn.record,
      ]
      return CSVText.join((columns + added).map { Array($0.utf8) }, dialect) + [UInt8(ascii: "\n")]
    }
  }

  /// One rejection, line end included.
  ///
  /// - `path`: the source file's path.
  /// - `columns`: the columns of that file, which need not be those of the first one.
  package func line(for rejection: Rejection, path: String, columns: [String]) -> [UInt8] {
    switch self {
    case .csv(let dialect, let wanted):
      let place = [
        Array(path.utf8), Array(String(rejection.place.line).utf8), Array(rejection.column.utf8),
        Array(rejection.reason.utf8),
      ]
      let fields = rejection.isReadable ? CSVText.split(rejection.original, dialect) : nil
      // A record that could not be read the first time stays beside its blanks until somebody mends it.
      let unread = fields.flatMap { fields in
        columns.firstIndex(of: ReservedColumn.record).flatMap { $0 < fields.count ? fields[$0] : nil }
      }
      let added = CSVText.join(place + [fields == nil ? rejection.original : unread ?? []], dialect)
      guard let fields, fields.count == columns.count else {
        let blanks = [[UInt8]](repeating: [], count: wanted.count)
        return CSVText.join(blanks, dialect) + [dialect.delimiter] + added + [UInt8(ascii: "\n")]
      }
      let record: [UInt8]
      if wanted == columns {
        record = rejection.original
      } else {
        let byName = Dictionary(zip(columns, fields), uniquingKeysWith: { first, _ in first })
        record = CSVText.join(wanted.map { byName[$0] ?? [] }, dialect)
      }
      return record + [dialect.delimiter] + added + [UInt8(ascii: "\n")]
    case .ndjson:
      return ndjsonLine(for: rejection, path: path)
    }
  }

  private func ndjsonLine(for rejection: Rejection, path: String) -> [UInt8] {
    var members: [(key: String, value: JSONValue)] = [
      (ReservedColumn.file, .string(path)), (ReservedColumn.line, .number(String(rejection.place.line))),
      (ReservedColumn.column, .string(rejection.column)), (ReservedColumn.reason, .string(rejection.reason)),
    ]
    guard rejection.isReadable, let brace = rejection.original.firstIndex(of: UInt8(ascii: "{")) else {
      members.append((ReservedColumn.record, .string(String(decoding: rejection.original, as: UTF8.self))))
      return JSONValue.object(members).bytes + [UInt8(ascii: "\n")]
    }
    var rest = Array(rejection.original[(brace + 1)...])
    if case .object(let own)? = JSONValue(rejection.original), own.contains(where: { ReservedColumn.contains($0.key) })
    {
      rest = Array(JSONValue.object(own.filter { !ReservedColumn.contains($0.key) }).bytes.dropFirst())
    }
    let isEmpty = rest.first { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") } == UInt8(ascii: "}")
    let separator: [UInt8] = isEmpty ? [] : [UInt8(ascii: ",")]
    return JSONValue.object(members).bytes.dropLast() + separator + rest + [UInt8(ascii: "\n")]
  }
}
