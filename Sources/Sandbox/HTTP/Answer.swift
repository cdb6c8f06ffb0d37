/// One HTTP answer as the rules see it.
struct Answer: Sendable, Equatable {
  struct Header: Sendable, Equatable {
    let name: String
    let value: String
  }

  var status: Int
  var headers: [Header] = []
  var contentType: String?
  var body: [UInt8] = []
  /// Takes the place of the body.
  var stream: BodyStream?
  /// Rows, members or profiles the request brought in; counted in the statistics.
  var accepted = 0

  static let noContent = Answer(status: 204)

  static func json(_ value: JSONValue, status: Int = 200, accepted: Int = 0) -> Answer {
    Answer(
      status: status, contentType: "application/json", body: JSONWriter.bytes(of: value), accepted: accepted)
  }

  static func refusing(_ refusal: Refusal) -> Answer { json(refusal.body, status: refusal.status) }

  /// The 429 that stands in front of the API: it says `Error`, not `message`.
  static func tooManyRequests(number: Int) -> Answer {
    let tail = String(number, radix: 16)
    let request = "00000000-0000-4000-8000-" + String(repeating: "0", count: max(0, 12 - tail.count)) + tail
    return json(
      ["StatusCode": 429, "Error": "Too many requests", "RequestUUID": .string(request)], status: 429)
  }
}
