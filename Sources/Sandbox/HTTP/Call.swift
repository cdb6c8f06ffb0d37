/// A request on its way to its operation: routed, admitted, its body read.
struct Call: Sendable {
  /// Counted from 1 in the order in which requests arrived.
  let number: Int
  let now: Timestamp
  let parameters: [String: String]
  let query: [RequestTarget.Parameter]
  let body: JSONValue
  let upload: Upload

  /// The identifier in the path; a refusal when it is no number.
  func identifier(_ name: String) throws(Refusal) -> Int {
    if let identifier = parameters[name].flatMap({ Int($0) }) { return identifier }
    throw .invalid([.init(title: "Invalid type", details: "\(name) is not an integer", source: .parameter(name))])
  }

  func first(_ name: String) -> String? { query.first { $0.name == name }?.value }

  func every(_ name: String) -> [String] { query.filter { $0.name == name }.map(\.value) }

  func flag(_ name: String) throws(Refusal) -> Bool {
    // The spellings of Go's ParseBool, which the API is written with: the Python SDK says `True`.
    switch first(name) {
    case nil, "false", "False", "FALSE", "f", "F", "0": return false
    case "true", "True", "TRUE", "t", "T", "1": return true
    case let other?:
      let details = "\(name) must be true or false, not \(other)"
      throw .invalid([.init(title: "Invalid type", details: details, source: .parameter(name))])
    }
  }

  /// Whether the caller wants the entities back: `silent=no`.
  func wantsEntities() throws(Refusal) -> Bool {
    switch first("silent") {
    case nil, "yes": return false
    case "no": return true
    case let other?:
      let details = "silent must be one of the following: yes, no; not \(other)"
      throw .invalid([.init(title: "enum", details: details, source: .parameter("silent"))])
    }
  }
}
