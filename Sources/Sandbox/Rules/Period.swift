/// The moments between two query parameters such as `createdAfter` and `createdBefore`, both bounds left out.
///
/// Whether the bounds belong to the period is not documented; a client that relies on them loses rows here.
struct Period: Sendable {
  private let after: Timestamp?
  private let before: Timestamp?

  init(_ call: Call, _ word: String) throws(Refusal) {
    after = try Self.moment(call, word + "After")
    before = try Self.moment(call, word + "Before")
  }

  init(_ call: Call, after: String, before: String) throws(Refusal) {
    self.after = try Self.moment(call, after)
    self.before = try Self.moment(call, before)
  }

  var isOpen: Bool { after == nil && before == nil }

  func contains(_ moment: Timestamp?) -> Bool {
    guard let moment else { return isOpen }
    return (after.map { $0 < moment } ?? true) && (before.map { moment < $0 } ?? true)
  }

  static func moment(_ call: Call, _ name: String) throws(Refusal) -> Timestamp? {
    guard let text = call.first(name) else { return nil }
    if let moment = Timestamp(text) { return moment }
    let details = "\(name) must be an RFC 3339 date-time, not \(text.prefix(60))"
    throw .invalid([.init(title: "Invalid value", details: details, source: .parameter(name))])
  }
}
