/// What the bodies of `add_points` and `deduct_points` say.
struct PointsReader {
  private static let highest = "999999999999.99"

  private(set) var points = ExactNumber.zero
  private(set) var name = ""
  private(set) var subledger = ""
  private(set) var start = Ledger.Start.immediate
  private(set) var expiry: Timestamp?
  private(set) var validity: String?
  private var problems = Problems()

  /// Refuses a body that breaks a rule; only additions have a validity and a delay.
  init(_ call: Call, account: SandboxAccount, isAddition: Bool) throws(Refusal) {
    var members: Set = ["points", "name", "subledgerId", "applicationId"]
    if isAddition { members.formUnion(["validityDuration", "validUntil", "pendingDuration", "pendingUntil"]) }
    problems.refuseOthers(than: members, in: call.body, at: "")
    readPoints(call.body["points"])
    name = text(call.body, "name", limit: 255)
    subledger = text(call.body, "subledgerId", limit: 64)
    if let value = call.body["applicationId"], value != .null {
      if let id = problems.integer(value, at: "/applicationId"), !account.applications.contains(id) {
        problems.add("Application not found", "The Application \(id) does not exist", at: "/applicationId")
      }
    }
    if isAddition { readValidity(call) }
    guard problems.isEmpty else { throw .invalid(problems.all) }
  }

  private mutating func readPoints(_ value: JSONValue?) {
    guard case .number(let digits)? = value else { return problems.wrongType(value, "a number", at: "/points") }
    if let number = ExactNumber(digits: digits), let highest = ExactNumber(digits: Self.highest), .zero < number,
      number <= highest
    {
      points = number
    } else {
      problems.add("Invalid value", "points must be above 0 and at most \(Self.highest)", at: "/points")
    }
  }

  private mutating func text(_ body: JSONValue, _ name: String, limit: Int) -> String {
    guard let value = body[name], value != .null, value != "" else { return "" }
    return problems.text(value, at: "/" + name, limit: limit) ?? ""
  }

  private mutating func readValidity(_ call: Call) {
    let wait = text(call.body, "pendingDuration", limit: 64)
    let until = moment(call.body, "pendingUntil")
    let valid = text(call.body, "validityDuration", limit: 64)
    expiry = moment(call.body, "validUntil")
    if !wait.isEmpty, until != nil { exclude("pendingDuration", "pendingUntil") }
    if !valid.isEmpty, expiry != nil { exclude("validityDuration", "validUntil") }
    var begin = call.now
    if let until {
      start = .moment(until)
      begin = max(until, begin)
    } else if wait == "on_action" {
      start = .onAction
    } else if !wait.isEmpty, wait != "immediate" {
      if let duration = duration(wait, "pendingDuration", "immediate, on_action") {
        begin = duration.end(from: begin)
        start = .moment(begin)
      }
    }
    guard !valid.isEmpty, valid != "unlimited" else { return }
    guard let duration = duration(valid, "validityDuration", "unlimited") else { return }
    validity = valid
    if start != .onAction { expiry = duration.end(from: begin) }
  }

  private mutating func moment(_ body: JSONValue, _ name: String) -> Timestamp? {
    guard let value = body[name], value != .null else { return nil }
    guard case .string(let text) = value, let moment = Timestamp(text) else {
      problems.wrongType(value, "an RFC 3339 date-time", at: "/" + name)
      return nil
    }
    return moment
  }

  private mutating func duration(_ text: String, _ name: String, _ words: String) -> LoyaltyDuration? {
    if let duration = LoyaltyDuration(text) { return duration }
    let expected = "\(words) or a whole number and one of s, m, h, D, W, M, Y, such as 5D"
    problems.add("Invalid value", "\(name) \"\(text.prefix(60))\" is not \(expected)", at: "/" + name)
    return nil
  }

  private mutating func exclude(_ one: String, _ other: String) {
    problems.add("Invalid value", "\(one) and \(other) exclude each other", at: "/" + other)
  }
}
