/// How many requests a second each operation of the Management API takes.
///
/// https://docs.talon.one/management-api: three requests a second for each endpoint. The second is counted 50 ms
/// short, so that evenly spaced requests are not punished for the jitter of the wire.
struct Pace: Sendable {
  static let window = 950_000

  let perSecond: Int
  private var admitted: [String: [Timestamp]] = [:]

  init(perSecond: Int) { self.perSecond = perSecond }

  /// A request that is refused does not count.
  mutating func admits(_ operation: String, at now: Timestamp) -> Bool {
    guard perSecond > 0 else { return true }
    let recent = (admitted[operation] ?? []).filter { moment in
      moment <= now && now.microseconds - moment.microseconds < Self.window
    }
    guard recent.count < perSecond else { return false }
    admitted[operation] = recent + [now]
    return true
  }
}
