import Records

extension ExportEndpoint {
  /// The reference page, made from the description and nothing else.
  package var page: String {
    var page = "\(name): \(title)\n\n"
    page += "  \(method.rawValue) \(path)  (\(api.title), Authorization: \(api.scheme) …)\n"
    page += "  \(reference)\n\n"
    page += "How it is read\n  \(kindWords)\n"
    if let requestsPerSecond { page += "  at most \(requestsPerSecond) requests a second, evenly spaced\n" }
    page += "  given up on after \(stallSeconds) seconds without a byte\n"
    if !settings.isEmpty {
      page += "\nSettings (* required)\n"
      page += Self.table(
        settings.map { setting in
          let fallback = setting.fallback.map { " Default: \($0)." } ?? ""
          return (setting.name + (setting.isRequired ? " *" : ""), setting.expectation, setting.doc + fallback)
        })
    }
    page += "\nColumns (as the answer has them; later releases may add some)\n"
    page += Self.table(columns.map { ($0.name, $0.kind.words, "") })
    for note in notes { page += "\n\(note)\n" }
    return page
  }

  private var kindWords: String {
    switch kind {
    case .download(let time?, _):
      "one CSV answer for each slice of a window of time; 'window' is about the column '\(time.column)'"
    case .download(nil, _): "one CSV answer"
    case .pages(let size, let id): "pages of \(size) items; an '\(id)' that comes twice is written once"
    case .lookup(let key, let window):
      "one answer for each \(key) in the file 'keys' names, \(window) in flight unless 'delivery.window' says otherwise"
    }
  }

  private static func table(_ rows: [(String, String, String)]) -> String {
    let width = rows.map(\.0.count).max() ?? 0
    return rows.map { name, kind, doc in
      let gap = String(repeating: " ", count: width - name.count + 2)
      return "  \(name)\(gap)\(kind)\n" + (doc.isEmpty ? "" : "  \(String(repeating: " ", count: width + 2))\(doc)\n")
    }.joined()
  }
}

extension ExportColumn.Kind {
  fileprivate var words: String {
    switch self {
    case .text: "text"
    case .number: "number, digit by digit"
    case .time: "time; empty and 0001-01-01T00:00:00Z become null in NDJSON"
    case .json: "JSON; parsed in NDJSON, passed as it is in CSV"
    }
  }
}
