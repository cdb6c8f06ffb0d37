/// The points of one profile in the main ledger or one subledger of a program.
struct Ledger: Sendable {
  /// When points can be spent.
  enum Start: Sendable, Equatable {
    case immediate
    /// An action of the customer, which never comes here.
    case onAction
    case moment(Timestamp)
  }

  private struct Lot {
    var rest: ExactNumber
    let start: Start
    let expiry: Timestamp?

    func isPending(at now: Timestamp) -> Bool {
      switch start {
      case .immediate: false
      case .onAction: true
      case .moment(let moment): moment > now
      }
    }

    func isExpired(at now: Timestamp) -> Bool { expiry.map { $0 <= now } ?? false }
  }

  struct Balance: Sendable, Equatable {
    var active = ExactNumber.zero
    var pending = ExactNumber.zero
    var expired = ExactNumber.zero
    var spent = ExactNumber.zero

    var json: JSONValue {
      [
        "activePoints": active.json, "pendingPoints": pending.json, "spentPoints": spent.json,
        "expiredPoints": expired.json, "negativePoints": 0,
      ]
    }
  }

  private var lots: [Lot] = []
  private var spent = ExactNumber.zero

  func balance(at now: Timestamp) -> Balance {
    var balance = Balance()
    balance.spent = spent
    for lot in lots {
      if lot.isExpired(at: now) {
        balance.expired += lot.rest
      } else if lot.isPending(at: now) {
        balance.pending += lot.rest
      } else {
        balance.active += lot.rest
      }
    }
    return balance
  }

  mutating func add(_ points: ExactNumber, start: Start, expiry: Timestamp?) {
    lots.append(Lot(rest: points, start: start, expiry: expiry))
  }

  /// Takes active points away, those that expire first before the others; false when there are too few.
  mutating func deduct(_ points: ExactNumber, now: Timestamp) -> Bool {
    guard points <= balance(at: now).active else { return false }
    let places = lots.indices.filter { !lots[$0].isExpired(at: now) && !lots[$0].isPending(at: now) }
    let sorted = places.sorted { one, other in
      (lots[one].expiry?.microseconds ?? Int.max, one) < (lots[other].expiry?.microseconds ?? Int.max, other)
    }
    var owed = points
    for place in sorted {
      let taken = min(owed, lots[place].rest)
      lots[place].rest = lots[place].rest - taken
      owed = owed - taken
    }
    lots.removeAll { $0.rest == .zero }
    spent += points
    return true
  }
}
