import Testing

@testable import Sandbox

@Suite struct LoyaltyTests {
  let sandbox = TestDesk()

  private func book(_ word: String, _ body: String, of profile: String = "p") -> Answer {
    sandbox.wait(1000)
    return sandbox.send("PUT", "/v1/loyalty_programs/33/profile/\(profile)/\(word)_points", body)
  }

  private func balance(_ profile: String = "p") throws -> JSONValue {
    try sandbox.send("GET", "/v1/loyalty_programs/33/profile/\(profile)/balances").json
  }

  @Test func pointsAddUpExactly() throws {
    #expect(book("add", "{\"points\":0.1}").status == 204)
    #expect(book("add", "{\"points\":0.2,\"name\":\"again\"}").status == 204)
    #expect(book("add", "{\"points\":999999999999.99}").status == 204)
    #expect(book("add", "{\"points\":1e2,\"subledgerId\":\"s\"}").status == 204)
    #expect(try balance()["balance"]?["activePoints"] == .number("1000000000000.29"))
    #expect(try balance()["subledgerBalances"]?["s"]?["activePoints"] == 100)
    #expect(sandbox.statistics.accepted == ["addLoyaltyPoints": 4])
  }

  @Test func onlyActivePointsAreDeducted() throws {
    _ = book("add", "{\"points\":10}")
    _ = book("add", "{\"points\":5,\"pendingDuration\":\"1h\"}")
    _ = book("add", "{\"points\":7,\"pendingDuration\":\"on_action\",\"validityDuration\":\"5D\"}")
    let answer = book("deduct", "{\"points\":10.01}")
    #expect(answer.status == 400)
    #expect(try answer.pointers == ["/points"])
    #expect(book("deduct", "{\"points\":10}").status == 204)
    #expect(book("deduct", "{\"points\":0.01}").status == 400)
    #expect(try balance()["balance"]?["pendingPoints"] == 12)
    #expect(try balance()["balance"]?["spentPoints"] == 10)
    sandbox.wait(3_600_000)
    #expect(try balance()["balance"]?["activePoints"] == 5)
    #expect(sandbox.statistics.accepted == ["addLoyaltyPoints": 3, "removeLoyaltyPoints": 1])
  }

  @Test func pointsExpireAndThoseThatExpireFirstGoFirst() throws {
    _ = book("add", "{\"points\":10}")
    _ = book("add", "{\"points\":10,\"validityDuration\":\"1h\"}")
    _ = book("deduct", "{\"points\":4}")
    sandbox.wait(3_600_000)
    #expect(try balance()["balance"]?["expiredPoints"] == 6)
    #expect(try balance()["balance"]?["activePoints"] == 10)
  }

  @Test(arguments: [
    "{}", "{\"points\":0}", "{\"points\":-1}", "{\"points\":1000000000000}", "{\"points\":\"1\"}", "[]",
    "{\"points\":1e400}", "{\"points\":1e99999999999999999999}", "{\"points\":1e9223372036854775807}",
    "{\"points\":0.0000000000001}",
    "{\"points\":1,\"validUntil\":\"2030-01-01T00:00:00Z\",\"validityDuration\":\"5D\"}",
    "{\"points\":1,\"pendingUntil\":\"2030-01-01T00:00:00Z\",\"pendingDuration\":\"5D\"}",
    "{\"points\":1,\"validUntil\":\"2030-01-01\"}", "{\"points\":1,\"validityDuration\":\"5d\"}",
    "{\"points\":1,\"validityDuration\":\"1h_U\"}", "{\"points\":1,\"validityDuration\":\"1W_D\"}",
    "{\"points\":1,\"validityDuration\":\"immediate\"}", "{\"points\":1,\"pendingDuration\":\"unlimited\"}",
    "{\"points\":1,\"applicationId\":1}", "{\"points\":1,\"subLedgerID\":\"s\"}", "{\"points\":1,\"name\":1}",
  ])
  func aBodyThatBreaksARuleIsRefused(body: String) throws {
    #expect(book("add", body).status == 400)
    #expect(sandbox.statistics.accepted.isEmpty)
  }

  @Test func deductionsHaveNoValidity() {
    _ = book("add", "{\"points\":10}")
    #expect(book("deduct", "{\"points\":1,\"validityDuration\":\"5D\"}").status == 400)
  }

  @Test func transactionsAreListedLastOneFirst() throws {
    for points in 1...60 { _ = book("add", "{\"points\":\(points),\"name\":\"n\(points)\"}") }
    _ = book("add", "{\"points\":61,\"subledgerId\":\"s\"}", of: "q")
    let path = "/v1/loyalty_programs/33/transactions"
    let page = try sandbox.send("GET", path).json
    #expect(page["hasMore"] == true)
    #expect(page["data"]?[0]?["amount"] == 61)
    #expect(page["data"]?[49]?["name"] == "n12")
    #expect(page["data"]?[50] == nil)
    for name in ["id", "transactionUUID", "programId", "created", "type", "startDate", "expiryDate", "subledgerId"] {
      #expect(page["data"]?[0]?[name] != nil, "\(name)")
    }
    #expect(try sandbox.send("GET", path + "?pageSize=1000&skip=51").json["data"]?[0]?["amount"] == 10)
    #expect(try sandbox.send("GET", path + "?subledgerId=s").json["data"]?[1] == nil)
    sandbox.wait(1000)
    let own = try sandbox.send("GET", "/v1/loyalty_programs/33/profile/q/ledger_transactions").json
    #expect(own["data"]?[0]?["amount"] == 61)
    #expect(own["data"]?[0]?["customerProfileId"] == nil)
    #expect(own["data"]?[1] == nil)
    let period = "?startDate=2026-05-28T20:26:41Z&endDate=2026-05-28T20:26:43Z"
    #expect(try sandbox.send("GET", path + period).json["data"]?[0]?["amount"] == 2)
    #expect(sandbox.send("GET", path + "?loyaltyTransactionType=other").status == 400)
  }

  @Test func programsAndProfilesThatAreNotThereAreNotFound() {
    #expect(sandbox.send("PUT", "/v1/loyalty_programs/34/profile/p/add_points", "{\"points\":1}").status == 404)
    #expect(sandbox.send("GET", "/v1/loyalty_programs/33/profile/p/balances").status == 404)
    #expect(book("deduct", "{\"points\":1}").status == 400)
    #expect(sandbox.send("GET", "/v1/loyalty_programs/33/profile/p/balances").status == 404)
    var configuration = SandboxConfiguration()
    configuration.refusesUnknownLoyaltyProfiles = true
    let harsh = TestDesk(configuration)
    #expect(harsh.send("PUT", "/v1/loyalty_programs/33/profile/p/add_points", "{\"points\":1}").status == 404)
  }

  @Test func eachOperationIsPacedOnItsOwn() {
    let statuses = (0..<4).map { _ in
      sandbox.send("PUT", "/v1/loyalty_programs/33/profile/p/add_points", "{\"points\":1}").status
    }
    #expect(statuses == [204, 204, 204, 429])
    #expect(sandbox.send("PUT", "/v1/loyalty_programs/33/profile/p/deduct_points", "{\"points\":3}").status == 204)
  }
}
