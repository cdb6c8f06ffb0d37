extension Cargo {
  static func profiles(_ count: Int) -> Cargo {
    var text = "id,name\n"
    var expected: [String: [String]] = [:]
    for i in 0..<count {
      text += "p-\(i),Anna \(i)\n"
      expected["p-\(i)"] = ["Anna \(i)"]
    }
    return Cargo(
      name: "profiles", source: "profiles.csv",
      job: "target: profiles.update\nmap: { integrationId: id, attributes.Name: name }\ndelivery: { batchRows: 2 }",
      text: text, rows: count, expected: expected, landed: { try $0.profiles() }, requests: count / 2)
  }

  static func members(_ count: Int) -> Cargo {
    let ids = (0..<count).map { "p-\($0)" }
    return Cargo(
      name: "members", source: "members.csv",
      job: """
        target: audience.members
        settings: { audienceId: 10, action: add }
        map: { profileIntegrationId: id }
        delivery: { batchRows: 2 }
        """, text: "id\n" + ids.map { "\($0)\n" }.joined(), rows: count, expected: ["10": ids.sorted()],
      landed: { ["10": try $0.members().sorted()] }, requests: count / 2)
  }

  /// Codes that must be encoded among them, their rows mixed.
  static func reservations(_ count: Int) -> Cargo {
    let codes = ["10$OFF", "a/b", "25%"] + (0..<21).map { "SUMMER-\(20_400 + $0)" }
    var text = "code,who\n"
    var expected: [String: [String]] = [:]
    for i in 0..<count {
      let code = codes[i * 7 % codes.count]
      text += "\(code),p-\(i)\n"
      expected[code, default: []].append("p-\(i)")
    }
    return Cargo(
      name: "reservations", source: "reservations.csv",
      job: "target: reservations.create\nmap: { couponValue: code, integrationId: who }\ndelivery: { batchRows: 5 }",
      text: text, rows: count, expected: expected.mapValues { $0.sorted() },
      landed: { try $0.reservations(of: codes) }, requests: count / 5)
  }

  /// Events of many profiles, mixed; those of one must arrive in their order, each once.
  static func events(_ count: Int) -> Cargo {
    var text = "id,who,km\n"
    var expected: [String: [String]] = [:]
    for i in 0..<count {
      let who = "p-\(i * 7 % 40)"
      text += "e/\(i),\(who),\(i).5\n"
      expected[who, default: []].append("e/\(i)")
    }
    return Cargo(
      name: "events", source: "events.csv",
      job: """
        target: events.track-v3
        map: { integrationId: id, profileId: who, type: { value: tour }, attributes.who: who }
        """, text: text, rows: count, expected: expected, landed: { try $0.events() },
      requests: count)
  }

  /// Orders as objects: each is open first, and closed twenty orders later.
  static func sessions(_ count: Int) -> Cargo {
    var text = ""
    var expected: [String: [String]] = [:]
    for block in 0..<count / 20 {
      for state in ["open", "closed"] {
        for i in block * 20..<block * 20 + 20 {
          let cart = (0..<(state == "open" ? 1 : 2)).map { #"{"sku":"A-\#($0)","quantity":\#($0 + 1),"price":2.5}"# }
          text += #"{"id":"S/\#(i)","who":"p-\#(i % 30)","state":"\#(state)","cart":[\#(cart.joined(separator: ","))]}"#
          text += "\n"
        }
      }
    }
    for i in 0..<count { expected["S/\(i)"] = ["closed", "p-\(i % 30)", "2 updates", "1 A-0", "2 A-1"] }
    return Cargo(
      name: "sessions", source: "sessions.ndjson",
      job: "target: sessions.update\nmap: { sessionId: id, profileId: who, state: state, cartItems: cart }",
      text: text, rows: 2 * count, expected: expected,
      landed: { [ids = expected.keys.sorted()] in try $0.sessions(ids) }, requests: 2 * count)
  }

  /// Orders as lines, three to a cart; each is closed at once, so that a second time would be refused.
  static func carts(_ count: Int) -> Cargo {
    var text = "order,who,sku,pieces,price\n"
    var expected: [String: [String]] = [:]
    for i in 0..<count {
      for line in 0..<3 { text += "W \(i),p-\(i % 30),A-\(line),\(line + i % 5 + 1),2.50\n" }
      expected["W \(i)"] = ["closed", "p-\(i % 30)", "1 updates"] + (0..<3).map { "\($0 + i % 5 + 1) A-\($0)" }
    }
    return Cargo(
      name: "carts", source: "carts.csv",
      job: """
        target: sessions.update
        settings: { state: closed }
        map:
          sessionId: order
          profileId: who
          cartItems.sku: sku
          cartItems.quantity: pieces
          cartItems.price: price
        """, text: text, rows: 3 * count, expected: expected,
      landed: { [ids = expected.keys.sorted()] in try $0.sessions(ids) }, requests: count)
  }
}
