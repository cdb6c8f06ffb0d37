extension Call {
  /// How the export writes dates; without `dateFormat` as `excel` reads them.
  func dateFormat() throws(Refusal) -> DateText {
    switch first("dateFormat") {
    case nil, "excel": return DateText(.plain)
    case "ISO8601": return DateText(.iso8601)
    case let other?: throw .notOne(of: ["excel", "ISO8601"], name: "dateFormat", found: other)
    }
  }

  func sessionState() throws(Refusal) -> SampleSession.State? {
    guard let text = first("customerSessionState") else { return nil }
    if let state = SampleSession.State(rawValue: text) { return state }
    let states = SampleSession.State.allCases.map(\.rawValue)
    throw .notOne(of: states, name: "customerSessionState", found: text)
  }
}

extension Refusal {
  fileprivate static func notOne(of words: [String], name: String, found: String) -> Refusal {
    let details = "\(name) must be one of the following: \(words.joined(separator: ", ")); not \(found.prefix(60))"
    return .invalid([.init(title: "enum", details: details, source: .parameter(name))])
  }
}
