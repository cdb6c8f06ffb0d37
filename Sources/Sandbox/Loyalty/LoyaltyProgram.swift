/// The ledgers of a loyalty program and everything that was booked in them.
struct LoyaltyProgram: Sendable {
  /// In the order in which they were booked.
  private(set) var transactions: [LoyaltyTransaction] = []
  /// By profile and subledger.
  private var ledgers: [String: [String: Ledger]] = [:]

  func ledgers(of profile: String) -> [String: Ledger] { ledgers[profile] ?? [:] }

  /// Books a transaction; false when it takes more points than are active.
  mutating func book(_ transaction: LoyaltyTransaction) -> Bool {
    var ledger = ledgers[transaction.profile]?[transaction.subledger] ?? Ledger()
    if transaction.isAddition {
      ledger.add(transaction.amount, start: transaction.start, expiry: transaction.expiry)
    } else if !ledger.deduct(transaction.amount, now: transaction.created) {
      return false
    }
    ledgers[transaction.profile, default: [:]][transaction.subledger] = ledger
    transactions.append(transaction)
    return true
  }

  /// Up to `limit` transactions, the last one first, and whether more would follow.
  func page(
    skip: Int, limit: Int, where passes: (LoyaltyTransaction) -> Bool
  ) -> (values: [LoyaltyTransaction], hasMore: Bool) {
    var values: [LoyaltyTransaction] = []
    var left = skip
    for transaction in transactions.reversed() where passes(transaction) {
      if left > 0 {
        left -= 1
      } else if values.count == limit {
        return (values, true)
      } else {
        values.append(transaction)
      }
    }
    return (values, false)
  }
}
