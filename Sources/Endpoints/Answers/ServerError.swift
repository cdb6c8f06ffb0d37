import Records

/// The API's error body: `{message, errors: [{title, details, source: {pointer | parameter | line | resource}}]}`.
package struct ServerError: Sendable, Equatable {
  package struct Item: Sendable, Equatable {
    package var title: String
    package var details: String
    /// A JSON pointer into the request.
    package var pointer: String?
    package var parameter: String?
    /// A line of an uploaded file.
    package var line: Int?
  }

  package var message: String
  package var items: [Item]

  /// The error in `body`; nil when it is not one of the API's (an HTML page of a proxy, say).
  package init?(_ body: [UInt8]) {
    guard let root = JSONValue(body), case .object = root else { return nil }
    guard let message = root["message"]?.text ?? root["Error"]?.text ?? root["error"]?.text else { return nil }
    self.message = message
    items = (root["errors"]?.elements ?? []).prefix(1000).map { error in
      Item(
        title: error["title"]?.text ?? "", details: error["details"]?.text ?? "",
        pointer: error["source"]?["pointer"]?.text, parameter: error["source"]?["parameter"]?.text,
        line: (error["source"]?["line"]?.text).flatMap { Int($0) })
    }
  }

  /// Whether it speaks of updates that met, not of something that is there already.
  package var isCollision: Bool {
    let words = message.lowercased()
    return words.contains("at the same time") || words.contains("too many requests")
  }

  /// Whether it says that something is there already.
  package var isExistence: Bool {
    let words = message.lowercased()
    return words.contains("exist") && !words.contains("not exist")
  }

  /// The error in one line.
  package var words: String {
    let details = items.prefix(3).map(\.words).filter { !$0.isEmpty }
    return details.isEmpty ? message : "\(message): \(details.joined(separator: "; "))"
  }
}

extension ServerError.Item {
  /// Title and details without repeating one in the other.
  package var words: String {
    let words = details.isEmpty ? title : title.isEmpty || details.contains(title) ? details : "\(title): \(details)"
    return if let pointer { "\(words) (\(pointer))" } else if let parameter { "\(words) (parameter \(parameter))" } else
    {
      words
    }
  }

  /// The item a pointer such as `/actions/17/payload/price` stands in, counted from 0.
  package func index(under array: String) -> Int? {
    guard let pointer, pointer.hasPrefix("/\(array)/") else { return nil }
    return Int(pointer.dropFirst(array.count + 2).prefix { $0 != "/" })
  }
}
