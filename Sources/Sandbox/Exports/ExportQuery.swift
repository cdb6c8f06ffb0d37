extension Call {
  /// A moment in the query; a refusal when it is none, with its parameter.
  func moment(_ name: String) throws(Refusal) -> Timestamp? {
    guard let text = first(name) else { return nil }
    if let moment = Timestamp(rfc3339: text) { return moment }
    let details = "\(name) must be an RFC 3339 date-time, not \(text.prefix(60))"
    throw .invalid([.init(title: "Invalid type", details: details, source: .parameter(name))])
  }

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

extension Timestamp {
  /// Reads an RFC 3339 date-time; what is finer than a microsecond is dropped.
  init?(rfc3339 text: String) {
    guard RFC3339.accepts(text) else { return nil }
    let bytes = Array(text.utf8)
    let number = { (range: Range<Int>) in bytes[range].reduce(0) { $0 * 10 + Int($1) - 48 } }
    let time = number(11..<13) * 3600 + number(14..<16) * 60 + number(17..<19)
    var seconds = Self.days(year: number(0..<4), month: number(5..<7), day: number(8..<10)) * 86_400 + time
    if bytes.last != UInt8(ascii: "Z") {
      let zone = bytes.count - 6
      let offset = number(zone + 1..<zone + 3) * 3600 + number(zone + 4..<zone + 6) * 60
      seconds -= bytes[zone] == UInt8(ascii: "-") ? -offset : offset
    }
    var fraction = 0
    if bytes[19] == UInt8(ascii: ".") {
      let digits = bytes[20...].prefix { (0x30...0x39).contains($0) }.prefix(6)
      fraction = digits.reduce(0) { $0 * 10 + Int($1) - 48 }
      for _ in digits.count..<6 { fraction *= 10 }
    }
    self.init(microseconds: seconds * 1_000_000 + fraction)
  }

  /// Days from 1970 to a date of the Gregorian calendar, counted in eras of 400 years that begin in March.
  private static func days(year: Int, month: Int, day: Int) -> Int {
    let shifted = year - (month <= 2 ? 1 : 0)
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}
