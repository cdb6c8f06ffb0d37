/// The sandbox says no: a status and the error body that goes with it.
///
/// The bodies are those of https://docs.talon.one/integration-api (schemas `ErrorResponse` and
/// `ErrorResponseWithStatus`): the second carries `StatusCode` with a capital S.
struct Refusal: Error, Sendable, Equatable {
  /// One entry of `errors`.
  struct Problem: Sendable, Equatable {
    /// Where the trouble is: a JSON pointer into the request, a line of an uploaded file, a query parameter, a resource.
    enum Source: Sendable, Equatable {
      case pointer(String)
      /// Counted from 1; the header is line 1. The API writes it as a string.
      case line(Int)
      case parameter(String)
      case resource(String)
    }

    var title: String
    var details: String
    var source: Source
  }

  var status: Int
  var message: String
  var problems: [Problem]?
  var carriesStatus = true

  static let problemLimit = 10

  /// The 400 of a request whose content breaks a rule.
  static func invalid(_ problems: [Problem], carriesStatus: Bool = true) -> Refusal {
    let shown = Array(problems.prefix(problemLimit))
    return Refusal(
      status: 400, message: "The submitted data was invalid", problems: shown, carriesStatus: carriesStatus)
  }

  static func missing(_ message: String) -> Refusal { Refusal(status: 404, message: message, problems: nil) }

  var body: JSONValue {
    let list = problems.map { problems in JSONValue.array(problems.map(\.json)) }
    var object = JSONObject([("message", .string(message)), ("errors", list ?? .null)])
    if carriesStatus { object.append("StatusCode", .integer(status)) }
    return .object(object)
  }
}

extension Refusal.Problem {
  init(_ title: String, _ details: String, at pointer: String) {
    self.init(title: title, details: details, source: .pointer(pointer))
  }

  fileprivate var json: JSONValue {
    let place: JSONValue =
      switch source {
      case .pointer(let pointer): ["pointer": .string(pointer)]
      case .line(let line): ["line": .string(String(line))]
      case .parameter(let name): ["parameter": .string(name)]
      case .resource(let name): ["resource": .string(name)]
      }
    return ["title": .string(title), "details": .string(details), "source": place]
  }
}
