import Testing

@testable import Endpoints

@Suite struct VerdictTests {
  private func endpoint(_ api: API) -> ImportEndpoint {
    var endpoint = ImportEndpoint.catalogSync
    endpoint.api = api
    return endpoint
  }

  private func verdict(_ status: Int, _ body: String = "", retryAfter: String? = nil, api: API = .integration)
    -> Verdict
  {
    endpoint(api).verdict(
      on: Answer(status: status, retryAfter: retryAfter, body: Array(body.utf8)), rows: 20)
  }

  @Test(arguments: API.allCases)
  func everyStatusHasOneMeaning(api: API) {
    for status in 100...699 {
      let found = verdict(status, api: api)
      let reason = "HTTP \(status)"
      let expected: Verdict =
        switch status {
        case 200...299: .accepted
        case 401, 403: .fatal(.unauthorized, reason: reason)
        case 404: .fatal(.notFound, reason: reason)
        case 425, 429: .unavailable(reason: reason, retryAfter: nil, execution: .no)
        case 408, 500...599: .unavailable(reason: reason, retryAfter: nil, execution: .unknown)
        case 409 where api == .integration: .unavailable(reason: reason, retryAfter: nil, execution: .no)
        case 400...499: .refused(reason: reason, faults: [])
        default:
          .fatal(
            .unexpected, reason: "\(reason): this is no answer of the API; check the URL and any proxy in between")
        }
      #expect(found == expected)
    }
  }

  static let conflicts: [(api: API, body: String, isRefused: Bool)] = [
    (.integration, #"{"message":"Too many requests are updating this profile at the same time","errors":null}"#, false),
    (.integration, #"{"message":"Audience already exists","StatusCode":409}"#, true),
    (.integration, "", false), (.integration, "<html>", false),
    (.management, #"{"message":"Name already exists"}"#, true), (.management, #"{"message":"busy"}"#, true),
  ]

  @Test(arguments: conflicts)
  func conflictHasTwoMeanings(api: API, body: String, isRefused: Bool) {
    switch verdict(409, body, api: api) {
    case .refused: #expect(isRefused)
    case .unavailable(_, _, let execution): #expect(!isRefused && execution == .no)
    case let other: Issue.record("\(other)")
    }
  }

  static let bodies: [(body: String, reason: String, faults: [RowFault])] = [
    ("", "HTTP 400", []),
    ("<html><body>Bad gateway</body></html>", "HTTP 400", []),
    ("{", "HTTP 400", []), ("[]", "HTTP 400", []), ("\"text\"", "HTTP 400", []), ("{}", "HTTP 400", []),
    ("\u{FEFF}{}", "HTTP 400", []),
    (#"{"message":"Invalid","errors":null,"StatusCode":400}"#, "HTTP 400: Invalid", []),
    (#"{"message":"Invalid","errors":[]}"#, "HTTP 400: Invalid", []),
    (#"{"message":"Invalid","errors":{"a":1}}"#, "HTTP 400: Invalid", []),
    (#"{"message":"Invalid","errors":[null,3,"x",{}]}"#, "HTTP 400: Invalid", []),
    (#"{"StatusCode":429,"Error":"Too many requests","RequestUUID":"1"}"#, "HTTP 400: Too many requests", []),
    (#"{"error":"bad"}"#, "HTTP 400: bad", []), (#"{"message":12}"#, "HTTP 400: 12", []),
    (#"{"message":{}}"#, "HTTP 400", []),
    (
      #"{"message":"M","errors":[{"title":"T","details":"D","source":{"pointer":"/actions/17/payload/price"}}]}"#,
      "HTTP 400: M: T: D (/actions/17/payload/price)",
      [RowFault(row: 17, reason: "HTTP 400: T: D (/actions/17/payload/price)", pointer: "/payload/price")]
    ),
    (
      #"{"message":"M","errors":[{"title":"B","source":{"pointer":"/actions/3/a"}},{"title":"A","source":{"pointer":"/actions/1"}},{"title":"C","source":{"pointer":"/actions/3/c"}},{"title":"E"}]}"#,
      "HTTP 400: M: B (/actions/3/a); A (/actions/1); C (/actions/3/c)",
      [
        RowFault(row: 1, reason: "HTTP 400: A (/actions/1)", pointer: ""),
        RowFault(row: 3, reason: "HTTP 400: B (/actions/3/a); C (/actions/3/c)", pointer: "/a"),
      ]
    ),
    (
      #"{"message":"M","errors":[{"title":"T","source":{"pointer":"/actions/20/a"}}]}"#,
      "HTTP 400: M: T (/actions/20/a)", []
    ),
    (
      #"{"message":"M","errors":[{"title":"T","source":{"pointer":"/actions/-1"}}]}"#, "HTTP 400: M: T (/actions/-1)",
      []
    ),
    (#"{"message":"M","errors":[{"title":"T","source":{"pointer":"/actions/"}}]}"#, "HTTP 400: M: T (/actions/)", []),
    (#"{"message":"M","errors":[{"title":"T","source":{"pointer":"/actions"}}]}"#, "HTTP 400: M: T (/actions)", []),
    (#"{"message":"M","errors":[{"title":"T","source":{"pointer":"/other/1/a"}}]}"#, "HTTP 400: M: T (/other/1/a)", []),
    (
      #"{"message":"M","errors":[{"title":"T","source":{"pointer":"/actions/99999999999999999999"}}]}"#,
      "HTTP 400: M: T (/actions/99999999999999999999)", []
    ),
    (
      #"{"message":"M","errors":[{"title":"T","source":{"parameter":"silent"}}]}"#, "HTTP 400: M: T (parameter silent)",
      []
    ),
    (#"{"message":"M","errors":[{"title":"T","source":{"line":"N/A"}}]}"#, "HTTP 400: M: T", []),
    (#"{"message":"M","errors":[{"title":"T","source":null}]}"#, "HTTP 400: M: T", []),
  ]

  @Test(arguments: bodies)
  func errorBodyIsRead(body: String, reason: String, faults: [RowFault]) {
    #expect(verdict(400, body) == .refused(reason: reason, faults: faults))
  }

  @Test func hugeBodiesAreBounded() {
    let item = #"{"title":"T","source":{"pointer":"/actions/1"}},"#
    let many = #"{"message":"M","errors":["# + String(repeating: item, count: 5000) + "{}]}"
    #expect(ServerError(Array(many.utf8))?.items.count == 1000)
    #expect(verdict(400, String(many.dropLast(3))) == .refused(reason: "HTTP 400", faults: []))
    #expect(verdict(500, String(repeating: "[", count: 1 << 20)) == verdict(500))
    #expect(
      verdict(400, "{\"message\":\"" + String(repeating: "x", count: 1 << 20))
        == .refused(reason: "HTTP 400", faults: []))
  }

  @Test func retryAfterIsHandedOn() {
    #expect(
      verdict(429, retryAfter: "7")
        == .unavailable(reason: "HTTP 429", retryAfter: .seconds(7), execution: .no))
    #expect(
      verdict(503, retryAfter: "soon") == .unavailable(reason: "HTTP 503", retryAfter: nil, execution: .unknown))
  }

  static let headers: [(text: String, expected: RetryAfter?)] = [
    ("0", .seconds(0)), ("120", .seconds(120)), ("  5 ", .seconds(5)), ("2592001", .seconds(2_592_000)),
    ("9223372036854775807", .seconds(2_592_000)), ("99999999999999999999", nil), ("-1", nil), ("", nil), (" ", nil),
    ("soon", nil), ("1.5", nil), ("0x10", nil), ("Sun, 06 Nov 1994 08:49:37 GMT", .date(784_111_777)),
    ("Thu, 01 Jan 1970 00:00:00 GMT", .date(0)), ("Thu, 29 Feb 2024 12:00:00 GMT", .date(1_709_208_000)),
    ("Sun, 06 Nov 1994 08:49:37 CET", nil), ("Sunday, 06-Nov-94 08:49:37 GMT", nil),
    ("Sun, 32 Nov 1994 08:49:37 GMT", nil), ("Sun, 06 Foo 1994 08:49:37 GMT", nil),
    ("Sun, 06 Nov 1994 24:49:37 GMT", nil), ("Sun, 06 Nov 1994 08:49 GMT", nil),
    ("Sun, 06 Nov 99999999999999999999 08:49:37 GMT", nil), ("Sun, 06 Nov 1969 08:49:37 GMT", nil),
  ]

  @Test(arguments: headers)
  func retryAfterIsRead(text: String, expected: RetryAfter?) {
    #expect(RetryAfter(text) == expected)
  }

  @Test func delayIsNeverNegative() {
    #expect(RetryAfter.seconds(5).delay(from: 100) == .seconds(5))
    #expect(RetryAfter.date(130).delay(from: 100) == .seconds(30))
    #expect(RetryAfter.date(90).delay(from: 100) == .zero)
  }

  @Test(arguments: [
    ("T", "", "T"), ("", "D", "D"), ("T", "D", "T: D"), ("T", "the T is in it", "the T is in it"), ("", "", ""),
  ])
  func wordsDoNotRepeatThemselves(title: String, details: String, words: String) {
    #expect(ServerError.Item(title: title, details: details).words == words)
  }

  // MARK: Uploads, addresses and look-ups

  private func verdict(_ endpoint: ImportEndpoint, _ status: Int, _ body: String, rows: Int = 20) -> Verdict {
    endpoint.verdict(on: Answer(status: status, body: Array(body.utf8)), rows: rows)
  }

  /// Line 1 is the header, so line 2 is the first row.
  @Test(arguments: [
    (#""2""#, 0), ("2", 0), (#""21""#, 19), (#""22""#, nil), (#""1""#, nil), (#""0""#, nil), (#""-3""#, nil),
    (#""N/A""#, nil), ("null", nil), (#""9223372036854775807""#, nil), (#""-9223372036854775808""#, nil),
  ]) func lineOfAnUploadIsARow(_ line: String, _ row: Int?) {
    let found = verdict(
      .couponsImport, 400, #"{"message":"M","errors":[{"title":"T","source":{"line":\#(line)}}]}"#)
    #expect(
      found == .refused(reason: "HTTP 400: M: T", faults: row.map { [RowFault(row: $0, reason: "HTTP 400: T")] } ?? []))
  }

  @Test func linesOfAnUploadAreEachARow() {
    let errors = [5, 2, 5].map { #"{"title":"T\#($0)","source":{"line":"\#($0)"}}"# }.joined(separator: ",")
    let found = verdict(.couponsImport, 400, #"{"message":"M","errors":[\#(errors)]}"#)
    let faults = [RowFault(row: 0, reason: "HTTP 400: T2"), RowFault(row: 3, reason: "HTTP 400: T5; T5")]
    guard case .refused(_, let named) = found else {
      Issue.record("\(found)")
      return
    }
    #expect(named == faults)
  }

  @Test func rowOfAGroupIsNamedByItsPointer() {
    let found = verdict(
      .reservationsCreate, 400,
      #"{"message":"M","errors":[{"title":"T","source":{"pointer":"/integrationIDs/3"}}]}"#)
    guard case .refused(_, let named) = found else {
      Issue.record("\(found)")
      return
    }
    #expect(named.map(\.row) == [3])
  }

  @Test func missingAddressIsTheRowsFault() {
    let body = #"{"message":"not found"}"#
    #expect(verdict(.reservationsCreate, 404, body) == .refused(reason: "HTTP 404: not found", faults: []))
    #expect(verdict(.sessionsUpdate, 404, body) == .fatal(.notFound, reason: "HTTP 404: not found"))
  }

  @Test func eventThatExistsIsLookedUp() {
    #expect(
      verdict(.eventsTrack, 409, #"{"message":"event already exists"}"#)
        == .exists(reason: "HTTP 409: event already exists"))
    #expect(
      verdict(.eventsTrack, 409, #"{"message":"Too many requests are updating this profile at the same time"}"#)
        == .unavailable(
          reason: "HTTP 409: Too many requests are updating this profile at the same time", retryAfter: nil,
          execution: .no))
  }

  @Test(arguments: [
    (#"{"id":1,"amount":10}"#, 10), (#"{"amount":"7"}"#, 7), (#"{"amount":-1}"#, -1), (#"{"amount":1.5}"#, nil),
    (#"{"amount":null}"#, nil), ("[]", nil), ("", nil), ("<html>", nil),
  ]) func amountOfAnImportIsRead(_ body: String, _ amount: Int?) {
    #expect(Answer(status: 200, body: Array(body.utf8)).amount == amount)
  }

  @Test func noRetryAfterKeepsARunForMoreThanThirtyDays() throws {
    for text in ["Fri, 31 Dec 9999 23:59:59 GMT", "99999999999999"] {
      #expect(try #require(RetryAfter(text)).delay(from: 0) == .seconds(30 * 86_400))
    }
  }
}
