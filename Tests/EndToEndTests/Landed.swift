import Foundation
import Sandbox
import Testing

/// What a sandbox holds, read back through its API; every function here blocks.
extension Server {
  /// The object a GET answers, once it has `member`: the weather of a sandbox is bad for its readers too.
  func read(_ path: String, _ member: String, scheme: String = "ManagementKey-v1") throws -> [String: Any] {
    for _ in 0..<20 {
      if let bytes = try? TinyClient.get(path, port: sandbox.port, scheme: scheme),
        let object = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any], object[member] != nil
      {
        return object
      }
    }
    throw TinyClient.Failure(words: "no good answer to \(path)")
  }

  /// Every entry of a list, page after page.
  func list(_ path: String) throws -> [[String: Any]] {
    var all: [[String: Any]] = []
    while true {
      let page = try read("\(path)?pageSize=1000&skip=\(all.count)", "data")
      let data = page["data"] as? [[String: Any]] ?? []
      all += data
      if data.count < 1000 { return all }
    }
  }

  func profiles() throws -> [String: [String]] {
    try list("/v1/customers/no_total").reduce(into: [:]) { found, profile in
      let name = (profile["attributes"] as? [String: Any])?["Name"] as? String
      found[text(profile, "integrationId"), default: []].append(name ?? "")
    }
  }

  func members() throws -> [String] {
    try list("/v1/audiences/10/memberships").map { text($0, "integrationId") }
  }

  /// The profiles each coupon is kept for, sorted: they may come in several requests at once.
  func reservations(of codes: [String]) throws -> [String: [String]] {
    var found: [String: [String]] = [:]
    for code in codes {
      let path = "/v1/coupon_reservations/customerprofiles/\(Self.encoded(code))"
      let data = try read(path, "data", scheme: "ApiKey-v1")["data"] as? [[String: Any]] ?? []
      found[code] = data.map { text($0, "integrationId") }.sorted()
    }
    return found
  }

  /// The events of each profile in the order in which they arrived.
  func events() throws -> [String: [String]] {
    try list("/v1/applications/270/events/no_total").reduce(into: [:]) { found, event in
      let who = (event["attributes"] as? [String: Any])?["who"] as? String
      found[who ?? "", default: []].append(text(event, "integrationId"))
    }
  }

  /// State, profile, number of updates and cart of each session.
  func sessions(_ ids: [String]) throws -> [String: [String]] {
    var found: [String: [String]] = [:]
    for id in ids {
      let path = "/v2/customer_sessions/\(Self.encoded(id))"
      let answer = try read(path, "customerSession", scheme: "ApiKey-v1")["customerSession"]
      let session = answer as? [String: Any] ?? [:]
      let items = session["cartItems"] as? [[String: Any]] ?? []
      found[id] =
        [text(session, "state"), text(session, "profileId"), "\(text(session, "updateCount")) updates"]
        + items.map { "\(text($0, "quantity")) \(text($0, "sku"))" }
    }
    return found
  }

  func coupons() throws -> [String: [String]] {
    try list("/v1/applications/270/campaigns/3882/coupons/no_total").reduce(into: [:]) { found, coupon in
      let recipient = text(coupon, "recipientIntegrationId")
      found[text(coupon, "value"), default: []] += [
        "\(text(coupon, "usageLimit")) uses", recipient.isEmpty ? "anybody" : recipient,
      ]
    }
  }

  func collection(_ id: Int) throws -> [String] {
    try list("/v1/collections/\(id)/items").map { text($0, "item") }
  }

  /// The bookings of each profile, the first one first, by their names.
  func bookings() throws -> [String: [String]] {
    try list("/v1/loyalty_programs/33/transactions").reversed().reduce(into: [:]) { found, booking in
      found[text(booking, "customerProfileId"), default: []].append(text(booking, "name"))
    }
  }

  /// The active points of a profile, as the balance has them.
  func balance(of profile: String) throws -> Double {
    let path = "/v1/loyalty_programs/33/profile/\(Self.encoded(profile))/balances"
    let main = try read(path, "balance", scheme: "ApiKey-v1")["balance"] as? [String: Any]
    return (main?["activePoints"] as? NSNumber)?.doubleValue ?? -1
  }

  private static func encoded(_ text: String) -> String {
    text.utf8.map { byte in "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
  }

  /// A text or number at a name; empty without.
  private func text(_ object: [String: Any], _ name: String) -> String {
    switch object[name] {
    case let text as String: text
    case let number as NSNumber: "\(number)"
    default: ""
    }
  }
}
