@testable import Sandbox

extension TestDesk {
  /// An answer to the Management API, a second behind the last one.
  func get(_ path: String) -> Answer {
    wait(1000)
    return send("GET", path)
  }

  /// The whole text of a streamed answer.
  func text(_ path: String) -> String { get(path).streamedText }

  /// The rows of an export of Application 270, each a list of cells; the first one is the header.
  func rows(_ export: String, _ query: String = "dateFormat=ISO8601") throws -> [[String]] {
    try CSV.rows(text("/v1/applications/270/\(export)?\(query)"))
  }
}

extension Answer {
  var streamedText: String {
    guard var feed = stream?.feed else { return "" }
    var bytes: [UInt8] = []
    var chunk = Chunk()
    var goesOn = true
    while goesOn {
      chunk.clear()
      goesOn = feed.fill(&chunk)
      bytes += chunk.bytes
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// A CSV reader that knows RFC 4180 and nothing more: a backslash is a character like any other.
enum CSV {
  struct Broken: Error { let row: Int }

  static func rows(_ text: String) throws -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var rest = text.unicodeScalars[...]
    while !rest.isEmpty {
      let isQuoted = rest.first == "\""
      let cell = isQuoted ? try quoted(&rest, row: rows.count) : plain(&rest)
      row.append(cell)
      switch rest.popFirst() {
      case ",": continue
      case "\n":
        rows.append(row)
        row = []
      default: throw Broken(row: rows.count)
      }
    }
    guard row.isEmpty else { throw Broken(row: rows.count) }
    return rows
  }

  private static func plain(_ rest: inout Substring.UnicodeScalarView) -> String {
    let cell = rest.prefix { $0 != "," && $0 != "\n" }
    rest = rest[cell.endIndex...]
    return String(cell)
  }

  private static func quoted(_ rest: inout Substring.UnicodeScalarView, row: Int) throws -> String {
    var cell = String.UnicodeScalarView()
    rest.removeFirst()
    while let scalar = rest.popFirst() {
      if scalar != "\"" {
        cell.append(scalar)
      } else if rest.first == "\"" {
        cell.append(scalar)
        rest.removeFirst()
      } else {
        return String(cell)
      }
    }
    throw Broken(row: row)
  }
}
