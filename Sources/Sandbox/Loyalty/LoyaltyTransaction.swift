/// One addition to a ledger or deduction from it, made by hand.
struct LoyaltyTransaction: Sendable {
  let id: Int
  let created: Timestamp
  let profile: String
  /// Empty for the main ledger.
  let subledger: String
  let isAddition: Bool
  let amount: ExactNumber
  let name: String
  var start = Ledger.Start.immediate
  var expiry: Timestamp?
  /// How long the points are valid once they are, as it was sent.
  var validity: String?

  var uuid: String {
    let tail = String(id, radix: 16)
    return "00000000-0000-4000-8000-" + String(repeating: "0", count: max(0, 12 - tail.count)) + tail
  }

  /// As the lists of the API describe transactions; the list of one profile does not repeat whose they are.
  func json(program: Int, namesProfile: Bool) -> JSONValue {
    let startText =
      switch start {
      case .immediate: "immediate"
      case .onAction: "on_action"
      case .moment(let moment): moment.text
      }
    var object = JSONObject([
      ("id", .integer(id)), ("transactionUUID", .string(uuid)), ("programId", .integer(program)),
      ("created", .string(created.text)), ("type", isAddition ? "addition" : "subtraction"), ("amount", amount.json),
      ("name", .string(name)), ("startDate", .string(startText)),
      ("expiryDate", .string(expiry?.text ?? "unlimited")), ("subledgerId", .string(subledger)),
    ])
    if namesProfile {
      object.append("customerProfileId", .string(profile))
      object.append("userId", .integer(SandboxState.userId))
    }
    if let validity { object.append("validityDuration", .string(validity)) }
    return .object(object)
  }
}
