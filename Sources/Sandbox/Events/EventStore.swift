/// Every event in the order in which it arrived.
struct EventStore: Sendable {
  private(set) var all: [Event] = []
  private var places: [String: Int] = [:]

  var nextEvent: Int { all.count + 1 }

  subscript(integrationId: String) -> Event? { places[integrationId].map { all[$0] } }

  mutating func add(_ event: Event) {
    if let integrationId = event.integrationId { places[integrationId] = all.count }
    all.append(event)
  }
}
