extension Cargo {
  static func coupons(_ count: Int) -> Cargo {
    var text = "code,uses,who\n"
    var expected: [String: [String]] = [:]
    let odd = ["10$OFF", "a/b", "25%", "Grüße"]
    for i in 0..<count {
      let code = i < odd.count ? odd[i] : "BERG-\(i)"
      text += "\(code),\(i % 5),\(i % 3 == 0 ? "p-\(i)" : "")\n"
      expected[code] = ["\(i % 5) uses", i % 3 == 0 ? "p-\(i)" : "anybody"]
    }
    return Cargo(
      name: "coupons", source: "coupons.csv",
      job: """
        target: coupons.import
        settings: { applicationId: 270, campaignId: 3882 }
        map: { value: code, limitval: uses, recipientintegrationid: who }
        delivery: { batchRows: 15 }
        """, text: text, rows: count, expected: expected, landed: { try $0.coupons() },
      requests: count / 15, isPaced: true)
  }

  static func collection(_ count: Int) -> Cargo {
    let items = (0..<count).map { "Item \($0), \"large\"" }
    return Cargo(
      name: "collection", source: "items.ndjson",
      job: "target: collection.import\nsettings: { collectionId: 7 }\nmap: { item: item }",
      text: (0..<count).map { #"{"item":"Item \#($0), \"large\""}"# + "\n" }.joined(), rows: count,
      expected: ["7": items], landed: { ["7": try $0.collection(7)] }, requests: 1, isPaced: true)
  }

  /// Points for a few profiles; what is booked twice shows in the balance, and under its name.
  static func points(_ count: Int) -> Cargo {
    var text = "ticket,who,points\n"
    var expected: [String: [String]] = [:]
    for i in 0..<count {
      text += "T-\(i),p/\(i % 7),\(i + 1).25\n"
      expected["p/\(i % 7)", default: []].append("T-\(i)")
    }
    return Cargo(
      name: "points", source: "points.csv",
      job: """
        target: points.add
        settings: { loyaltyProgramId: 33 }
        map: { integrationId: who, points: points, name: ticket }
        """, text: text, rows: count, expected: expected, landed: { try $0.bookings() },
      requests: count, isPaced: true)
  }
}
