/// One column of an export and what its cells hold.
package struct ExportColumn: Sendable, Equatable {
  package enum Kind: String, Sendable {
    case text
    /// A JSON number, passed on digit by digit.
    case number
    /// A moment; empty and `0001-01-01T00:00:00Z` mean never.
    case time
    /// A JSON value; empty and `null` mean none.
    case json
  }

  package var name: String
  package var kind: Kind

  package init(_ name: String, _ kind: Kind = .text) {
    self.name = name
    self.kind = kind
  }
}

/// How an export's output is written.
package enum ExportFormat: String, Sendable {
  case csv
  case ndjson
}
