/// Finds the operation of a request by method and path.
struct Router: Sendable {
  enum Route: Sendable {
    case found(Operation, parameters: [String: String])
    /// The path exists, under other methods.
    case wrongMethod(allowed: [String])
    case unknown
  }

  private enum Segment: Sendable {
    case fixed(String)
    case parameter(String)
  }

  private struct Entry: Sendable {
    let segments: [Segment]
    let operation: Operation
  }

  private let entries: [Int: [Entry]]

  init(_ operations: [Operation]) {
    let entries = operations.map { operation in
      let segments = operation.path.split(separator: "/").map { segment in
        segment.first == "{" ? Segment.parameter(String(segment.dropFirst().dropLast())) : .fixed(String(segment))
      }
      return Entry(segments: segments, operation: operation)
    }
    self.entries = Dictionary(grouping: entries) { $0.segments.count }
  }

  func route(method: String, segments: [String]) -> Route {
    var allowed: [String] = []
    for entry in entries[segments.count] ?? [] {
      guard let parameters = Self.match(entry.segments, segments) else { continue }
      if entry.operation.method == method { return .found(entry.operation, parameters: parameters) }
      allowed.append(entry.operation.method)
    }
    return allowed.isEmpty ? .unknown : .wrongMethod(allowed: allowed)
  }

  private static func match(_ pattern: [Segment], _ segments: [String]) -> [String: String]? {
    var parameters: [String: String] = [:]
    for (expected, found) in zip(pattern, segments) {
      switch expected {
      case .fixed(let word): if word != found { return nil }
      case .parameter(let name):
        if found.isEmpty { return nil }
        parameters[name] = found
      }
    }
    return parameters
  }
}
