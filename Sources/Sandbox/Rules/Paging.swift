/// The page of a list that a request asks for.
struct Paging: Sendable, Equatable {
  let size: Int
  let skip: Int

  init(_ call: Call, otherwise: Int = 1000) throws(Refusal) {
    size = try Self.number("pageSize", of: call, in: 1...1000, otherwise: otherwise)
    skip = try Self.number("skip", of: call, in: 0...Int.max, otherwise: 0)
  }

  private static func number(
    _ name: String, of call: Call, in range: ClosedRange<Int>, otherwise: Int
  ) throws(Refusal) -> Int {
    guard let text = call.first(name) else { return otherwise }
    if let number = Int(text), range.contains(number) { return number }
    let details = "\(name) must be an integer of at least \(range.lowerBound)"
    throw .invalid([.init(title: "Invalid value", details: details, source: .parameter(name))])
  }
}
