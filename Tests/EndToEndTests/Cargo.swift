import Testing

/// One kind of import: what is sent, and what must be there afterwards.
struct Cargo: Sendable, CustomTestStringConvertible {
  let name: String
  /// The name of the source file.
  let source: String
  /// What the job says after `source`.
  let job: String
  /// The text of the source, and how many rows it has.
  let text: String
  let rows: Int
  /// By what it belongs to: everything that must be there, in the order it must have.
  let expected: [String: [String]]
  /// The same, read back; blocks.
  let landed: @Sendable (Server) throws -> [String: [String]]
  /// About how many requests that takes.
  var requests: Int
  /// Whether its requests are so few, for the pace of the API, that faults must come thick to hit any.
  var isPaced = false

  var testDescription: String { name }

  func prepare(_ place: Workplace) throws {
    let lines = job.split(separator: "\n").map { "  \($0)\n" }.joined()
    try place.write("job.yaml", "name: \(name)\nimport:\n  source: \(source)\n\(lines)")
    try place.write(source, text)
  }

  /// Every kind that may be repeated without harm; `scale` says how much of each.
  static func all(scale: Int) -> [Cargo] {
    [
      profiles(100 * scale), members(100 * scale), reservations(480 * scale), events(200 * scale), sessions(60 * scale),
      carts(60 * scale), coupons(120 * scale), collection(300 * scale),
    ]
  }
}

/// The weathers a kind of import is sent through.
enum Weather: String, CaseIterable, Sendable {
  case calm
  /// Answers that say try again, and connections that break.
  case gusts
  /// The effect is there, its acknowledgement is not.
  case lost
  /// The effect is there, and the answer says that something failed.
  case denied

  func faults(for cargo: Cargo) -> String? {
    switch self {
    case .calm: nil
    case .gusts where cargo.isPaced: "500:first1,429:after=1:first1,reset:after=2:first1,500:after=4:every5"
    case .gusts: "500:5%,429:3%,reset:2%,seed=11"
    case .lost where cargo.isPaced: "lost:first1,lost:after=2:every4"
    case .lost: "lost:every20"
    case .denied where cargo.isPaced: "502:first1:applied,500:after=2:every4:applied"
    case .denied: "500:5%:applied,seed=12"
    }
  }
}
