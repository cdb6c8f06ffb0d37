import Records

extension ImportEndpoint {
  /// The reference page, made from the description and nothing else.
  package var page: String {
    var page = "\(name): \(title)\n\n"
    page += "  \(method.rawValue) \(path)  (\(api.title), Authorization: \(api.scheme) …)\n"
    if let innerPath { page += "  \(method.rawValue) \(innerPath)\n" }
    page += "  \(reference)\n\n"
    page += "Limits\n  \(shape.words(limits)), \(limits.window) in flight unless 'delivery.window' says otherwise"
    page += limits.requestsPerSecond.map { ", \($0) requests a second" } ?? ""
    page += "\n  \(safety.words)\n"
    let actionChoices = actions.map { [($0.name, $0.choices.joined(separator: " | "), $0.doc)] } ?? []
    let constants = fields.filter(\.canBeSetting).map {
      ($0.name, $0.kindWords, "The same for every row; or map a column.")
    }
    let rows = settings.map { ($0.isRequired ? "\($0.name) *" : $0.name, $0.expectation, $0.words) }
    if !(rows.isEmpty && actionChoices.isEmpty && constants.isEmpty) {
      page += "\nSettings (* required)\n" + Self.table(rows + actionChoices + constants)
    }
    page += "\nFields (* required, + key)\n"
    page += Self.table(
      fields.map { field in
        let marks = (field.required.isEmpty ? "" : " *") + (field.isKey ? " +" : "")
        return (field.name + marks, field.kindWords, field.words)
      })
    if let actions, fields.contains(where: { !$0.actions.isEmpty }) || actions.isOnePerRequest {
      page += "\n'\(actions.name)' may be mapped from a column too.\n"
    }
    for note in notes { page += "\n\(note)\n" }
    return page
  }

  private static func table(_ rows: [(String, String, String)]) -> String {
    let first = rows.map(\.0.count).max() ?? 0
    return rows.map { name, kind, doc in
      let gap = String(repeating: " ", count: first - name.count + 2)
      return "  \(name)\(gap)\(kind)\n" + (doc.isEmpty ? "" : "  \(String(repeating: " ", count: first + 2))\(doc)\n")
    }.joined()
  }
}

extension ImportEndpoint.Shape {
  /// How rows become requests.
  fileprivate func words(_ limits: Limits) -> String {
    switch self {
    case .envelope: "\(limits.items) items a request"
    case .grouped(let array): "a request for the rows of one address, \(limits.items) '\(array)' each"
    case .single(_, nil): "one request a row"
    case .single(_, let fold?):
      "one request a row, or for the \(fold.array) lines of one address: \(limits.items) of them, "
        + "\(fold.maximumSum) in \(fold.sum) at most"
    case .upload(.append): "CSV uploads of \(limits.items) rows, added to what is there"
    case .upload(.replace): "one CSV upload of at most \(limits.items) rows, in place of what is there"
    }
  }
}

extension Setting {
  fileprivate var words: String {
    let kinds = actions.isEmpty ? "" : " Only for \(actions.joined(separator: ", "))."
    return doc + kinds + (fallback.map { " Default: \($0)." } ?? "")
  }
}

extension Field {
  fileprivate var words: String { doc + (actions.isEmpty ? "" : " Only for \(actions.joined(separator: ", ")).") }

  fileprivate var kindWords: String {
    var words: String
    switch shape {
    case .value(let kind): words = kind.rawValue
    case .open: words = "any"
    case .filters(let operators, _):
      words = "conditions { attr, op, value | column }, op one of \(operators.joined(separator: " "))"
    }
    if !choices.isEmpty { words += ", one of \(choices.joined(separator: ", "))" }
    if let maximumLength, maximumLength < .max { words += ", \(minimumLength) to \(maximumLength) characters" }
    if let minimum { words += ", at least \(minimum)" }
    if let maximum { words += ", at most \(maximum)" }
    return words
  }
}
